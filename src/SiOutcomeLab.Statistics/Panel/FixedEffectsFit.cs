using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>A least-squares fit with two sets of means taken out.</summary>
public sealed class FixedEffectsFit
{
    // 1 − R² of a column on the means and earlier columns.
    private const double CollinearTolerance = 1e-10;

    private readonly double[][] _columns;
    private readonly double[] _residuals;
    private readonly Cholesky _crossProduct;
    private readonly WithinTransformation _within;

    private FixedEffectsFit(double[][] columns, double[] residuals, Cholesky crossProduct, WithinTransformation within)
    {
        (_columns, _residuals, _crossProduct, _within) = (columns, residuals, crossProduct, within);
    }

    /// <summary>Names of the regressors kept, in column order.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>Their coefficients, in the outcome's unit per unit of the regressor.</summary>
    public required IReadOnlyList<double> Coefficients { get; init; }

    /// <summary>Names of regressors left out: constant within units and periods, or a combination of earlier ones.</summary>
    public required IReadOnlyList<string> Dropped { get; init; }

    /// <summary>Share of the outcome's variance that the model explains.</summary>
    public required double RSquared { get; init; }

    /// <summary>The same within units and periods.</summary>
    public required double WithinRSquared { get; init; }

    /// <summary>Number of rows.</summary>
    public int Rows => _residuals.Length;

    /// <summary>The covariance matrix of the coefficients.</summary>
    /// <param name="type">
    /// <see cref="StandardErrorType.Classical"/>, <see cref="StandardErrorType.Hc0"/>, <see cref="StandardErrorType.Hc1"/>,
    /// <see cref="StandardErrorType.ClusterHc1"/> (clusters, or units when none are given) or <see cref="StandardErrorType.TwoWayHc1"/>
    /// (two sets of clusters, or units and periods when none are given).
    /// </param>
    /// <param name="clusters">Cluster per row, or empty for the unit.</param>
    /// <param name="second">Second cluster per row, or empty for the period.</param>
    /// <param name="finiteSample">False leaves the factors for small samples out of clustered errors.</param>
    /// <returns>Covariance with its degrees of freedom, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or the type is another.</exception>
    public Estimable<CoefficientCovariance> Covariance(
        StandardErrorType type = StandardErrorType.ClusterHc1,
        ReadOnlySpan<int> clusters = default,
        ReadOnlySpan<int> second = default,
        bool finiteSample = true)
    {
        if (!clusters.IsEmpty) RowGuards.SameLength(Rows, clusters.Length, nameof(clusters));
        if (!second.IsEmpty) RowGuards.SameLength(Rows, second.Length, nameof(second));
        var free = Rows - _columns.Length - _within.Parameters;
        var one = clusters.IsEmpty ? _within.First : new WithinTransformation.Grouping(clusters);
        switch (type)
        {
            case StandardErrorType.Classical:
                var variance = LaneSum.Dot(_residuals, _residuals) / free;
                return Estimable.Of(Result(_crossProduct.Inverse(), variance, type, free));
            case StandardErrorType.Hc0 or StandardErrorType.Hc1:
                return Estimable.Of(Result(Sandwich(null, null), type == StandardErrorType.Hc0 ? 1 : Rows / (double)free, type, free));
            case StandardErrorType.ClusterHc1:
                return Clustered(Sandwich(one, null), one, one, type, finiteSample);
            case StandardErrorType.TwoWayHc1:
                var other = second.IsEmpty ? _within.Second : new WithinTransformation.Grouping(second);
                var (a, b, both) = (Sandwich(one, null), Sandwich(other, null), Sandwich(one, other));
                for (var i = 0; i < a.Length; i++) a[i] += b[i] - both[i];
                return Clustered(a, one, other, type, finiteSample);
            default:
                throw new ArgumentOutOfRangeException(nameof(type), type, "Not a standard error of a fixed-effects fit.");
        }
    }

    internal static Estimable<FixedEffectsFit> From(double[] outcome, DesignMatrix regressors, WithinTransformation within)
    {
        var residuals = (double[])outcome.Clone();
        if (!within.TryApply(residuals)) return Unsettled();
        // What rounding leaves is some 1e-16 of the outcome's size.
        if (!(LaneSum.Dot(residuals, residuals) > 1e-26 * LaneSum.Dot(outcome, outcome)))
        {
            return Estimable.Not<FixedEffectsFit>(NotEstimableReason.NoVariation, "The outcome does not vary within units and periods.");
        }

        List<double[]> columns = [], factor = [];
        List<string> names = [], dropped = [];
        for (var j = 0; j < regressors.Columns; j++)
        {
            var column = regressors.Column(j).ToArray();
            var before = LaneSum.Dot(column, column);
            if (!within.TryApply(column)) return Unsettled();
            var kept = LaneSum.Dot(column, column) > CollinearTolerance * before && TryExtend(factor, columns, column);
            (kept ? names : dropped).Add(regressors.Names[j]);
            if (kept) columns.Add(column);
        }

        if (columns.Count == 0)
        {
            return Estimable.Not<FixedEffectsFit>(NotEstimableReason.NoVariation, "No regressor varies within units and periods.");
        }

        var free = outcome.Length - columns.Count - within.Parameters;
        if (free < 1)
        {
            return Estimable.Not<FixedEffectsFit>(
                NotEstimableReason.TooFewObservations,
                $"{outcome.Length} rows for {columns.Count} coefficients and {within.Parameters} means.");
        }

        return Solve(outcome, residuals, [.. columns], within, names, dropped);
    }

    private static Estimable<FixedEffectsFit> Solve(
        double[] outcome, double[] residuals, double[][] columns, WithinTransformation within, List<string> names, List<string> dropped)
    {
        var size = columns.Length;
        var products = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k <= j; k++) products[(j * size) + k] = LaneSum.Dot(columns[j], columns[k]);
        }

        if (Cholesky.TryFactor(products, size) is not { } crossProduct)
        {
            return Estimable.Not<FixedEffectsFit>(NotEstimableReason.Collinear, $"The {size} regressors cannot be told apart.");
        }

        var withinTotal = LaneSum.Dot(residuals, residuals);
        var coefficients = new double[size];
        // The second round is iterative refinement of the normal equations.
        for (var round = 0; round < 2; round++)
        {
            double[] moment = [.. columns.Select(column => LaneSum.Dot(column, residuals))];
            var step = crossProduct.Solve(moment);
            for (var j = 0; j < size; j++)
            {
                coefficients[j] += step[j];
                LaneSum.AddScaled(-step[j], columns[j], residuals);
            }
        }

        var mean = LaneSum.Sum(outcome) / outcome.Length;
        var total = 0.0;
        foreach (var value in outcome) total += (value - mean) * (value - mean);
        var left = LaneSum.Dot(residuals, residuals);
        return Estimable.Of(new FixedEffectsFit(columns, residuals, crossProduct, within)
        {
            Names = names,
            Coefficients = coefficients,
            Dropped = dropped,
            RSquared = 1 - (left / total),
            WithinRSquared = 1 - (left / withinTotal)
        });
    }

    private static Estimable<FixedEffectsFit> Unsettled() => Estimable.Not<FixedEffectsFit>(
        NotEstimableReason.DidNotConverge, "Taking unit and period means out in turn did not settle: they are hardly connected.");

    private static bool TryExtend(List<double[]> factor, List<double[]> columns, double[] column)
    {
        var norm = Math.Sqrt(LaneSum.Dot(column, column));
        var row = new double[columns.Count + 1];
        var pivot = 1.0;
        for (var k = 0; k < columns.Count; k++)
        {
            var sum = LaneSum.Dot(column, columns[k]) / (norm * Math.Sqrt(LaneSum.Dot(columns[k], columns[k])));
            for (var m = 0; m < k; m++) sum -= row[m] * factor[k][m];
            row[k] = sum / factor[k][k];
            pivot -= row[k] * row[k];
        }

        if (pivot < CollinearTolerance) return false;
        row[^1] = Math.Sqrt(pivot);
        factor.Add(row);
        return true;
    }

    private Estimable<CoefficientCovariance> Clustered(
        double[] covariance, WithinTransformation.Grouping one, WithinTransformation.Grouping other, StandardErrorType type,
        bool finiteSample)
    {
        var clusters = Math.Min(one.Count, other.Count);
        if (clusters < 2) return Estimable.Not<CoefficientCovariance>(NotEstimableReason.TooFewObservations, "There is one cluster only.");

        // Means whose rows all lie in one cluster cost nothing: the clusters already let them vary.
        var means = Count(_within.First) + Count(_within.Second) - 1;
        int Count(WithinTransformation.Grouping means) => means.IsWithin(one) || means.IsWithin(other) ? 1 : means.Count;
        var factor = finiteSample ? (Rows - 1.0) / (Rows - _columns.Length - means) * clusters / (clusters - 1.0) : 1;
        return Estimable.Of(Result(covariance, factor, type, clusters - 1));
    }

    private double[] Sandwich(WithinTransformation.Grouping? one, WithinTransformation.Grouping? other)
    {
        var size = _columns.Length;
        var meat = new double[size * size];
        var sums = Scores(one, other);
        for (var g = 0; g < sums.Length; g += size)
        {
            for (var j = 0; j < size; j++)
            {
                for (var k = 0; k < size; k++) meat[(j * size) + k] += sums[g + j] * sums[g + k];
            }
        }

        var half = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            var solved = _crossProduct.Solve(meat.AsSpan(j * size, size));
            for (var k = 0; k < size; k++) half[(k * size) + j] = solved[k];
        }

        var whole = new double[size * size];
        for (var j = 0; j < size; j++) _crossProduct.Solve(half.AsSpan(j * size, size)).CopyTo(whole, j * size);
        return whole;
    }

    private double[] Scores(WithinTransformation.Grouping? one, WithinTransformation.Grouping? other)
    {
        var size = _columns.Length;
        var pairs = new Dictionary<(int, int), int>();
        var group = new int[Rows];
        var count = one is null ? Rows : one.Count;
        for (var i = 0; i < Rows; i++) group[i] = one is null ? i : one[i];
        if (one is not null && other is not null)
        {
            for (var i = 0; i < Rows; i++)
            {
                group[i] = pairs.TryGetValue((one[i], other[i]), out var pair) ? pair : pairs[(one[i], other[i])] = pairs.Count;
            }

            count = pairs.Count;
        }

        var sums = new double[count * size];
        for (var j = 0; j < size; j++)
        {
            for (var i = 0; i < Rows; i++) sums[(group[i] * size) + j] += _columns[j][i] * _residuals[i];
        }

        return sums;
    }

    private CoefficientCovariance Result(double[] flat, double factor, StandardErrorType type, double degreesOfFreedom)
    {
        var size = _columns.Length;
        var matrix = new double[size, size];
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k < size; k++) matrix[j, k] = factor * flat[(j * size) + k];
        }

        return new CoefficientCovariance(matrix, type, degreesOfFreedom);
    }
}
