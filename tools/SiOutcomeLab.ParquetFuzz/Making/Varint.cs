namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>Variable-length integers, seven bits a byte.</summary>
internal static class Varint
{
    public static byte[] Of(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7) bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }

    public static byte[] ZigZag(long value) => Of((ulong)((value << 1) ^ (value >> 63)));
}
