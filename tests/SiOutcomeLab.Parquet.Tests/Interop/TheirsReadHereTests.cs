using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>Files that DuckDB and arrow-rs write, read here: every cell equal.</summary>
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

    private static readonly (string Name, ParquetColumnEncoding Choice)[] Choices =
    [
        ("DELTA_BINARY_PACKED", ParquetColumnEncoding.DeltaBinaryPacked),
        ("DELTA_LENGTH_BYTE_ARRAY", ParquetColumnEncoding.DeltaLengthByteArray),
        ("DELTA_BYTE_ARRAY", ParquetColumnEncoding.DeltaByteArray),
        ("BYTE_STREAM_SPLIT", ParquetColumnEncoding.ByteStreamSplit),
        ("RLE", ParquetColumnEncoding.Rle),
        ("PLAIN", ParquetColumnEncoding.Plain),
    ];

    [Theory]
    [InlineData("snappy", "v1", 5000)]
    [InlineData("gzip", "v1", 5000)]
    [InlineData("uncompressed", "v1", 5000)]
    [InlineData("zstd", "v1", 5000)]
    [InlineData("brotli", "v1", 5000)]
    [InlineData("lz4_raw", "v1", 5000)]
    [InlineData("snappy", "v2", 5000)]
    [InlineData("gzip", "v2", 5000)]
    [InlineData("zstd", "v2", 20000)]
    [InlineData("brotli", "v2", 5000)]
    [InlineData("lz4_raw", "v2", 5000)]
    [InlineData("uncompressed", "v2", 20000)]
    [InlineData("snappy", "v1", 1)]
    [InlineData("snappy", "v1", 0)]
    [InlineData("snappy", "v1", 20000)]
    public async Task Read_DuckDbFile_CellsAreEqual(string codec, string version, int rows)
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
    public async Task Read_ArrowFilesOfEveryCodecVersionAndEncoding_CellsAreEqual()
    {
        ForeignNode.Require();
        using var folder = new TemporaryFolder();
        var writes = new List<ArrowWrite>();
        var expected = new List<string?[][]>();
        foreach (var optional in new[] { true, false })
        {
            var columns = SampleColumns.All(1300, optional, seed: 31);
            var source = folder[$"source-{optional}.parquet"];
            await File.WriteAllBytesAsync(source, TestFile.Write(columns), TestContext.Current.CancellationToken);
            foreach (var codec in new[] { "UNCOMPRESSED", "SNAPPY", "GZIP", "BROTLI", "LZ4", "ZSTD", "LZ4_RAW" })
            {
                foreach (var version in new[] { 1, 2 }) Add(codec, version, dictionary: true, null);
            }

            foreach (var (name, choice) in Choices)
            {
                var encodings = columns.Where(column => (column.Spec with { Encoding = choice }).Fault() is null)
                    .ToDictionary(column => column.Spec.Name, _ => name);
                foreach (var version in new[] { 1, 2 }) Add("ZSTD", version, dictionary: false, encodings);
            }

            void Add(string codec, int version, bool dictionary, Dictionary<string, string>? encodings)
            {
                writes.Add(new ArrowWrite(source, folder[$"{writes.Count}.parquet"], codec, version, dictionary, encodings));
                expected.Add(TestFile.Expected(columns));
            }
        }

        await ForeignNode.Arrow([.. writes]);

        for (var i = 0; i < writes.Count; i++)
        {
            foreach (var native in new[] { true, false })
            {
                using var reader = ParquetReader.Open(writes[i].Path, new ParquetReaderOptions { UseNativeLibraries = native });
                var actual = TestFile.Read(reader, 509);
                for (var column = 0; column < actual.Length; column++)
                {
                    Assert.True(expected[i][column].SequenceEqual(actual[column]),
                        $"{reader.Schema.Columns[column].Name} of {writes[i]}, {writes[i].Encoding?.Values.FirstOrDefault()}");
                }
            }
        }
    }
}
