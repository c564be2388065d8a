using System.Text;
using SiOutcomeLab.Parquet.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression.Zstd;

/// <summary>
/// Frames made by hand from RFC 8878, for what libzstd seldom writes: each is also given to libzstd where there is one, which must agree.
/// </summary>
public sealed class RareFrameTests
{
    /// <summary>Four literals of 'a' to 'd' with codes of two bits: weights 1, 1, 1 and the last left out; 97 zeros before.</summary>
    private static readonly byte[] TwoBitCode = MakeCode();

    [Fact]
    public void Decode_RawAndRepeatedBlocks_GivesThem()
    {
        byte[] content = [.. "abc"u8, .. Enumerable.Repeat((byte)7, 100_000), .. "d"u8];
        var maker = new FrameMaker(checksum: true).Raw("abc"u8.ToArray()).Repeated(7, 100_000).Raw().Raw((byte)'d');
        AssertDecodes(content, maker.End(content));
        AssertDecodes([], new FrameMaker().Raw().End());
        AssertDecodes(new byte[131_072], new FrameMaker().Repeated(0, 131_072).End());
    }

    [Fact]
    public void Decode_ChecksumThatDiffers_IsRefused()
    {
        var content = "abc"u8.ToArray();
        var frame = new FrameMaker(checksum: true).Raw(content).End(content);
        frame[^1] ^= 1;
        AssertRefused(frame, 3, "checksum");
        AssertRefused(frame[..^1], 3, "ends inside a checksum");
    }

    [Fact]
    public void Decode_LiteralsOnly_RawAndRepeated()
    {
        // One byte: type in the two lowest bits, then a bit that says one byte, and the count; after the literals no sequences.
        AssertDecodes("hej"u8.ToArray(), new FrameMaker().Compressed([3 << 3, .. "hej"u8, 0]).End());
        AssertDecodes([9, 9, 9, 9, 9], new FrameMaker().Compressed((5 << 3) | 1, 9, 0).End());
    }

    [Fact]
    public void Decode_TreelessLiterals_UseTheCodeOfTheBlockBefore()
    {
        var first = OneStream(2, TwoBitCode, FrameMaker.Backward((0, 2), (1, 2), (2, 2), (3, 2), (0, 2)), 5);
        var second = OneStream(3, [], FrameMaker.Backward((3, 2), (3, 2), (1, 2)), 3);
        AssertDecodes(Encoding.ASCII.GetBytes("abcda" + "ddb"), new FrameMaker().Compressed(first).Compressed(second).End());
        AssertRefused(new FrameMaker().Compressed(second).End(), 3, "there is none");

        // Nor may a frame use the code of the frame before.
        byte[] two = [.. new FrameMaker().Compressed(first).End(), .. new FrameMaker().Compressed(second).End()];
        AssertRefused(two, 8, "there is none");
    }

    [Fact]
    public void Decode_SequencesWithTablesOfOneCode_ThenRepeatedTables()
    {
        // One sequence: literal length code 3, offset code 2 (bits 00: value 4, distance 1), match length code 2 (5 bytes), each a table
        // of that one code.
        byte[] first = [4 << 3, .. "abcd"u8, 1, 0b01_01_01_00, 3, 2, 2, .. FrameMaker.Backward((0, 2))];
        AssertDecodes("abccccccd"u8.ToArray(), new FrameMaker().Compressed(first).End());
        byte[] second = [3 << 3, .. "xyz"u8, 1, 0b11_11_11_00, .. FrameMaker.Backward((1, 2))];
        AssertDecodes("abccccccd" + "xyzyzyzy", new FrameMaker().Compressed(first).Compressed(second).End());
        AssertRefused(new FrameMaker().Compressed(second).End(), 8, "there is none");
    }

    [Theory]
    [InlineData(2, 0, 0u, "abcdefghi" + "jk" + "kkk")]
    [InlineData(2, 1, 0u, "abcdefghi" + "jk" + "hij")]
    [InlineData(2, 1, 1u, "abcdefghi" + "jk" + "def")]
    [InlineData(0, 0, 0u, "abcdefghi" + "fgh" + "jk")]
    [InlineData(0, 1, 0u, "abcdefghi" + "bcd" + "jk")]
    public void Decode_RepeatedDistance_IsOneOfTheThreeThatAFrameBeginsWith(int run, int code, uint bits, string expected)
    {
        // Values 1 to 3 name the distances 1, 4 and 8, and after no literals the next of them; three bytes are copied.
        byte[] block = [2 << 3, .. "jk"u8, 1, 0b01_01_01_00, (byte)run, (byte)code, 0, .. FrameMaker.Backward((bits, code))];
        AssertDecodes(expected, new FrameMaker().Raw("abcdefghi"u8.ToArray()).Compressed(block).End());
    }

    [Theory]
    [InlineData("does not begin", "28b52ffe0038010000")]
    [InlineData("ends inside a frame's header", "28b52ffd")]
    [InlineData("reserved bit", "28b52ffd0838010000")]
    [InlineData("dictionary", "28b52ffd013805010000")]
    [InlineData("window", "28b52ffd00b0010000")]
    [InlineData("more bytes than declared", "28b52ffde0ffffffffffffff00010000")]
    [InlineData("more content than there can be", "28b52ffde0ffffffffffffffff010000")]
    [InlineData("another length", "28b52ffd2003110000616263"/* declares 3, holds 2 and a byte too many */)]
    [InlineData("reserved type", "28b52ffd0038070000")]
    [InlineData("ends inside a block's header", "28b52ffd00380100")]
    [InlineData("ends inside a block", "28b52ffd003819000061")]
    [InlineData("larger than its frame allows", "28b52ffd0000" + "010100")]
    [InlineData("ends inside a skippable frame", "502a4d180500000001")]
    [InlineData("ends inside a frame's header", "502a4d1805")]
    [InlineData("does not begin", "28b52ffd00380100004142434445")]
    public void Decode_WrongFrame_SaysWhat(string fault, string frame)
    {
        var bytes = Convert.FromHexString(frame);
        if (fault == "larger than its frame allows") bytes = new FrameMaker(window: 0).Repeated(1, 1025).End();
        if (fault == "another length") bytes = [.. bytes[..6], 0x11, 0, 0, 0x61, 0x62];
        AssertRefused(bytes, fault == "another length" ? 3 : 0, fault);
    }

    [Theory]
    [InlineData("ends inside its literals", new byte[0])]
    [InlineData("ends inside its literals", new byte[] { 40, 1, 2 })]
    [InlineData("more literals than a block may hold", new byte[] { 0xFD, 0xFF, 0xFF, 1 })]
    [InlineData("ends inside its sequences", new byte[] { 8, 65 })]
    [InlineData("left over", new byte[] { 8, 65, 0, 0 })]
    [InlineData("ends inside its sequences", new byte[] { 8, 65, 1 })]
    [InlineData("reserved bits", new byte[] { 8, 65, 1, 1, 128 })]
    [InlineData("empty bit stream", new byte[] { 8, 65, 1, 0 })]
    [InlineData("end mark", new byte[] { 8, 65, 1, 0, 0 })]
    [InlineData("outside the literal lengths", new byte[] { 8, 65, 1, 0x54, 36, 0, 0, 128 })]
    [InlineData("outside the offsets", new byte[] { 8, 65, 1, 0x54, 0, 32, 0, 128 })]
    [InlineData("outside the match lengths", new byte[] { 8, 65, 1, 0x54, 0, 0, 53, 128 })]
    [InlineData("larger than allowed", new byte[] { 8, 65, 1, 0x80, 0x0F, 128 })]
    [InlineData("more literals than it has", new byte[] { 8, 65, 1, 0x54, 2, 0, 0, 1 })]
    [InlineData("before its start", new byte[] { 8, 65, 1, 0x54, 1, 3, 0, 8 })]
    [InlineData("sequences left over", new byte[] { 8, 65, 1, 0x54, 1, 0, 0, 2 })]
    [InlineData("copies from nowhere", new byte[] { 8, 65, 1, 0x54, 0, 1, 0, 3 })]
    public void Decode_WrongBlock_SaysWhat(string fault, byte[] block) => AssertRefused(new FrameMaker().Compressed(block).End(), 4, fault);

    [Fact]
    public void Hash_KnownInputs_GivesTheSpecificationsValues()
    {
        // xxHash's own sanity values: 101 bytes of its generator are in libzstd; these three stand in its specification and test suite.
        Assert.Equal(0xEF46DB3751D8E999UL, XxHash64.Of([]));
        Assert.Equal(0x44BC2CF5AD770999UL, XxHash64.Of("abc"u8));
        Assert.Equal(0x0B242D361FDA71BCUL, XxHash64.Of("The quick brown fox jumps over the lazy dog"u8));
    }

    private static byte[] MakeCode()
    {
        // 101 weights follow: 97 of 0, then 1 for 'a' to 'd', of which the last is left out: 100 in all, two in a byte.
        var weights = new byte[100];
        for (var i = 97; i < 100; i++) weights[i] = 1;
        return [127 + 100, .. Enumerable.Range(0, 50).Select(i => (byte)((weights[i * 2] << 4) | weights[(i * 2) + 1]))];
    }

    /// <summary>A block of coded literals in one stream and no sequences.</summary>
    private static byte[] OneStream(int type, byte[] code, byte[] stream, int count)
    {
        var stored = code.Length + stream.Length;
        var header = type | (count << 4) | (stored << 14);
        return [(byte)header, (byte)(header >> 8), (byte)(header >> 16), .. code, .. stream, 0];
    }

    private static void AssertDecodes(string expected, byte[] frame) => AssertDecodes(Encoding.ASCII.GetBytes(expected), frame);

    private static void AssertDecodes(byte[] expected, byte[] frame)
    {
        var actual = new byte[expected.Length];
        new ZstdDecoder().Decode(frame, actual);
        Assert.Equal(expected, actual);
        ZstdFrame.Verify(frame, expected.Length);
        if (!NativeZstd.IsAvailable) return;
        Array.Clear(actual);
        Assert.True(NativeZstd.TryDecompress(frame, actual));
        Assert.Equal(expected, actual);
    }

    private static void AssertRefused(byte[] frame, int length, string fault)
    {
        var error = Assert.Throws<ParquetFormatException>(() => new ZstdDecoder().Decode(frame, new byte[length]));
        Assert.Equal(ParquetErrorCode.InvalidCompressedData, error.Code);
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }
}
