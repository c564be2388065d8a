using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Sums of products between columns of a block of rows, eight pairs of columns at a time: each value that is loaded takes part in two or
/// four products, so the arithmetic units and not the loads set the pace. Element i goes to lane i mod 4 and nothing is fused, as in
/// <see cref="LaneSum"/>. Columns stand <see cref="RowBlocks.Rows"/> apart and are zero from the block's last row up to a multiple of 4;
/// their number is padded to a multiple of 4 with columns of zeros.
/// </summary>
internal static class CrossProductTiles
{
    private const int Stride = RowBlocks.Rows;

    /// <summary>A number of columns or rows rounded up to whole tiles.</summary>
    public static int Padded(int count) => (count + 3) & ~3;

    /// <summary>Length of the buffer that <see cref="AddSymmetric"/> needs.</summary>
    public static int BufferLength(int columns) => Padded(columns) * Stride;

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
            Tile(left, block[(k * Stride)..], Padded(rows), sums);
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
        var padded = Padded(rows);
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
                for (var m = 0; m < 4; m++)
                {
                    if (k + m <= j) lower[At(j, k + m, leading)] += sums[m];
                    if (k + m <= j + 1 && j + 1 < columns) lower[At(j + 1, k + m, leading)] += sums[4 + m];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int At(int row, int column, int leading)
    {
        var r = row + leading;
        return (r * (r + 1) / 2) + leading + column;
    }

    private static void Tile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, int rows, Span<double> sums)
    {
        ref var a = ref MemoryMarshal.GetReference(left[..(Stride + rows)]);
        ref var b = ref MemoryMarshal.GetReference(right[..((3 * Stride) + rows)]);
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (t0, t1, t2, t3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (nuint i = 0; i < (nuint)rows; i += 4)
        {
            var x = Vector256.LoadUnsafe(ref a, i);
            var y = Vector256.LoadUnsafe(ref a, i + Stride);
            var c = Vector256.LoadUnsafe(ref b, i);
            s0 += x * c;
            t0 += y * c;
            c = Vector256.LoadUnsafe(ref b, i + Stride);
            s1 += x * c;
            t1 += y * c;
            c = Vector256.LoadUnsafe(ref b, i + (2 * Stride));
            s2 += x * c;
            t2 += y * c;
            c = Vector256.LoadUnsafe(ref b, i + (3 * Stride));
            s3 += x * c;
            t3 += y * c;
        }

        (sums[0], sums[1], sums[2], sums[3]) = (LaneSum.Fold(s0), LaneSum.Fold(s1), LaneSum.Fold(s2), LaneSum.Fold(s3));
        (sums[4], sums[5], sums[6], sums[7]) = (LaneSum.Fold(t0), LaneSum.Fold(t1), LaneSum.Fold(t2), LaneSum.Fold(t3));
    }
}
