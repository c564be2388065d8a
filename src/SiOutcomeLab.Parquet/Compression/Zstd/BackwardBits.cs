using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// Bit streams that are read from their end (RFC 8878, section 4.1): a place in one is the number of bits that are left,
/// and the last byte's highest one bit only marks where they begin.
/// </summary>
internal static unsafe class BackwardBits
{
    /// <summary>Bits of a stream.</summary>
    /// <exception cref="ParquetFormatException">The stream is empty or has no mark.</exception>
    public static long Open(byte* start, int length)
    {
        if (length <= 0) throw ZstdFault.Of("has an empty bit stream");
        var last = start[length - 1];
        if (last == 0) throw ZstdFault.Of("has a bit stream without an end mark");
        return ((length - 1) * 8L) + BitOperations.Log2(last);
    }

    /// <summary>The next bits at the top of a word, with zeros where the stream has begun; for a stream's last bits.</summary>
    public static ulong PeekTop(byte* start, long left)
    {
        if (left <= 0) return 0;
        var bytes = (left + 7) >> 3;
        if (bytes >= 8) return Unsafe.ReadUnaligned<ulong>(start + bytes - 8) << (int)((bytes * 8) - left);
        ulong word = 0;
        for (var i = 0; i < bytes; i++) word |= (ulong)start[i] << (8 * i);
        return word << (int)(64 - left);
    }

    /// <summary>Takes bits, up to 57 of them.</summary>
    /// <param name="start">The stream.</param>
    /// <param name="left">Bits left; below zero afterwards when the stream had fewer, and then the missing ones are zero.</param>
    /// <param name="count">How many.</param>
    public static uint Take(byte* start, ref long left, int count)
    {
        var bits = count == 0 ? 0 : PeekTop(start, left) >> (64 - count);
        left -= count;
        return (uint)bits;
    }

    /// <summary>The lowest bits of a word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Low(ulong word, int count) =>
        Bmi2.X64.IsSupported ? Bmi2.X64.ZeroHighBits(word, (ulong)count) : word & ((1UL << count) - 1);
}
