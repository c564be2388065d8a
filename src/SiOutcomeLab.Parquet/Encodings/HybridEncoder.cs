using System.Buffers;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Writes the RLE / bit-packing hybrid that <see cref="HybridRuns"/> reads: eight or more equal values become a repeated run.
/// </summary>
internal static class HybridEncoder
{
    private const int ShortestRun = 8;
    private const int ShortestByteRun = 3;

    /// <summary>Appends values.</summary>
    /// <param name="values">The values; each fits <paramref name="width"/> bits.</param>
    /// <param name="width">Bits a value, 0 to 32.</param>
    /// <param name="output">Where to.</param>
    public static void Encode(ReadOnlySpan<int> values, int width, ArrayBufferWriter<byte> output)
    {
        var (packed, next) = (0, 0);
        while (next < values.Length)
        {
            var value = values[next];
            var end = next + 1;
            while (end < values.Length && values[end] == value) end++;

            // Packed values come in groups of eight, so the run first fills the group that is open.
            var fill = -(next - packed) & 7;
            if (end - next - fill >= ShortestRun)
            {
                EncodePacked(values[packed..(next + fill)], width, output);
                WriteVarint((uint)(end - next - fill) << 1, output);
                WriteValue(value, width, output);
                packed = end;
            }

            next = end;
        }

        EncodePacked(values[packed..], width, output);
    }

    /// <summary>Appends booleans with one bit each, eight at a time: three or more bytes of only zeros or ones become a run.</summary>
    public static void Encode(ReadOnlySpan<bool> values, ArrayBufferWriter<byte> output)
    {
        var rented = ArrayPool<byte>.Shared.Rent((values.Length + 7) / 8);
        var bits = rented.AsSpan(0, (values.Length + 7) / 8);
        BitPacker.PackBits(values, bits);

        var full = bits[..(values.Length / 8)];
        var rest = values.Length & 7;
        var packed = 0;
        for (var next = 0; next < full.Length;)
        {
            var same = bits[next];
            if (same is not (0 or 0xFF))
            {
                next++;
                continue;
            }

            var length = full[next..].IndexOfAnyExcept(same);
            if (length < 0) length = full.Length - next;
            if (length >= ShortestByteRun)
            {
                WritePacked(bits[packed..next], output);
                packed = next + length;

                // A last byte that is not full may end the last run, else it is packed.
                var joins = rest > 0 && packed == full.Length && bits[packed] == (same >> (8 - rest));
                WriteVarint((uint)((length * 8) + (joins ? rest : 0)) << 1, output);
                WriteByte((byte)(same & 1), output);
                if (joins) packed++;
            }

            next += length;
        }

        WritePacked(bits[packed..], output);
        ArrayPool<byte>.Shared.Return(rented);
    }

    private static void WritePacked(ReadOnlySpan<byte> bits, ArrayBufferWriter<byte> output)
    {
        if (bits.IsEmpty) return;
        WriteVarint(((uint)bits.Length << 1) | 1, output);
        output.Write(bits);
    }

    private static void EncodePacked(ReadOnlySpan<int> values, int width, ArrayBufferWriter<byte> output)
    {
        if (values.IsEmpty) return;
        WriteVarint(((uint)((values.Length + 7) / 8) << 1) | 1, output);
        BitPacker.PackGroups(values, width, output);
    }

    private static void WriteVarint(uint value, ArrayBufferWriter<byte> output)
    {
        for (; value >= 0x80; value >>= 7) WriteByte((byte)(value | 0x80), output);
        WriteByte((byte)value, output);
    }

    private static void WriteValue(int value, int width, ArrayBufferWriter<byte> output)
    {
        for (var shift = 0; shift < width; shift += 8) WriteByte((byte)(value >> shift), output);
    }

    private static void WriteByte(byte value, ArrayBufferWriter<byte> output)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }
}
