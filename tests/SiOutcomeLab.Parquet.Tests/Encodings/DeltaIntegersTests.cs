using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.ParquetFuzz.Making;

namespace SiOutcomeLab.Parquet.Tests.Encodings;

public sealed class DeltaIntegersTests
{
    public static TheoryData<int> Widths { get; } = new(Enumerable.Range(0, 65));

    [Theory]
    [MemberData(nameof(Widths))]
    public void Read_AnyWidthInAnyPieces_EqualsBitByBit(int width)
    {
        foreach (var (block, miniblocks) in new[] { (128, 4), (128, 1), (256, 8), (1024, 2) })
        {
            foreach (var count in new[] { 1, 2, 32, 33, 129, 130, 1000 })
            {
                var values = OfWidth(width, count, seed: (width * 100) + count);
                var bytes = DeltaBytes.Integers(values, block: block, miniblocks: miniblocks);
                var naive = new NaiveDelta(bytes);
                Assert.Equal(values, naive.Decode());
                if (count > 2) Assert.Contains(width, naive.Widths);
                foreach (var piece in new[] { 1, 7, 31, 64, 257, 5000 }) Assert.Equal(values, Decode<long>(bytes, count, piece));
            }
        }
    }

    [Fact]
    public void Read_AnyInt32_SameForWritersThatWrapAndThoseThatDoNot()
    {
        var random = new Random(4);
        int[] edges = [int.MinValue, int.MaxValue, 0, -1, 1, int.MaxValue, int.MinValue, int.MinValue, int.MaxValue];
        for (var round = 0; round < 60; round++)
        {
            var more = Enumerable.Range(0, round * 5).Select(_ => random.Next(4) == 0 ? edges[random.Next(9)] : random.Next());
            int[] values = [.. edges, .. more];
            foreach (var wraps in new[] { false, true })
            {
                var bytes = DeltaBytes.Integers([.. values.Select(value => (long)value)], wraps);
                Assert.Equal(values, Decode<int>(bytes, values.Length, 13));
            }
        }
    }

    [Fact]
    public void Read_AnyInt64_WrapsAround()
    {
        long[] values = [long.MaxValue, long.MinValue, -1, long.MaxValue, 0, long.MinValue, long.MinValue + 1, 5, long.MaxValue - 1];
        Assert.Equal(values, Decode<long>(DeltaBytes.Integers(values), values.Length, 4));
    }

    [Fact]
    public void FindEnd_MoreBytesFollow_GivesWhereTheyBegin()
    {
        foreach (var count in new[] { 1, 2, 128, 129, 1000 })
        {
            var values = OfWidth(17, count, seed: count);
            var bytes = DeltaBytes.Integers(values);
            var integers = new DeltaIntegers();
            integers.Reset(new ByteRange([.. bytes, 1, 2, 3], 0, bytes.Length + 3), count);

            Assert.Equal(bytes.Length, integers.FindEnd());

            var read = new long[count];
            integers.Read<long>(read);
            Assert.Equal(values, read);
            Assert.True(integers.IsDone);
            Assert.False(integers.IsAtEnd);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("0004020000")]
    [InlineData("81010402020000")]
    [InlineData("80010002020000")]
    [InlineData("80010502020000")]
    [InlineData("80018001020000")]
    [InlineData("8001040300")]
    [InlineData("8001080200000000000000000000")]
    [InlineData("8001040200")]
    [InlineData("800104020002")]
    [InlineData("8001040200020041000000")]
    [InlineData("80010402000208000000")]
    [InlineData("8080808010040200")]
    [InlineData("800104ffffffffff0f00")]
    [InlineData("80010402ffffffffffffffffffffff00")]
    public void Read_Malformed_FailsTyped(string hex)
    {
        var error = Assert.Throws<ParquetFormatException>(() => Decode<long>(Convert.FromHexString(hex), 2, 2));
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, error.Code);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Read_AnotherNumberOfValuesThanThePageSays_FailsTyped(int count)
    {
        // All the bytes for more values are there: the page and the encoding contradict each other, and neither can be believed.
        var error = Assert.Throws<ParquetFormatException>(() => Decode<long>(DeltaBytes.Integers([1, 2, 3]), count, count));
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, error.Code);
    }

    [Theory]
    [InlineData(65)]
    [InlineData(72)]
    [InlineData(255)]
    public void Read_WidthOver64WithAllItsBytes_FailsTyped(byte width)
    {
        byte[] bytes = [0x80, 1, 4, 2, 0, 0, width, 0, 0, 0, .. new byte[32 * width / 8]];
        Assert.Equal(ParquetErrorCode.InvalidEncodedData, Assert.Throws<ParquetFormatException>(() => Decode<long>(bytes, 2, 2)).Code);
        Assert.Equal([0, 0], Decode<long>([.. bytes[..6], 64, .. bytes[7..10], .. new byte[32 * 8]], 2, 2));
    }

    [Fact]
    public void Read_MinimalPage_GivesItsValues() =>
        Assert.Equal([0, 1], Decode<long>(Convert.FromHexString("8001040200020000eeee"), 2, 2));

    [Fact]
    public void Read_MillionsOfEqualStepsInAFewBytes_TakesNoMemory()
    {
        // One block of 2³⁰ values in one miniblock of width 0: honest, so reading it costs what is asked for only.
        byte[] bytes = [.. Varint.Of(1 << 30), 1, .. Varint.Of(1_000_000_000), .. Varint.ZigZag(5), .. Varint.ZigZag(2), 0];
        var integers = new DeltaIntegers();
        var values = new long[3];
        var before = GC.GetAllocatedBytesForCurrentThread();
        integers.Reset(new ByteRange(bytes, 0, bytes.Length), 1_000_000_000);
        Assert.Equal(bytes.Length, integers.FindEnd());

        integers.Read<long>(values);

        Assert.Equal([5, 7, 9], values);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10_000);
    }

    /// <summary>Values whose differences from the smallest delta have exactly this many bits somewhere.</summary>
    private static long[] OfWidth(int width, int count, int seed)
    {
        var random = new Random(seed);
        var values = new long[count];
        values[0] = random.NextInt64();
        var top = width == 0 ? 0 : 1UL << (width - 1);
        for (var i = 1; i < count; i++)
        {
            var offset = i == 1 ? top : i == 2 || width == 0 ? 0 : top | ((ulong)random.NextInt64() & (top - 1));
            values[i] = unchecked(values[i - 1] + (long)offset - 3);
        }

        return values;
    }

    private static T[] Decode<T>(byte[] bytes, int count, int piece)
        where T : unmanaged
    {
        var decoder = new DeltaDecoder<T>();
        decoder.Reset(new ByteRange(bytes, 0, bytes.Length), count);
        var values = new T[count];
        for (var done = 0; done < count; done += piece) decoder.Read(values.AsSpan(done, Math.Min(piece, count - done)));
        return values;
    }
}
