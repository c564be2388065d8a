using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>Files that we write, read by DuckDB and by hyparquet: every cell equal.</summary>
public sealed class OursReadElsewhereTests
{
    private static readonly (int Version, bool Dictionary, bool Optional)[] Shapes =
        [(1, true, true), (1, false, true), (2, true, true), (2, false, true), (1, true, false), (2, false, false)];

    [Fact]
    public async Task Write_AllCodecsVersionsAndTypes_DuckDbAndHyparquetReadEqual()
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var paths = new List<string>();
        var expected = new List<string?[][]>();
        foreach (var codec in Enum.GetValues<ParquetCodec>().Where(ParquetWriter.CanWrite))
        {
            foreach (var (version, dictionary, optional) in Shapes)
            {
                var columns = SampleColumns.All(1700, optional, seed: paths.Count);
                var options = new ParquetWriterOptions
                {
                    Codec = codec, PageVersion = version, UseDictionary = dictionary, PageBytes = 3000, WriteNullCounts = dictionary,
                };
                var path = folder[$"{codec}-{version}-{dictionary}-{optional}.parquet"];
                await File.WriteAllBytesAsync(path, TestFile.Write(columns, options, rowGroupRows: 600),
                    TestContext.Current.CancellationToken);
                paths.Add(path);
                expected.Add(TestFile.Expected(columns));
            }
        }

        var duck = await ForeignNode.DuckDb([], [.. paths]);
        var hyparquet = await ForeignNode.Hyparquet([.. paths]);
        for (var i = 0; i < paths.Count; i++)
        {
            AssertEqual(expected[i], duck[i], $"DuckDB, {Path.GetFileName(paths[i])}");
            AssertEqual(expected[i], hyparquet[i], $"hyparquet, {Path.GetFileName(paths[i])}");
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Write_HardlyAnyRows_DuckDbAndHyparquetReadEqual(int rows)
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var columns = SampleColumns.All(rows, optional: true, seed: 5);
        var path = folder["few.parquet"];
        await File.WriteAllBytesAsync(path, TestFile.Write(columns), TestContext.Current.CancellationToken);
        AssertEqual(TestFile.Expected(columns), (await ForeignNode.DuckDb([], path))[0], "DuckDB");
        AssertEqual(TestFile.Expected(columns), (await ForeignNode.Hyparquet(path))[0], "hyparquet");
    }

    private static void AssertEqual(string?[][] expected, ForeignTable actual, string reader)
    {
        var columns = actual.ByColumn();
        Assert.Equal(expected.Length, columns.Length);
        for (var column = 0; column < expected.Length; column++)
        {
            Assert.True(expected[column].SequenceEqual(columns[column]),
                Difference(expected[column], columns[column], $"{reader}, {actual.Names[column]}"));
        }
    }

    private static string Difference(string?[] expected, string?[] actual, string where)
    {
        if (expected.Length != actual.Length) return $"{where}: {expected.Length} rows expected, {actual.Length} read";
        var row = Enumerable.Range(0, expected.Length).FirstOrDefault(i => expected[i] != actual[i]);
        return expected.Length == 0 ? where : $"{where}, row {row}: {expected[row]} expected, {actual[row]} read";
    }
}
