using System.Buffers;

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
            pending |= (ulong)(uint)value << bits;
            bits += width;
            for (; bits >= 8; bits -= 8)
            {
                target[to++] = (byte)pending;
                pending >>= 8;
            }
        }

        if (bits > 0) target[to] = (byte)pending;
        output.Advance(target.Length);
    }

    /// <summary>Appends booleans as bits, padded with zeros to whole bytes.</summary>
    public static void PackBits(ReadOnlySpan<bool> values, ArrayBufferWriter<byte> output)
    {
        var target = output.GetSpan(Math.Max(1, (values.Length + 7) / 8))[..((values.Length + 7) / 8)];
        target.Clear();
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i]) target[i >> 3] |= (byte)(1 << (i & 7));
        }

        output.Advance(target.Length);
    }
}
