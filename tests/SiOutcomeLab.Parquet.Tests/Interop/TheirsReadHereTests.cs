using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>Files that DuckDB writes, read here: every cell as DuckDB reads it back itself.</summary>
public sealed class TheirsReadHereTests
{
    private const string Rows = """
        select (i % 3 = 0) as flag, (i % 7)::tinyint as tiny, (i % 999)::smallint as small, (i * 7919)::integer as number,
          (100000000000 + i * 982451653)::bigint as long, (i / 7.0)::float as single,
          case i % 11 when 0 then 'nan'::double when 1 then 'inf'::double when 2 then '-inf'::double else i / 3.0 end as real,
          round(i / 16.0, 2)::double as money, ['F', 'M', 'X', 'Åmål', 'särskild', ''][1 + i % 6] as word,
          md5(i::varchar) as hex, date '2024-01-01' + (i % 400)::integer as day,
          timestamp '2024-01-01 00:00:00' + to_seconds(i) as at, encode(repeat('å', (i % 5)::integer)) as raw, null::integer as nothing,
          case when i % 5 = 0 then null else i end as sometimes, case when i % 4 = 0 then null else 'ö' || (i % 90) end as some_text,
          case when (i // 1500) % 2 = 0 then null else i % 12 end as runs
        from range(:rows) t(i)
        """;

    [Theory]
    [InlineData("snappy", "v1", 5000)]
    [InlineData("gzip", "v1", 5000)]
    [InlineData("uncompressed", "v1", 5000)]
    [InlineData("zstd", "v1", 5000)]
    [InlineData("brotli", "v1", 5000)]
    [InlineData("lz4_raw", "v1", 5000)]
    [InlineData("snappy", "v1", 1)]
    [InlineData("snappy", "v1", 0)]
    [InlineData("snappy", "v1", 20000)]
    public async Task Read_DuckDbVersionOneFile_CellsAreEqual(string codec, string version, int rows)
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var path = folder["duck.parquet"];
        var sql = Rows.Replace(":rows", $"{rows}", StringComparison.Ordinal);
        var write = $"copy ({sql}) to '{path}' (format parquet, compression {codec}, parquet_version {version}, row_group_size 4096)";
        var duck = (await ForeignNode.DuckDb([write], path))[0];

        using var reader = ParquetReader.Open(path);

        Assert.Equal(rows, reader.RowCount);
        Assert.Equal(duck.Names, reader.Schema.Columns.Select(column => column.Name));
        foreach (var batch in new[] { 1024, 333 }) Assert.Equal(duck.ByColumn(), TestFile.Read(reader, batch));
    }

    [Fact]
    public async Task Read_DuckDbVersionTwoFile_SupportedColumnsAreEqualAndOthersAreNamed()
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var path = folder["duck.parquet"];
        const string sql = "select (i % 7)::integer as few, ['F', 'M', 'Åmål'][1 + i % 3] as word, (i % 3 = 0) as flag, "
            + "case when i % 4 = 0 then null else i % 13 end as sometimes, (i % 5)::double as score from range(10000) t(i)";
        var duck = (await ForeignNode.DuckDb([$"copy ({sql}) to '{path}' (format parquet, compression snappy, parquet_version v2)"],
            path))[0];

        using var reader = ParquetReader.Open(path);

        Assert.Equal(duck.ByColumn(), TestFile.Read(reader));
    }
}
