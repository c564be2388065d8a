using SiOutcomeLab.Parquet.Tests.Files;
using SiOutcomeLab.Parquet.Tests.Writing;

namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>Files that we write, read by DuckDB, by hyparquet and by arrow-rs: every cell equal.</summary>
public sealed class OursReadElsewhereTests
{
    private static readonly (int Version, bool Dictionary, bool Optional)[] Shapes =
        [(1, true, true), (1, false, true), (2, true, true), (2, false, true), (1, true, false), (2, false, false)];

    [Fact]
    public async Task Write_AllCodecsVersionsAndTypes_AllReadEqual()
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

        await AssertEqual(paths, expected);
    }

    [Fact]
    public async Task Write_AllEncodingsOfBothVersions_AllReadEqual()
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var paths = new List<string>();
        var expected = new List<string?[][]>();
        foreach (var encoding in Enum.GetValues<ParquetColumnEncoding>())
        {
            foreach (var (version, optional) in new[] { (1, true), (2, true), (2, false) })
            {
                var columns = ColumnEncodingTests.Suiting(SampleColumns.All(1500, optional, seed: paths.Count), encoding);
                var options = new ParquetWriterOptions { PageVersion = version, PageBytes = 2500, MaxDictionaryBytes = 900 };
                var path = folder[$"{encoding}-{version}-{optional}.parquet"];
                await File.WriteAllBytesAsync(path, TestFile.Write(columns, options, rowGroupRows: 800),
                    TestContext.Current.CancellationToken);
                paths.Add(path);
                expected.Add(TestFile.Expected(columns));
            }
        }

        // DuckDB reads split bytes of floating point only.
        var split = paths.Where(path => path.Contains(nameof(ParquetColumnEncoding.ByteStreamSplit), StringComparison.Ordinal)).ToArray();
        await AssertEqual(paths, expected, floatsByDuck: split);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Write_HardlyAnyRows_AllReadEqual(int rows)
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var columns = SampleColumns.All(rows, optional: true, seed: 5);
        var path = folder["few.parquet"];
        await File.WriteAllBytesAsync(path, TestFile.Write(columns), TestContext.Current.CancellationToken);
        await AssertEqual([path], [TestFile.Expected(columns)]);
    }

    private static async Task AssertEqual(List<string> paths, List<string?[][]> expected, params string[] floatsByDuck)
    {
        var duck = await ForeignNode.DuckDb([], [.. paths.Select(path => floatsByDuck.Contains(path) ? Floats(path) : path)]);
        var hyparquet = await ForeignNode.Hyparquet([.. paths]);
        var arrow = await ForeignNode.Arrow([], [.. paths]);
        for (var i = 0; i < paths.Count; i++)
        {
            var byDuck = duck[i].Names.Select(name => expected[i][Array.IndexOf(arrow[i].Names, name)]).ToArray();
            AssertEqual(byDuck, duck[i], $"DuckDB, {Path.GetFileName(paths[i])}");
            AssertEqual(expected[i], hyparquet[i], $"hyparquet, {Path.GetFileName(paths[i])}");
            AssertEqual(expected[i], arrow[i], $"arrow-rs, {Path.GetFileName(paths[i])}");
        }
    }

    private static string Floats(string path) => $"select single, special, noise from read_parquet('{path}')";

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
