using System.Buffers.Binary;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>Single values of more than 32 bits, packed from the least significant bit of each byte.</summary>
internal static class WideBits
{
    /// <summary>Gets one value.</summary>
    /// <param name="packed">The packed bytes; the value must lie within.</param>
    /// <param name="bit">Where the value begins, in bits.</param>
    /// <param name="width">Bits of the value, 33 to 64.</param>
    public static ulong Get(ReadOnlySpan<byte> packed, long bit, int width)
    {
        var at = packed[(int)(bit >> 3)..];
        var shift = (int)(bit & 7);
        ulong value;
        if (at.Length >= 9)
        {
            value = BinaryPrimitives.ReadUInt64LittleEndian(at) >> shift;
            if (shift > 0) value |= (ulong)at[8] << (64 - shift);
        }
        else
        {
            value = 0;
            for (var i = 0; i < at.Length; i++)
            {
                value |= i * 8 >= shift ? (ulong)at[i] << ((i * 8) - shift) : (ulong)at[i] >> (shift - (i * 8));
            }
        }

        return width == 64 ? value : value & ((1UL << width) - 1);
    }
}
