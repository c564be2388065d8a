using System.Buffers;
using System.Numerics;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// DELTA_BINARY_PACKED (parquet-format, Encodings.md): the first value, then in blocks of 128 the differences less the block's smallest,
/// packed in four groups of 32 with the width that each group needs. Differences wrap, as the format asks.
/// </summary>
internal static class DeltaEncoder
{
    private const int Block = 128;
    private const int Groups = 4;
    private const int Group = Block / Groups;

    /// <summary>Appends values.</summary>
    public static void Encode(ReadOnlySpan<long> values, ArrayBufferWriter<byte> output)
    {
        WriteHeader(values.Length, values.IsEmpty ? 0 : values[0], output);
        Span<ulong> deltas = stackalloc ulong[Block];
        for (var from = 1; from < values.Length; from += Block)
        {
            var count = Math.Min(Block, values.Length - from);
            var smallest = long.MaxValue;
            for (var i = 0; i < count; i++)
            {
                var delta = unchecked(values[from + i] - values[from + i - 1]);
                deltas[i] = (ulong)delta;
                smallest = Math.Min(smallest, delta);
            }

            for (var i = 0; i < count; i++) deltas[i] = unchecked(deltas[i] - (ulong)smallest);
            WriteBlock(deltas[..count], smallest, output);
        }
    }

    /// <summary>Appends values.</summary>
    public static void Encode(ReadOnlySpan<int> values, ArrayBufferWriter<byte> output)
    {
        WriteHeader(values.Length, values.IsEmpty ? 0 : values[0], output);
        Span<ulong> deltas = stackalloc ulong[Block];
        for (var from = 1; from < values.Length; from += Block)
        {
            var count = Math.Min(Block, values.Length - from);
            var smallest = int.MaxValue;
            for (var i = 0; i < count; i++)
            {
                // In 32 bits, so that no group needs more.
                var delta = unchecked(values[from + i] - values[from + i - 1]);
                deltas[i] = (uint)delta;
                smallest = Math.Min(smallest, delta);
            }

            for (var i = 0; i < count; i++) deltas[i] = unchecked((uint)deltas[i] - (uint)smallest);
            WriteBlock(deltas[..count], smallest, output);
        }
    }

    private static void WriteHeader(int count, long first, ArrayBufferWriter<byte> output)
    {
        WriteVarint(Block, output);
        WriteVarint(Groups, output);
        WriteVarint((uint)count, output);
        WriteZigzag(first, output);
    }

    private static void WriteBlock(Span<ulong> deltas, long smallest, ArrayBufferWriter<byte> output)
    {
        WriteZigzag(smallest, output);
        var widths = output.GetSpan(Groups)[..Groups];
        for (var group = 0; group < Groups; group++)
        {
            ulong any = 0;
            for (var i = group * Group; i < Math.Min((group + 1) * Group, deltas.Length); i++) any |= deltas[i];
            widths[group] = (byte)(64 - BitOperations.LeadingZeroCount(any));
        }

        Span<byte> kept = stackalloc byte[Groups];
        widths.CopyTo(kept);
        output.Advance(Groups);
        for (var from = 0; from < deltas.Length; from += Group)
        {
            Pack(deltas[from..Math.Min(from + Group, deltas.Length)], kept[from / Group], output);
        }
    }

    /// <summary>Appends one group, filled up with zeros to 32 values.</summary>
    private static void Pack(ReadOnlySpan<ulong> values, int width, ArrayBufferWriter<byte> output)
    {
        if (width == 0) return;
        var length = width * Group / 8;
        var target = output.GetSpan(length)[..length];
        target.Clear();
        UInt128 pending = 0;
        var (bits, to) = (0, 0);
        foreach (var value in values)
        {
            pending |= (UInt128)value << bits;
            for (bits += width; bits >= 8; bits -= 8)
            {
                target[to++] = (byte)pending;
                pending >>= 8;
            }
        }

        if (bits > 0) target[to] = (byte)pending;
        output.Advance(length);
    }

    private static void WriteZigzag(long value, ArrayBufferWriter<byte> output) =>
        WriteVarint((ulong)((value << 1) ^ (value >> 63)), output);

    private static void WriteVarint(ulong value, ArrayBufferWriter<byte> output)
    {
        var target = output.GetSpan(10);
        var at = 0;
        for (; value >= 0x80; value >>= 7) target[at++] = (byte)(value | 0x80);
        target[at++] = (byte)value;
        output.Advance(at);
    }
}
