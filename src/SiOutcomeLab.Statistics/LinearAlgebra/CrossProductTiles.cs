using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Sums of products between columns of a block of rows, eight pairs of columns at a time: each value that is loaded takes part in two or
/// four products, so the arithmetic units and not the loads set the pace. Element i goes to lane i mod 8 and nothing is fused, as in
/// <see cref="LaneSum"/>, whether registers hold eight numbers or four. Columns stand <see cref="RowBlocks.Rows"/> apart and are zero from
/// the block's last row up to a multiple of 8; their number is padded to a multiple of 4 with columns of zeros.
/// </summary>
internal static class CrossProductTiles
{
    private const int Stride = RowBlocks.Rows;

    /// <summary>A number of rows rounded up to whole registers.</summary>
    public static int PaddedRows(int rows) => (rows + 7) & ~7;

    /// <summary>Length of the buffer that <see cref="AddSymmetric"/> needs.</summary>
    public static int BufferLength(int columns) => ((columns + 3) & ~3) * Stride;

    /// <summary>Σ left·column for two left sides and all columns of the block.</summary>
    /// <param name="left">Two columns, one after the other.</param>
    /// <param name="block">The columns.</param>
    /// <param name="columns">Their number, padding not counted.</param>
    /// <param name="rows">Rows, padding not counted.</param>
    /// <param name="first">Sums with the first left side; overwritten.</param>
    /// <param name="second">Sums with the second left side; overwritten.</param>
    public static void Pair(
        ReadOnlySpan<double> left, ReadOnlySpan<double> block, int columns, int rows, Span<double> first, Span<double> second)
    {
        Span<double> sums = stackalloc double[8];
        for (var k = 0; k < columns; k += 4)
        {
            Tile(left, block[(k * Stride)..], PaddedRows(rows), sums);
            var width = Math.Min(4, columns - k);
            sums[..width].CopyTo(first[k..]);
            sums.Slice(4, width).CopyTo(second[k..]);
        }
    }

    /// <summary>The lower triangle, row by row, of Σ weight·column·column'.</summary>
    /// <param name="block">The columns.</param>
    /// <param name="columns">Their number, padding not counted.</param>
    /// <param name="rows">Rows, padding not counted.</param>
    /// <param name="weights">One per row, or empty for all one.</param>
    /// <param name="leading">Sums that each row of the triangle leaves room for in front (the intercept's).</param>
    /// <param name="lower">Where the sums go; the leading ones are left alone.</param>
    public static void AddSymmetric(
        ReadOnlySpan<double> block, int columns, int rows, ReadOnlySpan<double> weights, int leading, Span<double> lower)
    {
        var padded = PaddedRows(rows);
        Span<double> sums = stackalloc double[8];
        Span<double> weighted = stackalloc double[2 * Stride];
        for (var j = 0; j < columns; j += 2)
        {
            scoped var left = block[(j * Stride)..];
            if (!weights.IsEmpty)
            {
                LaneSum.Multiply(weights[..padded], left[..padded], weighted);
                // With an odd number of columns the last pair's second one is padding.
                LaneSum.Multiply(weights[..padded], left.Slice(Stride, padded), weighted[Stride..]);
                left = weighted;
            }

            for (var k = 0; k <= j + 1; k += 4)
            {
                Tile(left, block[(k * Stride)..], padded, sums);
                Add(sums, lower.Slice(At(j, k, leading), Math.Max(0, Math.Min(4, j - k + 1))));
                if (j + 1 < columns) Add(sums[4..], lower.Slice(At(j + 1, k, leading), Math.Min(4, j - k + 2)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int At(int row, int column, int leading)
    {
        var r = row + leading;
        return (r * (r + 1) / 2) + leading + column;
    }

    private static void Add(ReadOnlySpan<double> sums, Span<double> row)
    {
        for (var m = 0; m < row.Length; m++) row[m] += sums[m];
    }

    private static void Tile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, Span<double> sums)
    {
        ref var a = ref MemoryMarshal.GetReference(left[..(Stride + rows)]);
        ref var b = ref MemoryMarshal.GetReference(right[..((3 * Stride) + rows)]);
        if (Vector512.IsHardwareAccelerated)
        {
            WideTile(ref a, ref b, (nuint)rows, sums);
            return;
        }

        NarrowTile(ref a, ref b, (nuint)rows, sums[..2], sums.Slice(4, 2));
        NarrowTile(ref a, ref Unsafe.Add(ref b, 2 * Stride), (nuint)rows, sums.Slice(2, 2), sums.Slice(6, 2));
    }

    private static void WideTile(ref double a, ref double b, nuint rows, Span<double> sums)
    {
        var (s0, s1, s2, s3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        var (t0, t1, t2, t3) = (Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero, Vector512<double>.Zero);
        for (nuint i = 0; i < rows; i += 8)
        {
            var x = Vector512.LoadUnsafe(ref a, i);
            var y = Vector512.LoadUnsafe(ref a, i + Stride);
            var c = Vector512.LoadUnsafe(ref b, i);
            s0 += x * c;
            t0 += y * c;
            c = Vector512.LoadUnsafe(ref b, i + Stride);
            s1 += x * c;
            t1 += y * c;
            c = Vector512.LoadUnsafe(ref b, i + (2 * Stride));
            s2 += x * c;
            t2 += y * c;
            c = Vector512.LoadUnsafe(ref b, i + (3 * Stride));
            s3 += x * c;
            t3 += y * c;
        }

        LaneSum.Fold(LaneSum.Halved(s0), LaneSum.Halved(s1), LaneSum.Halved(s2), LaneSum.Halved(s3)).CopyTo(sums);
        LaneSum.Fold(LaneSum.Halved(t0), LaneSum.Halved(t1), LaneSum.Halved(t2), LaneSum.Halved(t3)).CopyTo(sums[4..]);
    }

    // The same sums with lanes 0–3 and 4–7 in registers of their own.
    private static void NarrowTile(ref double a, ref double b, nuint rows, Span<double> first, Span<double> second)
    {
        var (s0, s1, t0, t1) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (u0, u1, v0, v1) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint i = 0; i < rows; i += 8)
        {
            var x = Vector256.LoadUnsafe(ref a, i);
            var y = Vector256.LoadUnsafe(ref a, i + Stride);
            var c = Vector256.LoadUnsafe(ref b, i);
            var d = Vector256.LoadUnsafe(ref b, i + Stride);
            s0 += x * c;
            t0 += y * c;
            s1 += x * d;
            t1 += y * d;
            x = Vector256.LoadUnsafe(ref a, i + 4);
            y = Vector256.LoadUnsafe(ref a, i + Stride + 4);
            c = Vector256.LoadUnsafe(ref b, i + 4);
            d = Vector256.LoadUnsafe(ref b, i + Stride + 4);
            u0 += x * c;
            v0 += y * c;
            u1 += x * d;
            v1 += y * d;
        }

        (first[0], first[1]) = (LaneSum.Fold(s0 + u0), LaneSum.Fold(s1 + u1));
        (second[0], second[1]) = (LaneSum.Fold(t0 + v0), LaneSum.Fold(t1 + v1));
    }
}
