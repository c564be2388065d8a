using System.Buffers;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Means of the columns of a design matrix and cross-products of its centred columns, with optional row weights, in one pass over the
/// data: products are summed around a provisional centre (the mean of a few hundred rows) and moved to the mean afterwards; where that
/// would cost digits, as when the sample has no weight, the pass is run again around the mean.
/// </summary>
internal sealed class ColumnSpread
{
    /// <summary>About how many rows the provisional centre is the mean of, evenly spaced from the first.</summary>
    public const int SampleRows = 512;

    // Moving the centre by one standard deviation loses one bit; ten lose two digits.
    private const double LargestShift = 100;

    private ColumnSpread(double total, double[] mean, double[] crossProducts)
    {
        Total = total;
        Mean = mean;
        CrossProducts = crossProducts;
    }

    /// <summary>Σ weights: the number of rows without weights.</summary>
    public double Total { get; }

    public double[] Mean { get; }

    /// <summary>Σ weight (x − mean)(x − mean)': row-major, both triangles.</summary>
    public double[] CrossProducts { get; }

    public static ColumnSpread Of(DesignMatrix x, ReadOnlySpan<double> weights, int? threads)
    {
        var copied = weights.ToArray();
        var centre = new double[x.Columns];
        for (var j = 0; j < centre.Length; j++) centre[j] = SampleMean(x.Column(j));
        var spread = Around(x, copied, centre, threads, out var worst);
        return worst <= LargestShift ? spread : Around(x, copied, spread.Mean, threads, out _);
    }

    private static ColumnSpread Around(DesignMatrix x, double[] weights, double[] centre, int? threads, out double worst)
    {
        var q = x.Columns;
        // The total weight and the sums stand in the triangle as an intercept's row and column.
        var sums = RowBlocks.Sum(x.Rows, (q + 1) * (q + 2) / 2, threads, (start, count, partial) =>
        {
            var rented = ArrayPool<double>.Shared.Rent(CrossProductTiles.BufferLength(q) + 1);
            var block = rented.AsSpan(0, CrossProductTiles.BufferLength(q));
            Span<double> weight = stackalloc double[RowBlocks.Rows];
            weight.Clear();
            if (weights.Length > 0) weights.AsSpan(start, count).CopyTo(weight);
            else weight[..count].Fill(1);
            Centre(x, centre, start, count, block);
            partial[0] = LaneSum.Sum(weight);
            for (int j = 0, at = 1; j < q; at += j + 2, j++)
            {
                partial[at] = LaneSum.Dot(weight, block.Slice(j * RowBlocks.Rows, RowBlocks.Rows));
            }

            CrossProductTiles.AddSymmetric(block, q, count, weights.Length > 0 ? weight : [], 1, partial);
            ArrayPool<double>.Shared.Return(rented);
        });
        return Moved(sums, centre, out worst);
    }

    private static void Centre(DesignMatrix x, double[] centre, int start, int count, Span<double> block)
    {
        for (var j = 0; j < centre.Length; j++)
        {
            var column = block.Slice(j * RowBlocks.Rows, RowBlocks.Rows);
            LaneSum.Shift(x.Column(j).Slice(start, count), centre[j], 1, column);
            column[count..].Clear();
        }

        block[(centre.Length * RowBlocks.Rows)..].Clear();
    }

    private static ColumnSpread Moved(double[] sums, double[] centre, out double worst)
    {
        var q = centre.Length;
        var total = sums[0];
        var all = StandardisedDesign.Symmetric(sums, q + 1);
        var (mean, products) = (new double[q], new double[q * q]);
        worst = 0;
        for (var j = 0; j < q; j++)
        {
            var shift = total > 0 ? all[j + 1] / total : 0;
            mean[j] = centre[j] + shift;
            for (var k = 0; k < q; k++) products[(j * q) + k] = all[((j + 1) * (q + 1)) + k + 1] - (shift * all[k + 1]);
            var square = products[(j * q) + j];
            // A constant column has no digits to lose.
            if (Math.Abs(shift) <= 1e-13 * Math.Abs(mean[j])) continue;
            worst = Math.Max(worst, square > 0 ? shift * shift * total / square : double.PositiveInfinity);
        }

        return new ColumnSpread(total, mean, products);
    }

    private static double SampleMean(ReadOnlySpan<double> column)
    {
        if (column.IsEmpty) return 0;
        var step = Math.Max(1, column.Length / SampleRows);
        var (low, high, sum, count) = (column[0], column[0], 0.0, 0);
        for (var i = 0; i < column.Length; i += step, count++)
        {
            (low, high) = (Math.Min(low, column[i]), Math.Max(high, column[i]));
            sum += column[i];
        }

        // A constant is centred without rounding.
        return low == high ? low : sum / count;
    }
}
