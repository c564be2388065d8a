using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// The rows of one comparison, treated against comparison rows, with their standardised covariates written out: a comparison is read once
/// per period, so standardising while reading would be paid again and again.
/// </summary>
internal sealed class ContrastDesign
{
    // Some ten columns of a block stay in the second cache while all pairs of them are multiplied.
    private const int BlockRows = 1024;

    private ContrastDesign(DesignMatrix x, StandardisedDesign standardised, double[][] columns, bool[] treated, double[] weights)
    {
        (Source, Standardised, Columns, Treated, Weights) = (x, standardised, columns, treated, weights);
    }

    /// <summary>Covariates of these rows in their own units; no columns without covariates.</summary>
    public DesignMatrix Source { get; }

    public StandardisedDesign Standardised { get; }

    /// <summary>The intercept first, then standardised columns.</summary>
    public double[][] Columns { get; }

    public bool[] Treated { get; }

    public double[] Weights { get; }

    public int Rows => Treated.Length;

    public int Size => Columns.Length;

    public static ContrastDesign From(DesignMatrix? x, bool[] treated, double[] weights)
    {
        var ones = new double[treated.Length];
        Array.Fill(ones, 1);
        x ??= new DesignMatrix(treated.Length, [], []);
        var standardised = StandardisedDesign.From(x, 1);
        var columns = new double[standardised.Size][];
        columns[0] = ones;
        for (var j = 1; j < columns.Length; j++) standardised.Fill(j, columns[j] = new double[treated.Length]);
        return new ContrastDesign(x, standardised, columns, treated, weights);
    }

    /// <summary>Σ over rows of factor × row: one number per column.</summary>
    public double[] TransposedTimes(ReadOnlySpan<double> factor)
    {
        var sums = new double[Size];
        for (var j = 0; j < sums.Length; j++) sums[j] = LaneSum.Dot(Columns[j], factor);
        return sums;
    }

    /// <summary>Adds factor × (all rows times coefficients) to a sum.</summary>
    public void AddTimes(ReadOnlySpan<double> coefficients, double factor, Span<double> sum)
    {
        for (var j = 0; j < Size; j++) LaneSum.AddScaled(factor * coefficients[j], Columns[j], sum);
    }

    public double[] Times(ReadOnlySpan<double> coefficients)
    {
        var result = new double[Rows];
        AddTimes(coefficients, 1, result);
        return result;
    }

    /// <summary>Σ weight × row × row', row-major.</summary>
    public double[] CrossProduct(ReadOnlySpan<double> weights)
    {
        var lower = new double[Size * (Size + 1) / 2];
        Span<double> weighted = stackalloc double[BlockRows];
        for (var start = 0; start < Rows; start += BlockRows)
        {
            var count = Math.Min(BlockRows, Rows - start);
            for (int j = 0, at = 0; j < Size; j++)
            {
                LaneSum.Multiply(weights.Slice(start, count), Columns[j].AsSpan(start, count), weighted[..count]);
                for (var k = 0; k <= j; k++) lower[at++] += LaneSum.Dot(weighted[..count], Columns[k].AsSpan(start, count));
            }
        }

        return StandardisedDesign.Symmetric(lower, Size);
    }

    /// <summary>The refusal when rows with weight cannot tell the columns apart, else their cross-product's factor.</summary>
    public Estimable<Cholesky> Factor(ReadOnlySpan<double> weights, string rows)
    {
        var used = Rows - weights.Count(0.0);
        if (used < Size)
        {
            return Estimable.Not<Cholesky>(
                NotEstimableReason.TooFewObservations, $"{used} {rows} cannot tell {Size} coefficients of the outcome model.");
        }

        return Cholesky.TryFactor(CrossProduct(weights), Size, 1e-10) is { } factor
            ? Estimable.Of(factor)
            : Estimable.Not<Cholesky>(NotEstimableReason.Collinear, $"Covariates are collinear among the {used} {rows}.");
    }
}
