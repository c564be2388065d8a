using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Parquet.Compression.Lz4;

/// <summary>
/// Encodes an LZ4 block (lz4, doc/lz4_Block_format.md): greedy matching through a hash table of the last place of each four bytes,
/// with growing steps where nothing matches. Deterministic.
/// </summary>
internal static unsafe class Lz4Encoder
{
    private const int TableBits = 14;
    private const int ShortestMatch = 4;
    private const int LargestDistance = 65_535;

    /// <summary>The format's own rules: the last five bytes are literals, and no match begins in the last twelve.</summary>
    private const int LastLiterals = 5;

    private const int LastMatch = 12;

    /// <summary>The most bytes that encoding so many can need.</summary>
    public static int MaxCompressedLength(int bytes) => checked(bytes + (bytes / 255) + 16);

    /// <summary>Encodes into a buffer of at least <see cref="MaxCompressedLength"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxCompressedLength(source.Length), nameof(destination));
        var table = ArrayPool<int>.Shared.Rent(1 << TableBits);
        table.AsSpan(0, 1 << TableBits).Fill(-LargestDistance - 1);
        try
        {
            fixed (byte* from = source, to = destination)
            fixed (int* slots = table)
            {
                return Encode(from, source.Length, to, slots);
            }
        }
        finally
        {
            ArrayPool<int>.Shared.Return(table);
        }
    }

    private static int Encode(byte* source, int length, byte* destination, int* table)
    {
        var to = destination;
        var emitted = 0;
        var matchEnd = length - LastLiterals;
        var searchEnd = length - LastMatch;
        for (int position = 0, skip = 64; position <= searchEnd;)
        {
            var word = Unsafe.ReadUnaligned<uint>(source + position);
            ref var slot = ref table[(word * 2654435761u) >> (32 - TableBits)];
            var candidate = slot;
            slot = position;
            if (position - candidate > LargestDistance || Unsafe.ReadUnaligned<uint>(source + candidate) != word)
            {
                position += skip++ >> 6;
                continue;
            }

            var match = ShortestMatch
                + MatchLength(source + candidate + ShortestMatch, source + position + ShortestMatch, source + matchEnd);
            to = EmitLiterals(source + emitted, position - emitted, Math.Min(match - ShortestMatch, 15), to);
            *to++ = (byte)(position - candidate);
            *to++ = (byte)((position - candidate) >> 8);
            if (match - ShortestMatch >= 15) to = EmitLength(match - ShortestMatch - 15, to);
            position += match;
            emitted = position;
            skip = 64;
            if (position <= searchEnd)
            {
                table[(Unsafe.ReadUnaligned<uint>(source + position - 2) * 2654435761u) >> (32 - TableBits)] = position - 2;
            }
        }

        return (int)(EmitLiterals(source + emitted, length - emitted, 0, to) - destination);
    }

    private static int MatchLength(byte* earlier, byte* later, byte* end)
    {
        var start = later;
        for (; later <= end - 8; later += 8, earlier += 8)
        {
            var difference = Unsafe.ReadUnaligned<ulong>(later) ^ Unsafe.ReadUnaligned<ulong>(earlier);
            if (difference != 0) return (int)(later - start) + (BitOperations.TrailingZeroCount(difference) >> 3);
        }

        while (later < end && *later == *earlier)
        {
            later++;
            earlier++;
        }

        return (int)(later - start);
    }

    private static byte* EmitLiterals(byte* from, int count, int matchBits, byte* to)
    {
        *to++ = (byte)((Math.Min(count, 15) << 4) | matchBits);
        if (count >= 15) to = EmitLength(count - 15, to);
        Unsafe.CopyBlockUnaligned(to, from, (uint)count);
        return to + count;
    }

    private static byte* EmitLength(int length, byte* to)
    {
        for (; length >= byte.MaxValue; length -= byte.MaxValue) *to++ = byte.MaxValue;
        *to++ = (byte)length;
        return to;
    }
}
