using System.Buffers;

namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// A design matrix as models see it: an intercept first, then the columns that are not linear combinations of the intercept and earlier
/// columns, each centred and divided by its standard deviation. Earnings of 10⁴ beside a 0/1 then weigh the same in every sum, and a
/// fitted score does not depend on a covariate's unit. Nothing is copied: blocks of rows are standardised while they are read.
/// </summary>
internal sealed class StandardisedDesign
{
    // 1 − R² on earlier columns. Sums of centred, scaled products are good to some 1e-14, so 1e-10 is clear of rounding,
    // while a variance inflation of 10¹⁰ is clear of anything that data can tell apart.
    private const double CollinearTolerance = 1e-10;

    private readonly DesignMatrix _x;
    private readonly double[] _inverseScale;

    private StandardisedDesign(DesignMatrix x, int[] source, double[] centre, double[] scale, string[] dropped)
    {
        _x = x;
        Source = source;
        Centre = centre;
        Scale = scale;
        Dropped = dropped;
        _inverseScale = [.. scale.Select(s => 1 / s)];
    }

    public int Rows => _x.Rows;

    /// <summary>Number of columns, the intercept counted.</summary>
    public int Size => Source.Length + 1;

    /// <summary>For each column after the intercept: its number in the design matrix.</summary>
    public int[] Source { get; }

    public double[] Centre { get; }

    public double[] Scale { get; }

    /// <summary>Names of columns left out: constant, or a combination of earlier ones.</summary>
    public string[] Dropped { get; }

    /// <summary>True when this is the design of those very covariates, so that it need not be made again.</summary>
    public bool IsOf(DesignMatrix x) => ReferenceEquals(_x, x);

    /// <summary>Looks at the columns once and decides how they are standardised.</summary>
    /// <param name="x">The covariates.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <param name="weights">Row weights for means, deviations and what counts as collinear, or empty.</param>
    /// <param name="keepCollinear">True to leave out constant columns only, for models that can share an effect between columns.</param>
    public static StandardisedDesign From(
        DesignMatrix x, int? threads = null, ReadOnlySpan<double> weights = default, bool keepCollinear = false)
    {
        var spread = ColumnSpread.Of(x, weights, threads);
        var products = spread.CrossProducts;
        List<int> source = [];
        List<string> dropped = [];
        var factor = new List<double[]>();
        for (var j = 0; j < x.Columns; j++)
        {
            var square = products[(j * x.Columns) + j];
            var deviates = square > 0 && Math.Sqrt(square / spread.Total) > 1e-13 * Math.Abs(spread.Mean[j]);
            if (deviates && (keepCollinear || TryExtend(factor, Correlation)))
            {
                source.Add(j);
            }
            else
            {
                dropped.Add(x.Names[j]);
            }

            double Correlation(int k) =>
                products[(j * x.Columns) + source[k]] / Math.Sqrt(square * products[(source[k] * x.Columns) + source[k]]);
        }

        double[] scale = [.. source.Select(j => Math.Sqrt(products[(j * x.Columns) + j] / spread.Total))];
        return new StandardisedDesign(x, [.. source], [.. source.Select(j => spread.Mean[j])], scale, [.. dropped]);
    }

    /// <summary>The same standardised columns of other rows.</summary>
    public StandardisedDesign Of(DesignMatrix rows) => new(rows, Source, Centre, Scale, Dropped);

    /// <summary>Some of the columns, numbered from 0 without the intercept.</summary>
    public StandardisedDesign Select(IReadOnlyList<int> columns) => new(
        _x, [.. columns.Select(j => Source[j])], [.. columns.Select(j => Centre[j])], [.. columns.Select(j => Scale[j])], Dropped);

    /// <summary>
    /// Standardised values of a block of rows without the intercept, laid out for <see cref="CrossProductTiles"/>, and their product with
    /// coefficients.
    /// </summary>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="coefficients">The intercept's first.</param>
    /// <param name="block">The values.</param>
    /// <param name="linear">Row times coefficients; one per row.</param>
    public void FillTiles(int start, int count, ReadOnlySpan<double> coefficients, Span<double> block, Span<double> linear)
    {
        linear[..count].Fill(coefficients[0]);
        for (var j = 0; j < Source.Length; j++)
        {
            var column = block.Slice(j * RowBlocks.Rows, RowBlocks.Rows);
            LaneSum.ShiftAndAdd(
                _x.Column(Source[j]).Slice(start, count), Centre[j], _inverseScale[j], coefficients[j + 1], column, linear);
            column[count..].Clear();
        }

        block[(Source.Length * RowBlocks.Rows)..].Clear();
    }

    /// <summary>Standardised values of a block of rows, column after column, the intercept first.</summary>
    /// <param name="start">First row.</param>
    /// <param name="count">Number of rows.</param>
    /// <param name="block"><see cref="Size"/> × <paramref name="count"/> values.</param>
    public void Fill(int start, int count, Span<double> block)
    {
        block[..count].Fill(1);
        for (var j = 0; j < Source.Length; j++)
        {
            LaneSum.Shift(_x.Column(Source[j]).Slice(start, count), Centre[j], _inverseScale[j], block.Slice((j + 1) * count, count));
        }
    }

    /// <summary>Standardised values of one column after the intercept, numbered from 1.</summary>
    public void Fill(int column, Span<double> values) =>
        LaneSum.Shift(_x.Column(Source[column - 1]), Centre[column - 1], _inverseScale[column - 1], values);

    /// <summary>All rows times a coefficient vector.</summary>
    public double[] Times(ReadOnlySpan<double> coefficients, int? threads = null)
    {
        var result = new double[Rows];
        AddTimes(coefficients, result, threads);
        return result;
    }

    /// <summary>Adds all rows times a coefficient vector to a sum.</summary>
    public void AddTimes(ReadOnlySpan<double> coefficients, double[] sum, int? threads = null)
    {
        var factors = coefficients.ToArray();
        RowBlocks.Run(Rows, threads, (start, count) => AddTimes(factors, start, count, sum.AsSpan(start, count)));
    }

    /// <summary>Adds a block of rows times a coefficient vector to a sum.</summary>
    public void AddTimes(ReadOnlySpan<double> coefficients, int start, int count, Span<double> sum)
    {
        for (var i = 0; i < count; i++) sum[i] += coefficients[0];
        for (var j = 0; j < Source.Length; j++)
        {
            LaneSum.AddShifted(_x.Column(Source[j]).Slice(start, count), Centre[j], _inverseScale[j], coefficients[j + 1], sum);
        }
    }

    /// <summary>Σ over rows of factor × row: one number per column.</summary>
    public double[] TransposedTimes(double[] factor, int? threads = null) =>
        RowBlocks.Sum(Rows, Size, threads, (start, count, sums) =>
        {
            var block = Rent(start, count);
            for (var j = 0; j < sums.Length; j++) sums[j] = LaneSum.Dot(block.AsSpan(j * count, count), factor.AsSpan(start, count));
            ArrayPool<double>.Shared.Return(block);
        });

    /// <summary>Σ over rows of weight × row × row': row-major, both triangles.</summary>
    public double[] CrossProduct(double[] weights, int? threads = null)
    {
        var q = Size;
        var none = new double[q];
        var lower = RowBlocks.Sum(Rows, q * (q + 1) / 2, threads, (start, count, sums) =>
        {
            var rented = ArrayPool<double>.Shared.Rent(CrossProductTiles.BufferLength(q - 1) + 1);
            var block = rented.AsSpan(0, CrossProductTiles.BufferLength(q - 1));
            Span<double> buffer = stackalloc double[2 * RowBlocks.Rows];
            var weight = buffer[..RowBlocks.Rows];
            var linear = buffer[RowBlocks.Rows..];
            weights.AsSpan(start, count).CopyTo(weight);
            weight[count..].Clear();
            FillTiles(start, count, none, block, linear);
            sums[0] = LaneSum.Sum(weight);
            for (int j = 1, at = 1; j < q; j++, at += j)
            {
                sums[at] = LaneSum.Dot(weight, block.Slice((j - 1) * RowBlocks.Rows, RowBlocks.Rows));
            }

            CrossProductTiles.AddSymmetric(block, q - 1, count, weight, 1, sums);
            ArrayPool<double>.Shared.Return(rented);
        });
        return Symmetric(lower, q);
    }

    /// <summary>A whole matrix from the rows of its lower triangle.</summary>
    public static double[] Symmetric(ReadOnlySpan<double> lower, int size)
    {
        var matrix = new double[size * size];
        for (int j = 0, at = 0; j < size; j++)
        {
            for (var k = 0; k <= j; k++) matrix[(j * size) + k] = matrix[(k * size) + j] = lower[at++];
        }

        return matrix;
    }

    private double[] Rent(int start, int count)
    {
        var block = ArrayPool<double>.Shared.Rent(Size * count);
        Fill(start, count, block);
        return block;
    }

    // One more row of the Cholesky factor of the correlation matrix; its last pivot is the column's 1 − R² on the columns before it.
    private static bool TryExtend(List<double[]> factor, Func<int, double> correlation)
    {
        var row = new double[factor.Count + 1];
        var pivot = 1.0;
        for (var k = 0; k < factor.Count; k++)
        {
            var sum = correlation(k);
            for (var m = 0; m < k; m++) sum -= row[m] * factor[k][m];
            row[k] = sum / factor[k][k];
            pivot -= row[k] * row[k];
        }

        if (pivot < CollinearTolerance) return false;

        row[factor.Count] = Math.Sqrt(pivot);
        factor.Add(row);
        return true;
    }
}
