using System.Buffers;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Writes the RLE / bit-packing hybrid that <see cref="HybridRuns"/> reads: eight or more equal values become a repeated run.
/// </summary>
internal static class HybridEncoder
{
    private const int ShortestRun = 8;

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

    /// <summary>Appends booleans with one bit each.</summary>
    public static void Encode(ReadOnlySpan<bool> values, ArrayBufferWriter<byte> output)
    {
        var ints = ArrayPool<int>.Shared.Rent(values.Length);
        for (var i = 0; i < values.Length; i++) ints[i] = values[i] ? 1 : 0;
        Encode(ints.AsSpan(0, values.Length), 1, output);
        ArrayPool<int>.Shared.Return(ints);
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
