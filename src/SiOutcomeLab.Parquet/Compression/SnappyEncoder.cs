using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>
/// Encodes a raw Snappy block (google/snappy, format_description.txt): greedy matching within 64 KiB fragments through a hash table
/// of the last place of each four bytes, with growing steps where nothing matches. Deterministic.
/// </summary>
internal static class SnappyEncoder
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
            for (var start = 0; start < source.Length; start += FragmentBytes)
            {
                var fragment = source.Slice(start, Math.Min(FragmentBytes, source.Length - start));
                to = EncodeFragment(fragment, destination, to, table.AsSpan(0, 1 << TableBits));
            }
        }
        finally
        {
            ArrayPool<ushort>.Shared.Return(table);
        }

        return to;
    }

    private static int EncodeFragment(ReadOnlySpan<byte> fragment, Span<byte> destination, int to, Span<ushort> table)
    {
        if (fragment.Length < Margin + 1) return EmitLiteral(fragment, destination, to);
        table.Clear();
        ref var src = ref MemoryMarshal.GetReference(fragment);
        var limit = fragment.Length - Margin;
        var emitted = 0;
        var position = 1;
        var skip = 32;
        while (position < limit)
        {
            var word = Read32(ref src, position);
            ref var slot = ref table[Hash(word)];
            int candidate = slot;
            slot = (ushort)position;
            if (Read32(ref src, candidate) != word)
            {
                position += skip++ >> 5;
                continue;
            }

            to = EmitLiteral(fragment[emitted..position], destination, to);
            do
            {
                var length = 4 + MatchLength(fragment, candidate + 4, position + 4);
                to = EmitCopy(position - candidate, length, destination, to);
                position += length;
                emitted = position;
                if (position >= limit) break;
                table[Hash(Read32(ref src, position - 1))] = (ushort)(position - 1);
                word = Read32(ref src, position);
                slot = ref table[Hash(word)];
                candidate = slot;
                slot = (ushort)position;
            }
            while (Read32(ref src, candidate) == word);

            position++;
            skip = 32;
        }

        return emitted < fragment.Length ? EmitLiteral(fragment[emitted..], destination, to) : to;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Read32(ref byte source, int position) => Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref source, position));

    private static int Hash(uint word) => (int)((word * 0x1E35A7BD) >> (32 - TableBits));

    private static int MatchLength(ReadOnlySpan<byte> fragment, int earlier, int later)
    {
        ref var src = ref MemoryMarshal.GetReference(fragment);
        var start = later;
        while (later <= fragment.Length - 8)
        {
            var difference = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref src, later))
                ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref src, earlier));
            if (difference != 0) return later - start + (BitOperations.TrailingZeroCount(difference) >> 3);
            later += 8;
            earlier += 8;
        }

        while (later < fragment.Length && fragment[later] == fragment[earlier])
        {
            later++;
            earlier++;
        }

        return later - start;
    }

    private static int EmitLiteral(ReadOnlySpan<byte> literal, Span<byte> destination, int to)
    {
        var tail = literal.Length - 1;
        if (tail < 60)
        {
            destination[to++] = (byte)(tail << 2);
        }
        else if (tail < 1 << 8)
        {
            destination[to++] = 60 << 2;
            destination[to++] = (byte)tail;
        }
        else
        {
            destination[to++] = 61 << 2;
            destination[to++] = (byte)tail;
            destination[to++] = (byte)(tail >> 8);
        }

        literal.CopyTo(destination[to..]);
        return to + literal.Length;
    }

    private static int EmitCopy(int distance, int length, Span<byte> destination, int to)
    {
        // Left-overs below four bytes cannot use the short form, so a long match is cut to leave enough.
        for (; length >= 68; length -= 64) to = EmitLongCopy(distance, 64, destination, to);
        if (length > 64)
        {
            to = EmitLongCopy(distance, 60, destination, to);
            length -= 60;
        }

        if (length >= 12 || distance >= 2048) return EmitLongCopy(distance, length, destination, to);
        destination[to] = (byte)(1 | ((length - 4) << 2) | ((distance >> 8) << 5));
        destination[to + 1] = (byte)distance;
        return to + 2;
    }

    private static int EmitLongCopy(int distance, int length, Span<byte> destination, int to)
    {
        destination[to] = (byte)(2 | ((length - 1) << 2));
        destination[to + 1] = (byte)distance;
        destination[to + 2] = (byte)(distance >> 8);
        return to + 3;
    }
}
