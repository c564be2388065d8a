using System.Numerics;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>Reads the description of an FSE table: each symbol's share of the states (RFC 8878, section 4.1.1).</summary>
internal static class FseCounts
{
    /// <summary>Reads shares until the states are all given away.</summary>
    /// <param name="source">Begins with the description.</param>
    /// <param name="counts">Receives the shares: states, or −1 for "less than one". Its length is the most symbols allowed.</param>
    /// <param name="maxLog">Largest accuracy allowed.</param>
    /// <param name="symbols">How many symbols have a share, zeros included.</param>
    /// <param name="log">The table's accuracy: it has <c>1 &lt;&lt; log</c> states.</param>
    /// <returns>Bytes of the description.</returns>
    /// <exception cref="ParquetFormatException">The description is malformed.</exception>
    public static int Read(ReadOnlySpan<byte> source, Span<short> counts, int maxLog, out int symbols, out int log)
    {
        var at = 0;
        log = Take(source, ref at, 4) + 5;
        if (log > maxLog) throw ZstdFault.Of("has a table that is larger than allowed");
        var left = 1 << log;
        symbols = 0;
        while (left > 0)
        {
            if (symbols == counts.Length) throw ZstdFault.Of("has a table of too many symbols");

            // Of the values that need the full width, the low ones are spelled with one bit less.
            var width = BitOperations.Log2((uint)left + 1) + 1;
            var value = Take(source, ref at, width);
            var low = value & ((1 << (width - 1)) - 1);
            var spare = (1 << width) - 1 - (left + 1);
            if (low < spare)
            {
                at--;
                value = low;
            }
            else if (value >= 1 << (width - 1))
            {
                value -= spare;
            }

            counts[symbols++] = (short)(value - 1);
            left -= Math.Abs(value - 1);
            if (value != 1) continue;
            int zeros;
            do
            {
                zeros = Take(source, ref at, 2);
                if (zeros > counts.Length - symbols) throw ZstdFault.Of("has a table of too many symbols");
                counts.Slice(symbols, zeros).Clear();
                symbols += zeros;
            }
            while (zeros == 3);
        }

        if (left < 0) throw ZstdFault.Of("has a table whose shares exceed it");
        var bytes = (at + 7) >> 3;
        return bytes <= source.Length ? bytes : throw ZstdFault.Of("ends inside a table");
    }

    /// <summary>Takes bits from the low end; beyond the source they are zero, which <see cref="Read"/> finds at its end.</summary>
    private static int Take(ReadOnlySpan<byte> source, ref int at, int count)
    {
        if (at >> 3 > source.Length) throw ZstdFault.Of("ends inside a table");
        uint word = 0;
        for (var i = 0; i < 4; i++)
        {
            var index = (at >> 3) + i;
            if (index < source.Length) word |= (uint)source[index] << (8 * i);
        }

        word >>= at & 7;
        at += count;
        return (int)(word & ((1u << count) - 1));
    }
}
