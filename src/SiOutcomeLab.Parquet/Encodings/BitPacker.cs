using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>Packs integers from the least significant bit of each byte, the inverse of <see cref="BitUnpacker"/>.</summary>
internal static class BitPacker
{
    /// <summary>Appends values, padded with zeros to whole groups of eight.</summary>
    /// <param name="values">The values; each fits <paramref name="width"/> bits.</param>
    /// <param name="width">Bits a value, 0 to 32.</param>
    /// <param name="output">Grows by <c>width</c> bytes for each started group of eight.</param>
    public static void PackGroups(ReadOnlySpan<int> values, int width, ArrayBufferWriter<byte> output)
    {
        var groups = (values.Length + 7) / 8;
        var target = output.GetSpan(Math.Max(1, groups * width))[..(groups * width)];
        target.Clear();
        ulong pending = 0;
        var (bits, to) = (0, 0);
        foreach (var value in values)
        {
            // Fewer than 32 bits wait, so there is room for a value; four bytes leave at once.
            pending |= (ulong)(uint)value << bits;
            bits += width;
            if (bits < 32) continue;
            BinaryPrimitives.WriteUInt32LittleEndian(target[to..], (uint)pending);
            to += sizeof(uint);
            pending >>= 32;
            bits -= 32;
        }

        for (; bits > 0; bits -= 8)
        {
            target[to++] = (byte)pending;
            pending >>= 8;
        }

        output.Advance(target.Length);
    }

    /// <summary>Appends booleans as bits, padded with zeros to whole bytes.</summary>
    public static void PackBits(ReadOnlySpan<bool> values, ArrayBufferWriter<byte> output)
    {
        var target = output.GetSpan(Math.Max(1, (values.Length + 7) / 8))[..((values.Length + 7) / 8)];
        PackBits(values, target);
        output.Advance(target.Length);
    }

    /// <summary>Packs booleans into exactly the bytes that they need, the last padded with zeros.</summary>
    public static void PackBits(ReadOnlySpan<bool> values, Span<byte> target)
    {
        // Eight booleans are eight bytes of 0 or 1; the product gathers their bits in the highest byte, the first lowest.
        var groups = MemoryMarshal.Cast<bool, ulong>(values);
        for (var i = 0; i < groups.Length; i++) target[i] = (byte)((groups[i] * 0x0102040810204080UL) >> 56);
        if ((values.Length & 7) == 0) return;
        var last = 0;
        for (var i = groups.Length * 8; i < values.Length; i++) last |= (values[i] ? 1 : 0) << (i & 7);
        target[groups.Length] = (byte)last;
    }
}
