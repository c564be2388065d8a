using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: how far predicted probabilities of treatment agree with how often treatment happened.
/// Formula: intercept a of logit P(t) = a + logit e (0 when calibrated in the large); slope b of logit P(t) = c + b logit e (1 when
/// calibrated, under 1 when scores are too extreme); Brier score Σ (t − e)² / n and 1 − Brier / p(1 − p); area under the curve; observed
/// and predicted shares in groups of the sorted scores.
/// Arguments: see <see cref="Compute"/>. Judge out-of-fold scores: a maximum-likelihood fit has intercept 0 and slope 1 on its own rows.
/// Result: this record.
/// Not estimable when: an arm is empty; the scores separate the arms or do not vary (then no slope exists); a score is so near 0 or 1 that
/// its log odds are infinite.
/// Ties, order, seed: rows with equal scores stay in one group, so groups may differ in size; no randomness.
/// Source: Cox (1958), Biometrika 45(3/4), p. 562–565; Steyerberg (2019), Clinical Prediction Models, 2nd ed., §15.3.
/// Checked against: maximum-likelihood scores (intercept 0, slope 1), a numerical root, and plain recounts in the tests.
/// </summary>
public sealed record Calibration
{
    /// <summary>Intercept with the slope held at 1.</summary>
    public required double Intercept { get; init; }

    /// <summary>Slope of the observed on the predicted log odds.</summary>
    public required Coefficient Slope { get; init; }

    /// <summary>Mean squared difference of treatment and score.</summary>
    public required double Brier { get; init; }

    /// <summary>1 − Brier / p(1 − p): 0 for the treated share alone, 1 for certainty.</summary>
    public required double ScaledBrier { get; init; }

    /// <summary>Area under the curve.</summary>
    public required double AreaUnderCurve { get; init; }

    /// <summary>Groups from small to large scores.</summary>
    public required IReadOnlyList<CalibrationBin> Bins { get; init; }

    /// <summary>Describes the calibration.</summary>
    /// <param name="linearPredictors">Log odds of treatment per row.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="bins">Number of groups, at least 2; ten are deciles.</param>
    /// <returns>The description, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or log odds are NaN.</exception>
    public static Estimable<Calibration> Compute(ReadOnlySpan<double> linearPredictors, ReadOnlySpan<bool> treated, int bins = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        RowGuards.SameLength(linearPredictors.Length, treated.Length, nameof(treated));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<Calibration>(empty.Reason, empty.Detail);
        for (var i = 0; i < linearPredictors.Length; i++)
        {
            if (double.IsNaN(linearPredictors[i])) throw new ArgumentException($"Log odds are NaN in row {i}.", nameof(linearPredictors));
            if (double.IsInfinity(linearPredictors[i]))
            {
                return Estimable.Not<Calibration>(NotEstimableReason.NoOverlap, "A score is 0 or 1 to machine precision.");
            }
        }

        var (logOdds, arms) = (linearPredictors.ToArray(), treated.ToArray());
        return new LogisticRegression().Fit(DesignMatrix.FromColumns([("log odds", logOdds)]), arms).Then(fit =>
            fit.Coefficients.Count < 2
                ? Estimable.Not<Calibration>(NotEstimableReason.NoVariation, "All rows have the same score.")
                : Describe(logOdds, arms, bins, fit.Coefficients[1]));
    }

    private static Estimable<Calibration> Describe(double[] logOdds, bool[] treated, int bins, Coefficient slope)
    {
        var scores = new double[logOdds.Length];
        LogitLink.Probabilities(logOdds, scores);
        CompensatedSum squares = default;
        for (var i = 0; i < scores.Length; i++) squares.Add(Math.Pow((treated[i] ? 1 : 0) - scores[i], 2));
        var share = treated.Count(t => t) / (double)treated.Length;
        var brier = squares.Value / treated.Length;
        return Propensity.AreaUnderCurve.Of(logOdds, treated).Map(area => new Calibration
        {
            Intercept = InTheLarge(logOdds, share),
            Slope = slope,
            Brier = brier,
            ScaledBrier = 1 - (brier / (share * (1 - share))),
            AreaUnderCurve = area,
            Bins = Group(scores, treated, bins)
        });
    }

    // The root of Σ e(a + η) = n p: increasing in a, so Newton steps kept inside a shrinking bracket cannot miss it.
    private static double InTheLarge(double[] logOdds, double share)
    {
        var target = Math.Log(share / (1 - share));
        var (low, high) = (target - logOdds.Max(), target - logOdds.Min());
        var a = low + ((high - low) / 2);
        for (var step = 0; step < 200; step++)
        {
            CompensatedSum gap = default, slope = default;
            foreach (var eta in logOdds)
            {
                var e = LogitLink.Probability(a + eta);
                gap.Add(e - share);
                slope.Add(e * LogitLink.Probability(-a - eta));
            }

            if (gap.Value > 0) high = a;
            else low = a;
            var next = a - (gap.Value / slope.Value);
            if (!(next >= low && next <= high)) next = low + ((high - low) / 2);
            if (Math.Abs(next - a) <= 1e-14 * (1 + Math.Abs(a))) return next;
            a = next;
        }

        return a;
    }

    private static List<CalibrationBin> Group(double[] scores, bool[] treated, int bins)
    {
        var (sorted, arms) = ((double[])scores.Clone(), (bool[])treated.Clone());
        Array.Sort(sorted, arms);
        List<CalibrationBin> groups = [];
        for (int bin = 1, start = 0; bin <= bins && start < sorted.Length; bin++)
        {
            var end = Math.Max(start + 1, (int)((long)sorted.Length * bin / bins));
            while (end < sorted.Length && sorted[end] == sorted[end - 1]) end++;
            CompensatedSum sum = default;
            for (var i = start; i < end; i++) sum.Add(sorted[i]);
            groups.Add(new(end - start, sum.Value / (end - start), arms.AsSpan(start, end - start).Count(true) / (double)(end - start)));
            start = end;
        }

        return groups;
    }
}
