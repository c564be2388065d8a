using System.Buffers;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>Mean and largest size of each column of a design matrix, and the cross-products of its centred columns.</summary>
internal sealed class ColumnSpread
{
    private ColumnSpread(double[] mean, double[] largest)
    {
        Mean = mean;
        Largest = largest;
    }

    public double[] Mean { get; }

    /// <summary>Largest absolute value.</summary>
    public double[] Largest { get; }

    public static ColumnSpread Of(DesignMatrix x, int? threads)
    {
        var sums = RowBlocks.Sum(x.Rows, x.Columns, threads, (start, count, partial) =>
        {
            for (var j = 0; j < partial.Length; j++) partial[j] = LaneSum.Sum(x.Column(j).Slice(start, count));
        });
        var (mean, largest) = (new double[x.Columns], new double[x.Columns]);
        Parallel.For(0, x.Columns, new ParallelOptions { MaxDegreeOfParallelism = threads ?? Environment.ProcessorCount }, j =>
        {
            mean[j] = x.Rows == 0 ? 0 : sums[j] / x.Rows;
            foreach (var value in x.Column(j)) largest[j] = Math.Max(largest[j], Math.Abs(value));
        });
        return new ColumnSpread(mean, largest);
    }

    /// <summary>Σ (x − mean)(x − mean)': row-major, both triangles.</summary>
    public double[] CrossProducts(DesignMatrix x, int? threads)
    {
        var q = x.Columns;
        var lower = RowBlocks.Sum(x.Rows, q * (q + 1) / 2, threads, (start, count, partial) =>
        {
            var block = ArrayPool<double>.Shared.Rent(Math.Max(1, q * count));
            for (var j = 0; j < q; j++) LaneSum.Shift(x.Column(j).Slice(start, count), Mean[j], 1, block.AsSpan(j * count, count));
            for (int j = 0, at = 0; j < q; j++)
            {
                for (var k = 0; k <= j; k++) partial[at++] = LaneSum.Dot(block.AsSpan(j * count, count), block.AsSpan(k * count, count));
            }

            ArrayPool<double>.Shared.Return(block);
        });
        return StandardisedDesign.Symmetric(lower, q);
    }
}
