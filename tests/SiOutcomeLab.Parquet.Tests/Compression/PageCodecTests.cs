using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Format;
using SiOutcomeLab.Parquet.Tests.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression;

/// <summary>What every codec owes the reader: equal bytes back, never another length, never another exception.</summary>
public sealed class PageCodecTests
{
    public static TheoryData<ParquetCodec> Written { get; } = new(Enum.GetValues<ParquetCodec>().Where(ParquetWriter.CanWrite));

    [Theory]
    [MemberData(nameof(Written))]
    public void Decompress_WhatItCompressed_IsEqualAndWithinTheBound(ParquetCodec id)
    {
        var codec = PageCodecs.Get((CompressionId)id);
        var buffer = new byte[3];
        foreach (var name in ZstdSamples.Names)
        {
            var source = ZstdSamples.Make(name, 150_000);
            var count = codec.Compress(source, ref buffer);
            var page = buffer[..count];
            foreach (var native in new[] { true, false })
            {
                var back = new byte[source.Length];
                PageCodecs.Get((CompressionId)id, native).Decompress(page, back);
                Assert.Equal(source, back);
            }

            Assert.True(source.Length <= codec.MaxDecompressed(page.Length), $"{name}: {page.Length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Written))]
    public void Decompress_ChangedCutOrOfAnotherLength_SameBytesOrTypedError(ParquetCodec id)
    {
        var source = ZstdSamples.Make("mixed", 600);
        var buffer = Array.Empty<byte>();
        var count = PageCodecs.Get((CompressionId)id).Compress(source, ref buffer);
        var page = buffer[..count];
        foreach (var native in new[] { true, false })
        {
            var codec = PageCodecs.Get((CompressionId)id, native);
            for (var at = 0; at < page.Length; at++)
            {
                foreach (var change in new byte[] { 0xFF, 1, 0x80 })
                {
                    var broken = page.ToArray();
                    broken[at] ^= change;
                    AssertTyped(codec, broken, source.Length);
                }

                if (id != ParquetCodec.Uncompressed) AssertTyped(codec, page[..at], source.Length);
            }

            foreach (var length in new[] { 0, 1, source.Length - 1, source.Length + 1, source.Length * 3 })
            {
                Assert.Throws<ParquetFormatException>(() => codec.Decompress(page, new byte[length]));
            }

            Assert.Throws<ParquetFormatException>(() => codec.Decompress([], new byte[5]));
        }
    }

    [Fact]
    public void Get_CodecNotRead_IsNamed()
    {
        var error = Assert.Throws<ParquetFormatException>(() => PageCodecs.Get(CompressionId.Lzo));
        Assert.Equal(ParquetErrorCode.UnsupportedCodec, error.Code);
        Assert.Contains("Lzo", error.Message, StringComparison.Ordinal);
        Assert.Equal(ParquetErrorCode.InvalidMetadata, Assert.Throws<ParquetFormatException>(() => PageCodecs.Get((CompressionId)99)).Code);
    }

    private static void AssertTyped(PageCodec codec, byte[] page, int length)
    {
        var fault = Record.Exception(() => codec.Decompress(page, new byte[length]));
        if (fault is not null) Assert.Equal(ParquetErrorCode.InvalidCompressedData, Assert.IsType<ParquetFormatException>(fault).Code);
    }
}
