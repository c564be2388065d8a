using System.Runtime.CompilerServices;
using SiOutcomeLab.Parquet.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Compression.Lz4;

/// <summary>
/// Decodes an LZ4 block (lz4, doc/lz4_Block_format.md). Every length and distance is checked before a byte is moved; the rules on how
/// a block must end bind encoders only.
/// </summary>
internal static unsafe class Lz4Decoder
{
    private const int ShortestMatch = 4;

    /// <summary>Decodes a block into the front of <paramref name="destination"/>.</summary>
    /// <param name="source">The block, whole.</param>
    /// <param name="destination">Where to.</param>
    /// <param name="written">Bytes that the block stands for.</param>
    /// <returns>Null, or what is wrong, as a clause ("ends inside a length").</returns>
    public static string? Decode(ReadOnlySpan<byte> source, Span<byte> destination, out int written)
    {
        fixed (byte* from = source, to = destination)
        {
            return Decode(from, from + source.Length, to, to + destination.Length, out written);
        }
    }

    private static string? Decode(byte* from, byte* end, byte* start, byte* limit, out int written)
    {
        var to = start;
        written = 0;
        while (true)
        {
            if (from == end) return "ends before its last literals";
            int token = *from++;
            nint run = token >> 4;
            if (run == 15 && !TryReadLength(ref from, end, ref run)) return "ends inside a length";
            if (run > end - from) return "ends inside its literals";
            if (run > limit - to) return "holds more bytes than declared";
            if (run + WideCopy.Slack <= Math.Min(end - from, limit - to)) WideCopy.Literals(from, to, run);
            else Buffer.MemoryCopy(from, to, limit - to, run);
            from += run;
            to += run;
            if (from == end) break;
            if (end - from < 2) return "ends inside a copy";
            nint distance = Unsafe.ReadUnaligned<ushort>(from);
            from += 2;
            nint match = token & 15;
            if (match == 15 && !TryReadLength(ref from, end, ref match)) return "ends inside a length";
            match += ShortestMatch;
            if (distance == 0 || distance > to - start) return "copies from before its start";
            if (match > limit - to) return "holds more bytes than declared";
            if (match + WideCopy.Slack <= limit - to) WideCopy.Match(to, distance, match);
            else WideCopy.MatchNarrow(to, distance, match);
            to += match;
        }

        written = (int)(to - start);
        return null;
    }

    private static bool TryReadLength(ref byte* from, byte* end, ref nint length)
    {
        while (from != end)
        {
            int more = *from++;
            length += more;
            if (more != byte.MaxValue) return true;
        }

        return false;
    }
}
