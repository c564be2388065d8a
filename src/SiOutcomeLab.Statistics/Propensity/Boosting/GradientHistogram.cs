using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Sums of g and h per column and bin, side by side, all columns after one another.</summary>
internal static class GradientHistogram
{
    /// <summary>Adds rows.</summary>
    /// <param name="block">Their bins.</param>
    /// <param name="rows">Which rows of the block.</param>
    /// <param name="packed">The block's derivatives.</param>
    /// <param name="offsets">Where each column's first pair of sums stands.</param>
    /// <param name="sums">The histogram.</param>
    public static void Add(
        BinnedBlock block, ReadOnlySpan<ushort> rows, ReadOnlySpan<long> packed, ReadOnlySpan<nint> offsets, Span<long> sums)
    {
        ref var derivatives = ref MemoryMarshal.GetReference(packed);
        foreach (var row in rows) AddRow(block, row, Unsafe.Add(ref derivatives, row), offsets, ref MemoryMarshal.GetReference(sums));
    }

    /// <summary>Adds a whole block.</summary>
    public static void Add(BinnedBlock block, ReadOnlySpan<long> packed, ReadOnlySpan<nint> offsets, Span<long> sums)
    {
        for (var row = 0; row < packed.Length; row++) AddRow(block, row, packed[row], offsets, ref MemoryMarshal.GetReference(sums));
    }

    /// <summary>Adds another histogram.</summary>
    public static void Add(ReadOnlySpan<long> from, Span<long> to)
    {
        for (var i = 0; i < to.Length; i++) to[i] += from[i];
    }

    /// <summary>What is left of a parent without one child: the other child.</summary>
    public static void Subtract(ReadOnlySpan<long> child, Span<long> parent)
    {
        for (var i = 0; i < parent.Length; i++) parent[i] -= child[i];
    }

    // Bins were made from the cuts that the offsets were made from, so they cannot lead outside of the sums.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddRow(BinnedBlock block, int row, long packed, ReadOnlySpan<nint> offsets, ref long sums)
    {
        var pair = Vector128.WidenLower(Vector128.CreateScalarUnsafe(packed).AsInt32());
        ref var bins = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(block.ByRow), (nint)row * offsets.Length);
        ref var offset = ref MemoryMarshal.GetReference(offsets);
        nint j = 0;
        for (; j + 1 < offsets.Length; j += 2)
        {
            ref var first = ref Unsafe.Add(ref sums, Unsafe.Add(ref offset, j) + ((nint)Unsafe.Add(ref bins, j) * 2));
            ref var second = ref Unsafe.Add(ref sums, Unsafe.Add(ref offset, j + 1) + ((nint)Unsafe.Add(ref bins, j + 1) * 2));
            (Vector128.LoadUnsafe(ref first) + pair).StoreUnsafe(ref first);
            (Vector128.LoadUnsafe(ref second) + pair).StoreUnsafe(ref second);
        }

        if (j == offsets.Length) return;
        ref var last = ref Unsafe.Add(ref sums, Unsafe.Add(ref offset, j) + ((nint)Unsafe.Add(ref bins, j) * 2));
        (Vector128.LoadUnsafe(ref last) + pair).StoreUnsafe(ref last);
    }
}
