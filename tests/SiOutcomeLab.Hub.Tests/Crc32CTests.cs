using SiOutcomeLab.Mapping;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>The checksum of a chunk, against the examples of RFC 3720 (appendix B.4) and a bit-by-bit reckoning.</summary>
public sealed class Crc32CTests
{
    [Fact]
    public void Of_TheExamplesOfRfc3720_IsWhatTheRfcSays()
    {
        byte[] ascending = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Crc32C.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of(ascending));
        Assert.Equal(0x113FDB5Cu, Crc32C.Of([.. ascending.Reverse()]));
        Assert.Equal(0xE3069283u, Crc32C.Of("123456789"u8));
        Assert.Equal(0u, Crc32C.Of([]));
    }

    [Fact]
    public void Of_EveryLengthAndStart_IsWhatBitByBitReckoningGives()
    {
        var random = new Random(20261122);
        var bytes = new byte[80];
        random.NextBytes(bytes);
        for (var start = 0; start < 9; start++)
        {
            for (var length = 0; length + start <= bytes.Length; length++)
            {
                Assert.Equal(BitByBit(bytes.AsSpan(start, length)), Crc32C.Of(bytes.AsSpan(start, length)));
            }
        }
    }

    private static uint BitByBit(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 1 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
        }

        return ~crc;
    }
}
