using SiOutcomeLab.Parquet.Compression;

namespace SiOutcomeLab.Parquet.Tests.Compression;

public sealed class Crc32Tests
{
    /// <summary>The check value of CRC-32/ISO-HDLC in the catalogue of parametrised CRC algorithms.</summary>
    [Fact]
    public void Of_CheckText_IsTheCheckValue() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    [Fact]
    public void Of_AnyLength_EqualsBitByBitAndInTwoParts()
    {
        var bytes = new byte[500];
        new Random(4).NextBytes(bytes);
        for (var length = 0; length < bytes.Length; length++)
        {
            var crc = uint.MaxValue;
            for (var bit = 0; bit < length * 8; bit++)
            {
                var mixed = (crc ^ (uint)(bytes[bit / 8] >> (bit % 8))) & 1;
                crc = (crc >> 1) ^ (mixed * 0xEDB88320);
            }

            Assert.Equal(~crc, Crc32.Of(bytes.AsSpan(0, length)));
            Assert.Equal(~crc, Crc32.Of(bytes.AsSpan(0, length / 3), bytes.AsSpan(length / 3, length - (length / 3))));
        }
    }
}
