using System.Buffers;
using SiOutcomeLab.Parquet.Encodings;

namespace SiOutcomeLab.Parquet.Tests.Encodings;

public sealed class HybridTests
{
    public static TheoryData<int> Widths { get; } = new(Enumerable.Range(0, 33));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Encode_AnyWidth_DecodesEqualInAnyPieces(int width)
    {
        foreach (var count in new[] { 1, 7, 8, 9, 63, 64, 65, 1000, 4099 })
        {
            var values = Values(count, width, seed: (width * 10_000) + count);
            var output = new ArrayBufferWriter<byte>();
            HybridEncoder.Encode(values, width, output);
            foreach (var piece in new[] { 1, 2, 7, 11, 64, 5000 })
            {
                Assert.Equal(values, Decode(output.WrittenSpan.ToArray(), width, count, piece));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Widths))]
    public void Unpack_AnyWidthAndStart_EqualsBitByBit(int width)
    {
        var packed = new byte[(7 * width) + 5];
        new Random(width).NextBytes(packed);
        var most = width == 0 ? 40 : packed.Length * 8 / width;
        for (var first = 0; first <= most; first++)
        {
            var values = new int[most - first];
            BitUnpacker.Unpack(packed, first, width, values);
            for (var i = 0; i < values.Length; i++) Assert.Equal(BitByBit(packed, (first + i) * width, width), values[i]);
        }
    }

    [Fact]
    public void Unpack_BeyondTheBytes_Refuses()
    {
        Assert.Throws<ArgumentException>(() => BitUnpacker.Unpack(new byte[3], 0, 5, new int[5]));
        Assert.Throws<ArgumentException>(() => BitExpander.Expand(new byte[3], 17, new bool[8]));
    }

    [Fact]
    public void Expand_AnyStart_EqualsBitByBit()
    {
        var packed = new byte[23];
        new Random(3).NextBytes(packed);
        for (var first = 0; first <= packed.Length * 8; first++)
        {
            var bits = new bool[(packed.Length * 8) - first];
            BitExpander.Expand(packed, first, bits);
            for (var i = 0; i < bits.Length; i++) Assert.Equal(BitByBit(packed, first + i, 1) == 1, bits[i]);
        }
    }

    [Fact]
    public void CountOnes_AnyStretch_EqualsBitByBit()
    {
        var packed = new byte[37];
        new Random(3).NextBytes(packed);
        for (var first = 0; first <= packed.Length * 8; first++)
        {
            var ones = 0;
            for (var count = 0; first + count <= packed.Length * 8; count++)
            {
                Assert.Equal(ones, BitExpander.CountOnes(packed, first, count));
                if (first + count < packed.Length * 8) ones += BitByBit(packed, first + count, 1);
            }
        }
    }

    [Fact]
    public void Read_RunLongerThanNeeded_GivesWhatIsNeeded()
    {
        // A repeated run of 100 fives and, elsewhere, a packed group of 8: the page wants fewer of both.
        Assert.Equal([5, 5, 5], Decode([0xC8, 0x01, 5], 3, 3, 2));
        Assert.Equal([0, 1, 2], Decode([(1 << 1) | 1, 0b10_001_000, 0b1_100_011_0, 0b111_110_10], 3, 3, 3));
    }

    [Fact]
    public void Read_LastPackedRunCutShort_FailsTypedThoughTheValuesNeededAreThere() =>
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, Fails([(9 << 1) | 1, 0b11_10_01_00, 0b00], 2, 5));

    [Theory]
    [InlineData(33, new byte[] { 2, 0, 0, 0, 0, 0 })]
    [InlineData(255, new byte[] { 2, 0 })]
    [InlineData(3, new byte[] { })]
    [InlineData(3, new byte[] { 0x80 })]
    [InlineData(3, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(3, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0x1F })]
    [InlineData(3, new byte[] { 2 })]
    [InlineData(3, new byte[] { 2, 8 })]
    [InlineData(3, new byte[] { 0, 0, 2, 1 })]
    [InlineData(3, new byte[] { 1, 3 })]
    [InlineData(9, new byte[] { 3, 7 })]
    public void Read_Malformed_FailsTyped(int width, byte[] bytes) =>
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, Fails(bytes, width, 1));

    private static ParquetErrorCode Fails(byte[] bytes, int width, int count) =>
        Assert.Throws<ParquetFormatException>(() => Decode(bytes, width, count, count)).Code;

    private static int[] Decode(byte[] bytes, int width, int count, int piece)
    {
        var runs = default(HybridRuns);
        runs.Reset(new ByteRange(bytes, 0, bytes.Length), width);
        var values = new int[count];
        for (var done = 0; done < count;)
        {
            runs.EnsureRun();
            var some = values.AsSpan(done, (int)Math.Min(Math.Min(piece, count - done), runs.Left));
            if (runs.IsRepeated) some.Fill(runs.Value);
            else runs.Unpack(some);
            runs.Take(some.Length);
            done += some.Length;
        }

        return values;
    }

    /// <summary>Values of the width, partly in runs around the length from which a run is repeated.</summary>
    private static int[] Values(int count, int width, int seed)
    {
        var random = new Random(seed);
        var values = new int[count];
        for (var i = 0; i < count;)
        {
            var value = width == 0 ? 0 : (int)(random.NextInt64() & ((1L << width) - 1));
            for (var left = random.Next(3) == 0 ? random.Next(1, 30) : 1; left > 0 && i < count; left--) values[i++] = value;
        }

        return values;
    }

    private static int BitByBit(byte[] packed, int bit, int width)
    {
        uint value = 0;
        for (var i = 0; i < width; i++) value |= (uint)((packed[(bit + i) / 8] >> ((bit + i) % 8)) & 1) << i;
        return (int)value;
    }
}
