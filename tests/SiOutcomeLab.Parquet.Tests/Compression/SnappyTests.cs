using System.Text;
using SiOutcomeLab.Parquet.Compression;

namespace SiOutcomeLab.Parquet.Tests.Compression;

/// <summary>
/// Vectors are worked out by hand from google/snappy's format_description.txt; what other programs compress is in the interop tests.
/// </summary>
public sealed class SnappyTests
{
    [Theory]
    [InlineData("00", "")]
    [InlineData("010061", "a")]
    [InlineData("0310616263", "")]
    [InlineData("03086162630d", "")]
    [InlineData("0308616263", "abc")]
    [InlineData("090861626309" + "03", "abcabcabc")]
    [InlineData("090861626316" + "0300", "abcabcabc")]
    [InlineData("0908616263" + "1703000000", "abcabcabc")]
    [InlineData("0bf00a68656c6c6f20776f726c64", "hello world")]
    [InlineData("0bf40a0068656c6c6f20776f726c64", "hello world")]
    [InlineData("0bf80a000068656c6c6f20776f726c64", "hello world")]
    [InlineData("0bfc0a00000068656c6c6f20776f726c64", "hello world")]
    public void Decode_KnownBlock_GivesItsText(string block, string text)
    {
        var expected = Encoding.ASCII.GetBytes(text);
        var actual = new byte[expected.Length];
        var fault = SnappyDecoder.Decode(Convert.FromHexString(block), actual);
        if (text.Length == 0 && block != "00")
        {
            Assert.NotNull(fault);
            return;
        }

        Assert.Null(fault);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("", 4, "has no length")]
    [InlineData("80808080", 4, "has no length")]
    [InlineData("ffffffff7f", 4, "has no length")]
    [InlineData("05" + "0861", 4, "declares another length")]
    [InlineData("04" + "0c6162", 4, "ends inside a literal")]
    [InlineData("04" + "f4", 4, "literal's length")]
    [InlineData("04" + "fcffffffff", 4, "ends inside a literal")]
    [InlineData("04" + "106162636465", 4, "more bytes")]
    [InlineData("04" + "0061" + "05", 4, "ends inside a copy")]
    [InlineData("04" + "0061" + "0a01", 4, "ends inside a copy")]
    [InlineData("04" + "0061" + "0b010000", 4, "ends inside a copy")]
    [InlineData("05" + "0061" + "0102", 5, "before its start")]
    [InlineData("05" + "0061" + "0100", 5, "before its start")]
    [InlineData("05" + "0061" + "0fffffffff", 5, "before its start")]
    [InlineData("04" + "0061" + "0101", 4, "more bytes")]
    [InlineData("04" + "0461" + "62", 4, "fewer bytes")]
    public void Decode_Malformed_SaysWhat(string block, int length, string fault) =>
        Assert.Contains(fault, SnappyDecoder.Decode(Convert.FromHexString(block), new byte[length]), StringComparison.Ordinal);

    [Fact]
    public void Decode_CopiesOfEveryDistanceAndLength_EqualTheSlowWay()
    {
        for (var distance = 1; distance <= 80; distance++)
        {
            for (var length = 1; length <= 64; length++)
            {
                var start = Enumerable.Range(0, 80).Select(i => (byte)(i * 7)).ToList();
                var block = new List<byte> { (byte)((80 + length) | 0x80), (byte)((80 + length) >> 7), 60 << 2, 79 };
                block.AddRange(start);
                block.AddRange([(byte)(((length - 1) << 2) | 2), (byte)distance, 0]);
                for (var i = 0; i < length; i++) start.Add(start[^distance]);
                foreach (var after in new[] { 0, 100 })
                {
                    var tail = Enumerable.Range(0, after).Select(i => (byte)i).ToArray();
                    var whole = new List<byte>(block);
                    if (after > 0)
                    {
                        whole.AddRange([60 << 2, (byte)(after - 1)]);
                        whole.AddRange(tail);
                    }

                    (whole[0], whole[1]) = ((byte)((80 + length + after) | 0x80), (byte)((80 + length + after) >> 7));
                    var actual = new byte[80 + length + after];
                    Assert.Null(SnappyDecoder.Decode([.. whole], actual));
                    Assert.Equal([.. start, .. tail], actual);
                }
            }
        }
    }

    [Fact]
    public void Encode_AnyBytes_DecodesEqualWithinTheBound()
    {
        var random = new Random(11);
        foreach (var length in new[] { 0, 1, 15, 16, 17, 59, 60, 61, 62, 255, 256, 257, 1000, 65_535, 65_536, 65_537, 200_000 })
        {
            foreach (var alphabet in new[] { 1, 2, 5, 256 })
            {
                var source = new byte[length];
                for (var i = 0; i < length; i++)
                {
                    source[i] = i > 40 && random.Next(3) != 0 ? source[i - 1 - random.Next(40)] : (byte)random.Next(alphabet);
                }

                var encoded = new byte[SnappyEncoder.MaxCompressedLength(length)];
                var count = SnappyEncoder.Encode(source, encoded);
                var decoded = new byte[length];
                Assert.Null(SnappyDecoder.Decode(encoded.AsSpan(0, count), decoded));
                Assert.Equal(source, decoded);
                Assert.True(length <= new SnappyCodec().MaxDecompressed(count));
            }
        }
    }

    [Fact]
    public void Encode_Zeros_ComesNearTheFormatsBestRatio()
    {
        var encoded = new byte[SnappyEncoder.MaxCompressedLength(60_000)];
        Assert.InRange(SnappyEncoder.Encode(new byte[60_000], encoded), 1, 60_000 / 20);
    }

    [Fact]
    public void Decode_AnyByteChanged_FillsOrSaysWhat()
    {
        var source = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 60).Select(i => $"kommun {i % 7} ")));
        var encoded = new byte[SnappyEncoder.MaxCompressedLength(source.Length)];
        var block = encoded.AsSpan(0, SnappyEncoder.Encode(source, encoded)).ToArray();
        var guarded = new byte[source.Length + 64];
        for (var at = 0; at < block.Length; at++)
        {
            for (var change = 1; change < 256; change++)
            {
                block[at] ^= (byte)change;
                Array.Fill(guarded, (byte)0xA5);
                SnappyDecoder.Decode(block, guarded.AsSpan(0, source.Length));
                Assert.Equal(-1, guarded.AsSpan(source.Length).IndexOfAnyExcept((byte)0xA5));
                block[at] ^= (byte)change;
            }
        }
    }
}
