using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// Encodes a raw Snappy block (google/snappy, format_description.txt): greedy matching within 64 KiB fragments through a hash table
/// of the last place of each four bytes, with growing steps where nothing matches. Deterministic.
/// </summary>
internal static unsafe class SnappyEncoder
{
    private const int FragmentBytes = 1 << 16;
    private const int TableBits = 14;

    /// <summary>No match is looked for in the last bytes of a fragment, so that four and eight bytes can be read at once.</summary>
    private const int Margin = 15;

    /// <summary>The most bytes that encoding so many can need.</summary>
    public static int MaxCompressedLength(int bytes) => checked(32 + bytes + (bytes / 6));

    /// <summary>Encodes into a buffer of at least <see cref="MaxCompressedLength"/>.</summary>
    /// <returns>Bytes written.</returns>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, MaxCompressedLength(source.Length), nameof(destination));
        var to = 0;
        for (var length = (uint)source.Length; ; length >>= 7)
        {
            destination[to++] = (byte)(length < 0x80 ? length : length | 0x80);
            if (length < 0x80) break;
        }

        var table = ArrayPool<ushort>.Shared.Rent(1 << TableBits);
        try
        {
            fixed (byte* from = source, start = destination)
            fixed (ushort* slots = table)
            {
                var place = start + to;
                for (var at = 0; at < source.Length; at += FragmentBytes)
                {
                    place = EncodeFragment(from + at, Math.Min(FragmentBytes, source.Length - at), place, slots);
                }

                return (int)(place - start);
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(table);
        }
    }

    private static byte* EncodeFragment(byte* fragment, int length, byte* to, ushort* table)
    {
        if (length < Margin + 1) return EmitLiteral(fragment, length, length, to);
        Unsafe.InitBlock(table, 0, (1 << TableBits) * sizeof(ushort));
        var end = fragment + length;
        var limit = end - Margin;
        var emitted = fragment;
        var position = fragment + 1;
        var skip = 32;
        while (position < limit)
        {
            var word = Read32(position);
            ref var slot = ref table[Hash(word)];
            var candidate = fragment + slot;
            slot = (ushort)(position - fragment);
            if (Read32(candidate) != word)
            {
                position += skip++ >> 5;
                continue;
            }

            to = EmitLiteral(emitted, (int)(position - emitted), (int)(end - emitted), to);
            do
            {
                var match = 4 + MatchLength(candidate + 4, position + 4, end);
                to = EmitCopy((int)(position - candidate), match, to);
                position += match;
                emitted = position;
                if (position >= limit) break;
                var around = Unsafe.ReadUnaligned<ulong>(position - 1);
                table[Hash((uint)around)] = (ushort)(position - 1 - fragment);
                word = (uint)(around >> 8);
                slot = ref table[Hash(word)];
                candidate = fragment + slot;
                slot = (ushort)(position - fragment);
            }
            while (Read32(candidate) == word);

            position++;
            skip = 32;
        }

        return emitted < end ? EmitLiteral(emitted, (int)(end - emitted), (int)(end - emitted), to) : to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Read32(byte* source) => Unsafe.ReadUnaligned<uint>(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(uint word) => (word * 0x1E35A7BD) >> (32 - TableBits);

    private static int MatchLength(byte* earlier, byte* later, byte* end)
    {
        var start = later;
        while (later <= end - 8)
        {
            var difference = Unsafe.ReadUnaligned<ulong>(later) ^ Unsafe.ReadUnaligned<ulong>(earlier);
            if (difference != 0) return (int)(later - start) + (BitOperations.TrailingZeroCount(difference) >> 3);
            later += 8;
            earlier += 8;
        }

        while (later < end && *later == *earlier)
        {
            later++;
            earlier++;
        }

        return (int)(later - start);
    }

    /// <param name="from">The literal.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="readable">Bytes that may be read from there on.</param>
    /// <param name="to">Where to; the bound of the whole leaves room for sixteen bytes, since as many of the source are left.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* EmitLiteral(byte* from, int length, int readable, byte* to)
    {
        var tail = length - 1;
        if (tail < 16 && readable >= 16)
        {
            *to++ = (byte)(tail << 2);
            Vector128.Store(Vector128.Load(from), to);
            return to + length;
        }

        if (tail < 60)
        {
            *to++ = (byte)(tail << 2);
        }
        else if (tail < 1 << 8)
        {
            *to++ = 60 << 2;
            *to++ = (byte)tail;
        }
        else
        {
            *to++ = 61 << 2;
            *to++ = (byte)tail;
            *to++ = (byte)(tail >> 8);
        }

        Unsafe.CopyBlockUnaligned(to, from, (uint)length);
        return to + length;
    }

    private static byte* EmitCopy(int distance, int length, byte* to)
    {
        if (length < 12 && distance < 2048) return EmitShortCopy(distance, length, to);

        // Left-overs below four bytes cannot use the short form, so a long match is cut to leave enough.
        for (; length >= 68; length -= 64) to = EmitLongCopy(distance, 64, to);
        if (length > 64)
        {
            to = EmitLongCopy(distance, 60, to);
            length -= 60;
        }

        return length >= 12 || distance >= 2048 ? EmitLongCopy(distance, length, to) : EmitShortCopy(distance, length, to);
    }

    private static byte* EmitShortCopy(int distance, int length, byte* to)
    {
        to[0] = (byte)(1 | ((length - 4) << 2) | ((distance >> 8) << 5));
        to[1] = (byte)distance;
        return to + 2;
    }

    private static byte* EmitLongCopy(int distance, int length, byte* to)
    {
        to[0] = (byte)(2 | ((length - 1) << 2));
        to[1] = (byte)distance;
        to[2] = (byte)(distance >> 8);
        return to + 3;
    }
}
