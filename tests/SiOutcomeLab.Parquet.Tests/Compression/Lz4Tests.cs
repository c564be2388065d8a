using System.Buffers.Binary;
using System.Text;
using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Compression.Lz4;
using SiOutcomeLab.Parquet.Tests.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression;

/// <summary>
/// Vectors are worked out by hand from lz4's lz4_Block_format.md; what other programs compress is in the interop tests.
/// </summary>
public sealed class Lz4Tests
{
    [Theory]
    [InlineData("00", "")]
    [InlineData("1061", "a")]
    [InlineData("306162630300" + "00", null)]
    [InlineData("326162630300" + "00", "abcabcabc")]
    [InlineData("1f610100" + "00" + "1062", "aaaaaaaaaaaaaaaaaaaab")]
    [InlineData("f0006162636465666768696a6b6c6d6e6f", "abcdefghijklmno")]
    public void Decode_KnownBlock_GivesItsText(string block, string? text)
    {
        // The third stands for seven bytes and is asked for none.
        var expected = Encoding.ASCII.GetBytes(text ?? string.Empty);
        var actual = new byte[expected.Length];
        var fault = Lz4Decoder.Decode(Convert.FromHexString(block), actual, out var written);
        Assert.Equal(text is null, fault is not null);
        if (text is not null) Assert.Equal((expected.Length, text), (written, Encoding.ASCII.GetString(actual)));
    }

    [Theory]
    [InlineData("", "ends before its last literals")]
    [InlineData("20" + "61", "ends inside its literals")]
    [InlineData("f0", "ends inside a length")]
    [InlineData("f0ffff", "ends inside a length")]
    [InlineData("1061" + "01", "ends inside a copy")]
    [InlineData("1f61" + "0100", "ends inside a length")]
    [InlineData("1061" + "0000" + "00", "before its start")]
    [InlineData("1061" + "0200" + "00", "before its start")]
    [InlineData("1061" + "0100", "ends before its last literals")]
    [InlineData("1f61" + "0100" + "10" + "00", "more bytes")]
    [InlineData("f000" + "6162636465666768696a6b6c6d6e6f" , "more bytes")]
    public void Decode_Malformed_SaysWhat(string block, string fault) =>
        Assert.Contains(fault, Lz4Decoder.Decode(Convert.FromHexString(block), new byte[10], out _), StringComparison.Ordinal);

    [Fact]
    public void Encode_AnyBytes_DecodesEqualWithinTheBounds()
    {
        foreach (var name in ZstdSamples.Names)
        {
            foreach (var length in new[] { 0, 1, 4, 5, 11, 12, 13, 14, 17, 255, 270, 271, 65_535, 65_536, 65_550, 300_000 })
            {
                var source = ZstdSamples.Make(name, length);
                var encoded = new byte[Lz4Encoder.MaxCompressedLength(source.Length)];
                var count = Lz4Encoder.Encode(source, encoded);
                var decoded = new byte[source.Length];
                Assert.Null(Lz4Decoder.Decode(encoded.AsSpan(0, count), decoded, out var written));
                Assert.Equal(source.Length, written);
                Assert.Equal(source, decoded);
                Assert.True(source.Length <= new Lz4RawCodec().MaxDecompressed(count));
            }
        }
    }

    [Fact]
    public void Encode_AnyBytes_KeepsTheFormatsRulesOnTheEnd()
    {
        // Five literals at the end, and no match in the last twelve bytes: decoders that copy widely rely on it.
        foreach (var length in Enumerable.Range(0, 64))
        {
            var encoded = new byte[Lz4Encoder.MaxCompressedLength(length)];
            var block = encoded.AsSpan(0, Lz4Encoder.Encode(new byte[length], encoded));
            if (length < 13) Assert.Equal(length == 0 ? 1 : length + 1, block.Length);
            else Assert.True(block[^6] >> 4 == 5 && block.Length < length, $"{length}: {Convert.ToHexString(block)}");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Decode_HadoopFraming_JoinsItsPartsAndBlocks(int blocksPerPart)
    {
        var source = ZstdSamples.Make("text", 90_000);
        var page = new List<byte>();
        for (var part = 0; part < 2; part++)
        {
            Append(page, 45_000);
            for (var block = 0; block < blocksPerPart; block++)
            {
                var length = 45_000 / blocksPerPart;
                var encoded = new byte[Lz4Encoder.MaxCompressedLength(length)];
                var count = Lz4Encoder.Encode(source.AsSpan((part * 45_000) + (block * length), length), encoded);
                Append(page, count);
                page.AddRange(encoded[..count]);
            }
        }

        var whole = new byte[source.Length];
        new Lz4Codec().Decompress([.. page], whole);
        Assert.Equal(source, whole);
        Assert.Throws<ParquetFormatException>(() => new Lz4Codec().Decompress([.. page], new byte[source.Length - 1]));
        Assert.Throws<ParquetFormatException>(() => new Lz4Codec().Decompress([.. page], new byte[source.Length + 1]));
        Assert.Throws<ParquetFormatException>(() => new Lz4Codec().Decompress([.. page[..^1]], whole));
    }

    [Fact]
    public void Decode_BareBlockUnderTheFramedCodec_IsReadToo()
    {
        var source = ZstdSamples.Make("mixed", 5000);
        var encoded = new byte[Lz4Encoder.MaxCompressedLength(source.Length)];
        var count = Lz4Encoder.Encode(source, encoded);
        var whole = new byte[source.Length];
        new Lz4Codec().Decompress(encoded.AsSpan(0, count), whole);
        Assert.Equal(source, whole);
    }

    [Fact]
    public void Decode_AnyByteChanged_FillsOrSaysWhat()
    {
        var source = ZstdSamples.Make("text", 700);
        var encoded = new byte[Lz4Encoder.MaxCompressedLength(source.Length)];
        var block = encoded.AsSpan(0, Lz4Encoder.Encode(source, encoded)).ToArray();
        var guarded = new byte[source.Length + 64];
        for (var at = 0; at < block.Length; at++)
        {
            for (var change = 1; change < 256; change++)
            {
                block[at] ^= (byte)change;
                Array.Fill(guarded, (byte)0xA5);
                Lz4Decoder.Decode(block, guarded.AsSpan(0, source.Length), out _);
                Assert.Equal(-1, guarded.AsSpan(source.Length).IndexOfAnyExcept((byte)0xA5));
                block[at] ^= (byte)change;
            }
        }
    }

    private static void Append(List<byte> page, int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        page.AddRange(bytes);
    }
}
