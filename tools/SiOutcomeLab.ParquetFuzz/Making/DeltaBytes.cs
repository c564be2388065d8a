using System.Numerics;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>The three delta encodings, value by value (parquet-format Encodings.md).</summary>
internal static class DeltaBytes
{
    /// <summary>DELTA_BINARY_PACKED.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="wraps">Whether deltas wrap at 32 bits, as writers of INT32 do that compute in 32 bits.</param>
    /// <param name="block">Values a block, a multiple of 128.</param>
    /// <param name="miniblocks">Miniblocks a block, each of a multiple of 32 values.</param>
    public static byte[] Integers(IReadOnlyList<long> values, bool wraps = false, int block = 128, int miniblocks = 4)
    {
        List<byte> output = [.. Varint.Of((ulong)block), .. Varint.Of((ulong)miniblocks)];
        output.AddRange([.. Varint.Of((ulong)values.Count), .. Varint.ZigZag(values[0])]);
        var deltas = new long[values.Count - 1];
        for (var i = 1; i < values.Count; i++)
        {
            var delta = unchecked(values[i] - values[i - 1]);
            deltas[i - 1] = wraps ? (int)delta : delta;
        }

        for (var start = 0; start < deltas.Length; start += block)
        {
            var some = deltas.AsSpan(start, Math.Min(block, deltas.Length - start)).ToArray();
            var smallest = some.Min();
            output.AddRange(Varint.ZigZag(smallest));
            var chunks = some.Chunk(block / miniblocks).ToArray();
            var offsets = chunks.Select(chunk => chunk.Select(delta => Offset(delta, smallest, wraps)).ToArray()).ToArray();
            var widths = offsets.Select(chunk => 64 - BitOperations.LeadingZeroCount(chunk.Max())).ToArray();

            // What stands for miniblocks that are not there may be anything.
            for (var i = 0; i < miniblocks; i++) output.Add(i < widths.Length ? (byte)widths[i] : (byte)0xEE);
            for (var i = 0; i < offsets.Length; i++)
            {
                var bits = new BitWriter();
                for (var j = 0; j < block / miniblocks; j++) bits.Write(j < offsets[i].Length ? offsets[i][j] : 0, widths[i]);
                output.AddRange(bits.ToArray());
            }
        }

        return [.. output];
    }

    /// <summary>DELTA_LENGTH_BYTE_ARRAY.</summary>
    public static byte[] Lengths(IReadOnlyList<byte[]> values) =>
        [.. Integers([.. values.Select(value => (long)value.Length)], wraps: true), .. values.SelectMany(value => value)];

    /// <summary>DELTA_BYTE_ARRAY.</summary>
    public static byte[] Prefixes(IReadOnlyList<byte[]> values)
    {
        var prefixes = new long[values.Count];
        var rests = new byte[values.Count][];
        for (var i = 0; i < values.Count; i++)
        {
            var shared = i == 0 ? 0 : values[i].AsSpan().CommonPrefixLength(values[i - 1]);
            prefixes[i] = shared;
            rests[i] = values[i][shared..];
        }

        return [.. Integers(prefixes, wraps: true), .. Lengths(rests)];
    }

    private static ulong Offset(long delta, long smallest, bool wraps) =>
        wraps ? unchecked((uint)(delta - smallest)) : unchecked((ulong)(delta - smallest));
}
