using SiOutcomeLab.Parquet.Encodings;

namespace SiOutcomeLab.Parquet.Tests.Encodings;

public sealed class StreamInterleaverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(8)]
    [InlineData(16)]
    public void Interleave_AnyStretch_EqualsByteByByte(int width)
    {
        foreach (var count in new[] { 1, 15, 16, 17, 33, 100 })
        {
            var streams = new byte[count * width];
            new Random(count).NextBytes(streams);
            for (var first = 0; first < count; first += 3)
            {
                for (var values = 0; values <= count - first; values += first == 0 ? 1 : 7)
                {
                    var target = new byte[values * width];
                    StreamInterleaver.Interleave(streams, count, first, width, target);
                    for (var at = 0; at < target.Length; at++)
                    {
                        Assert.Equal(streams[(at % width * count) + first + (at / width)], target[at]);
                    }
                }
            }
        }
    }

    [Fact]
    public void Interleave_BeyondTheStreams_Refuses()
    {
        Assert.Throws<ArgumentException>(() => StreamInterleaver.Interleave(new byte[64], 16, 1, 4, new byte[64]));
        Assert.Throws<ArgumentException>(() => StreamInterleaver.Interleave(new byte[63], 16, 0, 4, new byte[64]));
    }
}
