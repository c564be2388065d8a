using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Effects.Survival;

/// <summary>
/// Estimand: how much longer, up to a horizon, the group that the weights aim at stays without the event because of treatment; or how many
/// more of it have had no event by the horizon.
/// Formula: ∫₀^τ S₁ − ∫₀^τ S₀, or S₁(τ) − S₀(τ), with Kaplan and Meier's weighted curves of both arms.
/// Arguments: see <see cref="Difference"/>.
/// Result: <see cref="EffectResult"/> in the time's unit, or as a difference of shares, with M-estimation standard error: martingale
/// residuals stacked with what estimated the weights; without weights Greenwood's variance exactly (InfluenceFunction beside it takes
/// weights as known). The means are those of both arms.
/// Not estimable when: an arm has fewer than two rows with weight; the follow-up of an arm ends, with a censoring, before the horizon;
/// nobody has an event before it; all of an arm in one cluster.
/// Ties, order, seed: events before censorings at one time; none.
/// Source: Royston and Parmar (2013), BMC Medical Research Methodology 13, article 152; Andersen and Perme (2010), Statistical Methods in
/// Medical Research 19(1), p. 71–99 (influence); with weights: Xie and Liu (2005), Statistics in Medicine 24(20), p. 3089–3110.
/// Censoring is taken as unrelated to the outcome within an arm; where it is not, weight rows by their chance of being followed.
/// Checked against: survfit of R's survival 3.5-3 (1e-10), and in the tests Greenwood's closed forms on published remission times,
/// numerical derivatives by each row's weight, and a simulation with known truth.
/// </summary>
public static class RestrictedMeanSurvival
{
    /// <summary>Difference of mean times without the event up to a horizon.</summary>
    /// <param name="time">Time followed, finite and at least 0.</param>
    /// <param name="happened">True where the time ended with the event, false where it was censored.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights for the same rows; <see cref="BalancingWeights.Equal"/> for none.</param>
    /// <param name="horizon">τ, over 0, in the time's unit.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a time is out of range (told by row).</exception>
    public static Estimable<EffectResult> Difference(
        ReadOnlySpan<double> time,
        ReadOnlySpan<bool> happened,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        double horizon,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95) =>
        Estimate(time, happened, treated, weights, horizon, clusters, level, "restricted mean survival",
            static (risk, end) => risk.RestrictedMean(end));

    /// <summary>Difference of the shares without the event at a horizon.</summary>
    /// <param name="time">Time followed, finite and at least 0.</param>
    /// <param name="happened">True where the time ended with the event, false where it was censored.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="weights">Weights for the same rows; <see cref="BalancingWeights.Equal"/> for none.</param>
    /// <param name="horizon">τ, over 0, in the time's unit.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a time is out of range (told by row).</exception>
    public static Estimable<EffectResult> SurvivalDifference(
        ReadOnlySpan<double> time,
        ReadOnlySpan<bool> happened,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        double horizon,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95) =>
        Estimate(time, happened, treated, weights, horizon, clusters, level, "survival at the horizon",
            static (risk, end) => risk.SurvivalAt(end));

    private static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> time,
        ReadOnlySpan<bool> happened,
        ReadOnlySpan<bool> treated,
        BalancingWeights weights,
        double horizon,
        ReadOnlySpan<int> clusters,
        double level,
        string name,
        Func<RiskTable, double, (double Value, double[] After)> functional)
    {
        ArgumentNullException.ThrowIfNull(weights);
        SurvivalGuards.Times(time, happened);
        EffectGuards.Arguments(time, treated, weights.Weights.Length, clusters, level);
        if (!double.IsFinite(horizon) || horizon <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "The horizon lies after 0.");
        }


        var w = weights.Weights.Span;
        var means = WeightedMeans.Of(time, treated, weights);
        if (Few(means, treated) is { } few) return Estimable.Not<EffectResult>(few.Reason, few.Detail);
        if (EffectGuards.OneCluster(treated, w, clusters) is { } one) return Estimable.Not<EffectResult>(one.Reason, one.Detail);

        var perWeight = new double[time.Length];
        Span<double> values = [0, 0];
        foreach (var arm in new[] { false, true })
        {
            var risk = RiskTable.Of(time, happened, w, treated, arm);
            if (risk.EndsCensored && risk.Longest < horizon)
            {
                return Estimable.Not<EffectResult>(
                    NotEstimableReason.TooFewObservations,
                    $"Nobody of the {ArmRegression.Words(arm)} rows is followed until the horizon; choose an earlier one or wait.");
            }

            var (value, after) = functional(risk, horizon);
            values[arm ? 1 : 0] = value;
            if (!arm) for (var k = 0; k < after.Length; k++) after[k] = -after[k];
            risk.AddInfluence(after, perWeight);
        }

        var influence = new double[time.Length];
        LaneSum.Multiply(perWeight, w, influence);
        EffectGuards.MEstimation(influence, w, clusters, out var plain, nuisanceCarried: false);
        weights.Model?.AddInfluence(perWeight, influence);
        if (EffectGuards.MEstimation(influence, w, clusters, out var uncertainty) is { } refusal)
        {
            return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);
        }

        return Estimable.Of(means.Result(
            $"{name}, {weights.Method}", weights.Estimand, values[1] - values[0], values[1], uncertainty, level, influence,
            clusters.ToArray(), [new(plain.Type, plain.Value)]));
    }

    private static (NotEstimableReason Reason, string Detail)? Few(WeightedMeans means, ReadOnlySpan<bool> treated)
    {
        if (RowGuards.EmptyArm(treated) is { } empty) return empty;
        if (means.TreatedUsed == 0) return (NotEstimableReason.NoTreated, "No treated row has weight.");
        if (means.ComparisonUsed == 0) return (NotEstimableReason.NoComparison, "No comparison row has weight.");
        return Math.Min(means.TreatedUsed, means.ComparisonUsed) < 2
            ? (NotEstimableReason.TooFewObservations, "Each arm needs two rows with weight for a standard error.")
            : null;
    }
}
