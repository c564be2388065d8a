using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>Expands packed bits, least significant first, to one boolean each.</summary>
internal static class BitExpander
{
    /// <summary>Expands consecutive bits.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="first">Index of the first bit wanted.</param>
    /// <param name="bits">Receives the bits; all of them must lie within <paramref name="packed"/>.</param>
    public static void Expand(ReadOnlySpan<byte> packed, long first, Span<bool> bits)
    {
        if (first + bits.Length > packed.Length * 8L) throw new ArgumentException("The bits reach beyond the packed bytes.");
        var i = 0;
        for (; i < bits.Length && ((first + i) & 7) != 0; i++) bits[i] = Bit(packed, first + i);
        var source = packed[(int)((first + i) >> 3)..];
        var whole = (bits.Length - i) >> 3;
        ref var target = ref Unsafe.As<bool, byte>(ref MemoryMarshal.GetReference(bits));
        for (var b = 0; b < whole; b++)
        {
            // Copy the byte eight times, keep bit k in copy k, and turn what is not zero into one.
            var spread = (source[b] * 0x0101010101010101UL) & 0x8040201008040201UL;
            var ones = ((spread + 0x7F7F7F7F7F7F7F7FUL) >> 7) & 0x0101010101010101UL;
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, i + (8 * b)), ones);
        }

        for (i += 8 * whole; i < bits.Length; i++) bits[i] = Bit(packed, first + i);
    }

    /// <summary>Counts the ones among consecutive bits.</summary>
    /// <param name="packed">The packed bytes.</param>
    /// <param name="first">Index of the first bit.</param>
    /// <param name="count">Bits; all of them must lie within <paramref name="packed"/>.</param>
    public static int CountOnes(ReadOnlySpan<byte> packed, long first, int count)
    {
        if (first + count > packed.Length * 8L) throw new ArgumentException("The bits reach beyond the packed bytes.");
        var (ones, end) = (0, first + count);
        for (; first < end && (first & 7) != 0; first++) ones += Bit(packed, first) ? 1 : 0;
        var whole = packed.Slice((int)(first >> 3), (int)((end - first) >> 3));
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(whole)) ones += BitOperations.PopCount(word);
        foreach (var one in whole[(whole.Length & ~7)..]) ones += BitOperations.PopCount(one);
        for (first += whole.Length * 8L; first < end; first++) ones += Bit(packed, first) ? 1 : 0;
        return ones;
    }

    private static bool Bit(ReadOnlySpan<byte> packed, long index) => ((packed[(int)(index >> 3)] >> (int)(index & 7)) & 1) != 0;
}
