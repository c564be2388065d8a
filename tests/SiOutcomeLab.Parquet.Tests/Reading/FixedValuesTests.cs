using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Reading;

public sealed class FixedValuesTests
{
    private const int Width = 5;

    [Theory]
    [InlineData(40, 1, false)]
    [InlineData(40, 20, true)]
    [InlineData(1, 1, false)]
    public void TryGetFixed_EveryRowHasAValue_IsEachRowsOrEntrysBytesEndToEnd(int distinct, int rowsEach, bool hasDictionary)
    {
        byte[][] values = [.. Enumerable.Range(0, distinct).Select(i => (byte[])[1, 2, (byte)i, 4, 5])];
        Read([.. Enumerable.Range(0, distinct * rowsEach).Select(i => values[i % distinct])], batch =>
        {
            Assert.Equal(hasDictionary, batch.HasDictionary);
            Assert.True(batch.TryGetFixed(Width, out var all));
            Assert.Equal(values.SelectMany(v => v), all.ToArray());
            Assert.False(batch.TryGetFixed(Width - 1, out all));
            Assert.True(all.IsEmpty);
        });
    }

    [Fact]
    public void TryGetFixed_ARowIsNull_IsNot()
    {
        Read([.. Enumerable.Range(0, 40).Select(i => i == 17 ? null : (byte[])[1, 2, (byte)i, 4, 5])], batch =>
        {
            Assert.False(batch.HasDictionary);
            Assert.False(batch.TryGetFixed(Width, out _));
        });
    }

    [Fact]
    public void TryGetFixed_ValuesEachOfTheirLength_IsNotThoughTheyAddUp()
    {
        // Two bytes more and two less than the width by turns: as many in all.
        Read([.. Enumerable.Range(0, 40).Select(i => Enumerable.Repeat((byte)i, i % 2 == 0 ? Width - 2 : Width + 2).ToArray())], batch =>
        {
            Assert.False(batch.HasDictionary);
            Assert.False(batch.TryGetFixed(Width, out _));
        }, isFixed: false);
    }

    [Fact]
    public void TryGetFixed_PlainValuesEachOfTheirLength_IsNot()
    {
        // Each is as long as asked for with its length before it.
        var file = new ForgedFile { Rows = 2, Type = ParquetPhysicalType.ByteArray }.Data([1, 0, 0, 0, 8, 1, 0, 0, 0, 9], 2).Build();
        using var reader = ParquetReader.Open(file);
        using var column = reader.OpenRowGroup(0).Bytes(0);
        var batch = new BytesBatch();

        Assert.Equal(2, column.Read(batch, 2));
        Assert.False(batch.TryGetFixed(Width, out _));
    }

    private static void Read(object?[] rows, Action<BytesBatch> look, bool isFixed = true)
    {
        var spec = new ParquetColumnSpec(
            "id", isFixed ? ParquetPhysicalType.FixedLenByteArray : ParquetPhysicalType.ByteArray, ParquetLogicalType.None, true, isFixed ? Width : 0);
        using var reader = ParquetReader.Open(TestFile.Write([new TestColumn(spec, rows)]));
        using var column = reader.OpenRowGroup(0).Bytes(0);
        var batch = new BytesBatch();
        Assert.Equal(rows.Length, column.Read(batch, 10_000));
        look(batch);
    }
}
