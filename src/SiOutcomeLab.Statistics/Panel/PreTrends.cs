using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: the power of a pre-trend test against a violation of parallel trends, and the smallest violation of a given shape that it
/// would see with a given power. A test that passes says little where this violation is as large as the effect.
/// Formula: with b ~ N(δ, V) before treatment, power = 1 − P(all |bₖ| ≤ z √Vₖₖ), or P(b'V⁻¹b &gt; χ²) for the joint test, which is the
/// noncentral chi-squared with δ'V⁻¹δ. The smallest detectable δ = slope × direction solves power(slope) = wanted.
/// Arguments: V of the estimates before treatment; direction per estimate in their order. Under a linear difference in trends an
/// estimate moves by period less base period: event time + 1 for a universal base, but always by one for a varying one.
/// Result: <see cref="TrendDetection"/>.
/// Not estimable when: V is singular; the direction is zero.
/// Ties, order, seed: none; the box probability uses a fixed sequence and is good to some 1e-4.
/// Source: Roth (2022), American Economic Review: Insights 4(3), p. 305–322, §I and §II.
/// Checked against: the closed form for one and for independent estimates, and simulation.
/// </summary>
public static class PreTrends
{
    /// <summary>The power against one violation.</summary>
    /// <param name="covariance">Covariance of the estimates before treatment.</param>
    /// <param name="violation">What each estimate would be on average.</param>
    /// <param name="criterion">When the violation counts as seen.</param>
    /// <param name="level">Level of the test, in (0, 1).</param>
    /// <returns>The power, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<TrendDetection> Power(
        double[,] covariance, ReadOnlySpan<double> violation,
        PreTrendCriterion criterion = PreTrendCriterion.AnyEstimate, double level = 0.05) =>
        Find(covariance, violation, criterion, level, null);

    /// <summary>The smallest violation in a direction that is seen with a given power.</summary>
    /// <param name="covariance">Covariance of the estimates before treatment.</param>
    /// <param name="direction">What each estimate would be on average under a slope of one.</param>
    /// <param name="power">Wanted power, above what parallel trends give and under 1.</param>
    /// <param name="criterion">When the violation counts as seen.</param>
    /// <param name="level">Level of the test, in (0, 1).</param>
    /// <returns>The violation, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<TrendDetection> SmallestDetectable(
        double[,] covariance, ReadOnlySpan<double> direction, double power = 0.8,
        PreTrendCriterion criterion = PreTrendCriterion.AnyEstimate, double level = 0.05) =>
        Find(covariance, direction, criterion, level, power);

    private static Estimable<TrendDetection> Find(
        double[,] covariance, ReadOnlySpan<double> direction, PreTrendCriterion criterion, double level, double? power)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        RowGuards.SameLength(covariance.GetLength(0), direction.Length, nameof(direction));
        RowGuards.SameLength(covariance.GetLength(0), covariance.GetLength(1), nameof(covariance));
        RowGuards.Level(level);
        if (power is { } wanted) RowGuards.Level(wanted);
        var shape = direction.ToArray();
        if (shape.All(value => value == 0)) return Estimable.Not<TrendDetection>(NotEstimableReason.NoVariation, "The violation is zero everywhere.");
        if (Rejection(covariance, shape, criterion, level) is not { } rejection)
        {
            return Estimable.Not<TrendDetection>(
                NotEstimableReason.Collinear, $"The covariance of the {shape.Length} estimates is singular.");
        }

        var none = rejection(0);
        if (power <= none) return Estimable.Of(new TrendDetection(new double[shape.Length], 0, none, level, criterion) { NullRejection = none });
        var slope = power is null ? 1 : SlopeFor(rejection, power.Value);
        return Estimable.Of(new TrendDetection(
            [.. shape.Select(value => slope * value)], slope, rejection(slope), level, criterion) { NullRejection = none });
    }

    private static double SlopeFor(Func<double, double> rejection, double power)
    {
        var high = 1.0;
        while (rejection(high) < power) high *= 2;
        while (high > 1e-300 && rejection(high / 2) >= power) high /= 2;
        return BracketedRoot.Find(slope => rejection(slope) - power, high / 2, high, 1e-9 * high);
    }

    /// <summary>Probability of rejection as a function of the slope; null when the covariance is singular.</summary>
    private static Func<double, double>? Rejection(double[,] covariance, double[] direction, PreTrendCriterion criterion, double level)
    {
        var size = direction.Length;
        if (criterion == PreTrendCriterion.AnyEstimate)
        {
            var box = NormalBox.Of(covariance, Quantiles.NormalUpper(level / 2));
            return box is null ? null : slope => 1 - box.Probability([.. direction.Select(value => slope * value)]);
        }

        var flat = new double[size * size];
        Buffer.BlockCopy(covariance, 0, flat, 0, flat.Length * sizeof(double));
        if (Cholesky.TryFactor(flat, size, 1e-12) is not { } factor) return null;
        var distance = LaneSum.Dot(direction, factor.Solve(direction));
        var critical = ChiSquared.InvCDF(size, 1 - level);
        return slope => NoncentralUpper(size, slope * slope * distance, critical);
    }

    // A Poisson mixture of central distributions, summed from its mode outwards.
    private static double NoncentralUpper(int degrees, double noncentrality, double critical)
    {
        if (noncentrality == 0) return UpperTails.ChiSquared(critical, degrees);
        var mode = (int)(noncentrality / 2);
        double Term(int j) => Poisson.PMF(noncentrality / 2, j) * UpperTails.ChiSquared(critical, degrees + (2 * j));
        var sum = 0.0;
        for (var j = mode; j >= 0 && mode - j < 10 + (10 * Math.Sqrt(mode)); j--) sum += Term(j);
        for (var j = mode + 1; j - mode < 20 + (10 * Math.Sqrt(mode)); j++) sum += Term(j);
        return sum;
    }
}
