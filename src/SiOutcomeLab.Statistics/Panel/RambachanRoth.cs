using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: l'τ, a weighted effect after treatment, when trends need not be parallel but the difference in trends changes its slope by
/// at most M from one period to the next (Δ^SD).
/// Formula: the shortest interval of fixed length around a linear combination v'b of all event-study estimates that covers whatever such
/// difference there is: half-length σ·q₁₋α(|N(bias/σ, 1)|), σ² = v'Vv, bias = M Σ|coefficients of v on second differences|, v free of
/// linear trends. Written in those coefficients the problem is a lasso, so the optimum is a root in its penalty: exact, where HonestDiD
/// searches a grid and draws the quantile by simulation.
/// Arguments: estimates b by event time, the reference left out and taken as 0 just before treatment; equally spaced periods.
/// Result: <see cref="HonestInterval"/>. M = 0 allows a linear difference in trends; parallel trends are narrower than that.
/// Not estimable when: the covariance of estimates before treatment is singular; there is none before, or none after.
/// Ties, order, seed: none.
/// Source: Rambachan and Roth (2023), Review of Economic Studies 90(5), p. 2555–2591, §4.1 and eq. 18; Armstrong and Kolesár (2018),
/// Econometrica 86(2), p. 655–683.
/// Checked against: an exact optimiser in R (half-length 1e-7), and direct search in the tests.
/// </summary>
public static class RambachanRoth
{
    /// <summary>The interval under smoothness.</summary>
    /// <param name="before">Estimates before treatment, ascending in event time, the last one just before the reference.</param>
    /// <param name="after">Estimates after treatment, ascending.</param>
    /// <param name="covariance">Covariance of both, in that order.</param>
    /// <param name="slopeChange">M, at least 0, in the outcome's unit per period.</param>
    /// <param name="weights">l, one per estimate after treatment, or empty for the first.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The interval, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a number is NaN or infinite, or M is negative.</exception>
    public static Estimable<HonestInterval> Smoothness(
        ReadOnlySpan<double> before, ReadOnlySpan<double> after, double[,] covariance, double slopeChange,
        ReadOnlySpan<double> weights = default, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(covariance);
        RowGuards.SameLength(before.Length + after.Length, covariance.GetLength(0), nameof(covariance));
        RowGuards.SameLength(covariance.GetLength(0), covariance.GetLength(1), nameof(covariance));
        RowGuards.Finite(before, nameof(before));
        RowGuards.Finite(after, nameof(after));
        RowGuards.Finite([.. covariance.Cast<double>()], nameof(covariance));
        ArgumentOutOfRangeException.ThrowIfNegative(slopeChange);
        RowGuards.Level(level);
        if (before.IsEmpty || after.IsEmpty)
        {
            return Estimable.Not<HonestInterval>(NotEstimableReason.TooFewObservations, "An estimate before and one after treatment are needed.");
        }

        double[] l = weights.IsEmpty ? [1, .. new double[after.Length - 1]] : weights.ToArray();
        RowGuards.SameLength(after.Length, l.Length, nameof(weights));
        if (SecondDifferences.From(covariance, before.Length, l) is not { } problem)
        {
            return Estimable.Not<HonestInterval>(NotEstimableReason.Collinear, "The covariance of the estimates before treatment is singular.");
        }

        var coefficients = problem.Minimise(Penalty(problem, slopeChange, 1 - level));
        var (bias, deviation) = (slopeChange * problem.Size(coefficients), Math.Sqrt(problem.Variance(coefficients)));
        var v = problem.Weights(coefficients);
        var estimate = LaneSum.Dot(v, before) + LaneSum.Dot(l, after);
        return Estimable.Of(new HonestInterval(estimate, deviation * FoldedQuantile(bias / deviation, 1 - level), bias, deviation, v, slopeChange, level));
    }

    /// <summary>
    /// The set of first effects when the difference in trends changes after treatment by at most a multiple of the largest change seen
    /// before (Δ^RM), estimates taken as exact; sampling error comes on top.
    /// </summary>
    /// <param name="before">Estimates before treatment, ascending in event time, the last one just before the reference.</param>
    /// <param name="firstAfter">First estimate after treatment.</param>
    /// <param name="multiple">M̄, at least 0.</param>
    /// <returns>Lower and upper end.</returns>
    /// <exception cref="ArgumentException">There is no estimate before treatment, or one is NaN or infinite.</exception>
    public static (double Low, double High) RelativeMagnitude(ReadOnlySpan<double> before, double firstAfter, double multiple)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(multiple);
        RowGuards.Finite(before, nameof(before));
        if (before.IsEmpty) throw new ArgumentException("Without an estimate before treatment no change was seen.", nameof(before));

        var largest = 0.0;
        for (var k = 0; k < before.Length; k++)
        {
            largest = Math.Max(largest, Math.Abs((k + 1 < before.Length ? before[k + 1] : 0) - before[k]));
        }

        return (firstAfter - (multiple * largest), firstAfter + (multiple * largest));
    }

    // At the optimum the penalty is M σ times what bias costs relative to what deviation costs.
    private static double Penalty(SecondDifferences problem, double slopeChange, double alpha)
    {
        double Excess(double penalty)
        {
            var x = problem.Minimise(penalty);
            var deviation = Math.Sqrt(problem.Variance(x));
            var ratio = slopeChange * problem.Size(x) / deviation;
            var quantile = FoldedQuantile(ratio, alpha);
            var (near, far) = (Normal.PDF(0, 1, quantile - ratio), Normal.PDF(0, 1, quantile + ratio));
            var slope = (near - far) / (near + far);
            return penalty - (slopeChange * deviation * slope / (quantile - (ratio * slope)));
        }

        if (slopeChange == 0 || Excess(0) >= 0) return 0;
        var high = slopeChange * Math.Sqrt(problem.Variance(problem.Minimise(0)));
        while (Excess(high) < 0) high *= 2;
        return BracketedRoot.Find(Excess, 0, high);
    }

    /// <summary>c with P(|N(mean, 1)| ≤ c) = 1 − alpha.</summary>
    private static double FoldedQuantile(double mean, double alpha)
    {
        var z = Quantiles.NormalUpper(alpha / 2);
        return BracketedRoot.Find(c => Normal.CDF(0, 1, mean - c) + Normal.CDF(0, 1, -c - mean) - alpha, Math.Max(0, mean - z), mean + z + 1);
    }
}
