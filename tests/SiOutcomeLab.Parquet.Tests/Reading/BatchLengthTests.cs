using FsCheck;
using FsCheck.Fluent;
using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

/// <summary>Batch, page and row group lengths that share no factor, so that every misalignment of their borders occurs.</summary>
public sealed class BatchLengthTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Read_CoPrimeBatchPageAndRowGroupLengths_CellsAreEqual(int version)
    {
        var columns = SampleColumns.All(1331, optional: true, seed: 31);
        var expected = TestFile.Expected(columns);
        foreach (var pageBytes in new[] { 1, 49, 343, 2401 })
        {
            foreach (var rowGroupRows in new[] { 121, 1331 })
            {
                var options = new ParquetWriterOptions { PageVersion = version, PageBytes = pageBytes, UseDictionary = pageBytes != 343 };
                var file = TestFile.Write(columns, options, rowGroupRows);
                foreach (var batch in new[] { 1, 2, 8, 27, 64, 512, 4096 }) Assert.Equal(expected, TestFile.Read(file, batch));
            }
        }
    }

    [Fact]
    public void Read_AnyValuesAndLengths_CellsAreEqual()
    {
        var rows = ArbMap.Default.GeneratorFor<int?>().ListOf().Select(list => list.ToArray());
        var lengths = Gen.Choose(1, 40);
        var cases = rows.Zip(lengths).Zip(lengths).Zip(lengths);
        Check.One(
            Config.QuickThrowOnFailure.WithReplay(7, 5).WithMaxTest(400).WithEndSize(120),
            Prop.ForAll(cases.ToArbitrary(), one =>
            {
                var (((values, page), group), batch) = one;
                if (values.Length == 0) return true;
                var columns = new[]
                {
                    new TestColumn(ParquetColumnSpec.Of<int>("i", optional: true), [.. values.Cast<object?>()]),
                    new TestColumn(ParquetColumnSpec.Text("t", optional: true),
                        [.. values.Select(value => value is null ? null : $"{value % 5}")]),
                };
                var file = TestFile.Write(columns, new ParquetWriterOptions { PageBytes = page, PageVersion = 1 + (page % 2) }, group);
                return TestFile.Expected(columns).Zip(TestFile.Read(file, batch)).All(pair =>
                    pair.First.AsSpan().SequenceEqual(pair.Second));
            }));
    }

    [Fact]
    public void Read_RequiredColumnWithoutPresence_GivesValues()
    {
        var file = TestFile.Write([new TestColumn(ParquetColumnSpec.Of<long>("n"), [1L, 2L, 3L])]);
        using var reader = ParquetReader.Open(new MemoryStream(file));
        using var column = reader.OpenRowGroup(0).Column<long>(0);
        var values = new long[5];

        Assert.Equal(3, column.Read(values, []));
        Assert.Equal([1, 2, 3, 0, 0], values);
        Assert.Equal(0, column.Read(values, []));
    }

    [Fact]
    public void Read_OptionalColumnWithoutPresence_IsMisuse()
    {
        var file = TestFile.Write([new TestColumn(ParquetColumnSpec.Of<long>("n", optional: true), [1L])]);
        using var reader = ParquetReader.Open(new MemoryStream(file));
        using var column = reader.OpenRowGroup(0).Column<long>(0);

        Assert.Throws<ArgumentException>(() => column.Read(new long[1], []));
        Assert.Throws<ArgumentException>(() => column.Read(new long[1], new bool[2]));
    }
}
