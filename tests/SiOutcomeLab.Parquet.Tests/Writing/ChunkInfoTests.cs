using SiOutcomeLab.Parquet.Tests.Files;

namespace SiOutcomeLab.Parquet.Tests.Writing;

public sealed class ChunkInfoTests
{
    [Fact]
    public void Chunk_OfAWrittenFile_TellsCodecEncodingsAndSizes()
    {
        TestColumn[] columns =
        [
            new(ParquetColumnSpec.Text("coded", optional: true),
                [.. Enumerable.Range(0, 900).Select(i => i % 9 == 0 ? null : (object)$"{i % 5}")]),
            new(ParquetColumnSpec.Of<long>("steps") with { Encoding = ParquetColumnEncoding.DeltaBinaryPacked },
                [.. Enumerable.Range(0, 900).Select(i => (object)(long)i)]),
        ];
        var file = TestFile.Write(columns, new ParquetWriterOptions { Codec = ParquetCodec.Lz4Raw, PageVersion = 2 }, rowGroupRows: 600);
        using var reader = ParquetReader.Open(new MemoryStream(file));

        var coded = reader.OpenRowGroup(0).Chunk(0);
        Assert.Equal(("coded", ParquetCodec.Lz4Raw, 600L, true), (coded.Column.Name, coded.Codec, coded.ValueCount, coded.HasDictionary));
        Assert.Equal(["PLAIN", "RLE", "RLE_DICTIONARY"], coded.Encodings.Order());
        var steps = reader.OpenRowGroup(1).Chunk(1);
        Assert.Equal((300L, false), (steps.ValueCount, steps.HasDictionary));
        Assert.Contains("DELTA_BINARY_PACKED", steps.Encodings);
        Assert.InRange(steps.CompressedBytes, 10, steps.UncompressedBytes);
        Assert.Throws<ArgumentOutOfRangeException>(() => reader.OpenRowGroup(1).Chunk(2));
    }
}
