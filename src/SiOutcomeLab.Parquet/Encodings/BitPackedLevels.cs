namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Definition levels in the deprecated BIT_PACKED encoding: one bit a row, from the most significant bit of each byte
/// (parquet-format Encodings.md, "Bit-packed (Deprecated)"). They are turned into one packed run of the hybrid encoding.
/// </summary>
internal static class BitPackedLevels
{
    /// <summary>Turns levels around.</summary>
    /// <param name="packed">The levels' bytes.</param>
    /// <param name="pooled">Made larger when needed; the result lies in it.</param>
    public static ByteRange ToHybrid(ReadOnlySpan<byte> packed, PooledBytes pooled)
    {
        const int longestHeader = 5;
        pooled.Grow(packed.Length + longestHeader);
        var buffer = pooled.Array;
        var header = ((uint)packed.Length << 1) | 1;
        var length = 0;
        for (; header >= 0x80; header >>= 7) buffer[length++] = (byte)(header | 0x80);
        buffer[length++] = (byte)header;
        foreach (var bits in packed)
        {
            // The bits of a byte in the other order (Sean Eron Anderson, Bit Twiddling Hacks, "with 64-bit multiply and modulus").
            buffer[length++] = (byte)(((bits * 0x80200802UL) & 0x0884422110UL) * 0x0101010101UL >> 32);
        }

        return new ByteRange(buffer, 0, length);
    }
}
