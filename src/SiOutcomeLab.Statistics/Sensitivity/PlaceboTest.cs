using MathNet.Numerics;
using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Multiplicity;

namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>
/// Estimand: effects that are zero when the comparison is fair.
/// Formula: an estimate e with error s and size δ passes when |e| ≥ δ is rejected, Φ((|e| − δ)/s) &lt; α (two one-sided tests); it fails
/// when |e| &gt; δ and zero is rejected at α, Holm-adjusted over all estimates; otherwise it is amber. Joint test: W = e'V⁻¹e against χ².
/// Arguments: see <see cref="Judge"/>. Result: <see cref="PlaceboVerdict"/>.
/// Not estimable when: there is no estimate, or the covariance given is singular.
/// Ties, order, seed: none.
/// Source: Lipsitch, Tchetgen Tchetgen and Cohen (2010), Epidemiology 21(3), p. 383–388 (negative controls); Hartman and Hidalgo (2018),
/// American Journal of Political Science 62(4), p. 1000–1013 (equivalence instead of absence of evidence).
/// Checked against: hand computation and the simulated rate of false alarms in the tests. Calibrating estimates by the spread of many
/// negative controls (empirical calibration) would start from the same list.
/// </summary>
public static class PlaceboTest
{
    /// <summary>Judges placebo estimates.</summary>
    /// <param name="placebos">The estimates with their sizes, stated beforehand.</param>
    /// <param name="alpha">Level, in (0, 1).</param>
    /// <param name="covariance">Covariance of the estimates, row-major, or empty when they are independent.</param>
    /// <returns>The verdict, or why there is none.</returns>
    /// <exception cref="ArgumentException">A number is not finite or not positive, or the covariance has another size.</exception>
    public static Estimable<PlaceboVerdict> Judge(
        IReadOnlyList<PlaceboEstimate> placebos, double alpha = 0.05, ReadOnlySpan<double> covariance = default)
    {
        ArgumentNullException.ThrowIfNull(placebos);
        RowGuards.Level(1 - alpha);
        for (var i = 0; i < placebos.Count; i++) Guard(placebos[i], i);
        if (placebos.Count == 0)
        {
            return Estimable.Not<PlaceboVerdict>(NotEstimableReason.TooFewObservations, "There is no placebo estimate.");
        }

        var count = placebos.Count;
        if (!covariance.IsEmpty) RowGuards.SameLength(count * count, covariance.Length, nameof(covariance));
        double[] estimates = [.. placebos.Select(placebo => placebo.Estimate)];
        var joint = 0.0;
        if (covariance.IsEmpty)
        {
            joint = placebos.Sum(placebo => Math.Pow(placebo.Estimate / placebo.StandardError, 2));
        }
        else if (Cholesky.TryFactor(covariance, count) is { } factor)
        {
            joint = LaneSum.Dot(estimates, factor.Solve(estimates));
        }
        else
        {
            return Estimable.Not<PlaceboVerdict>(NotEstimableReason.Collinear, "The placebo estimates' covariance is singular.");
        }

        var zero = AdjustedPValues.Adjust(
            [.. placebos.Select(placebo => 2 * Normal.CDF(0, 1, -Math.Abs(placebo.Estimate / placebo.StandardError)))], Adjustment.Holm);
        PlaceboJudgement[] judgements = [.. placebos.Select((placebo, i) => Judge(placebo, zero[i], alpha))];
        var tail = SpecialFunctions.GammaUpperRegularized(count / 2.0, joint / 2);
        return Estimable.Of(new PlaceboVerdict(judgements.Max(judgement => judgement.Grade), judgements, joint, tail));
    }

    private static PlaceboJudgement Judge(PlaceboEstimate placebo, double zero, double alpha)
    {
        var excess = Math.Abs(placebo.Estimate) - placebo.Size;
        var size = Normal.CDF(0, 1, excess / placebo.StandardError);
        var grade = size < alpha ? PlaceboGrade.Pass : excess > 0 && zero < alpha ? PlaceboGrade.Fail : PlaceboGrade.Amber;
        return new PlaceboJudgement(placebo, zero, size, grade);
    }

    private static void Guard(PlaceboEstimate placebo, int row)
    {
        if (!double.IsFinite(placebo.Estimate)
            || placebo.StandardError is not (> 0 and < double.PositiveInfinity) || placebo.Size is not (> 0 and < double.PositiveInfinity))
        {
            throw new ArgumentException($"Placebo estimate {row} needs a finite estimate, an error and a size above 0.", nameof(placebo));
        }
    }
}
