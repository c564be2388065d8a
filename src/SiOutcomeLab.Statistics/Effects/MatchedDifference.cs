using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: the average effect on the treated who were matched; on all treated when none was dropped.
/// Formula: weighted mean outcome of matched treated rows minus that of their controls, weights as <see cref="MatchedRows.Weights"/>.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="EffectResult"/>. Without replacement the standard error is clustered on matched sets, factor
/// G/(G − 1) · (n − 1)/(n − 2); with clusters given as well it is two-way. With replacement there are no sets: HC1 on distinct rows, or
/// clustered on what is given; that one ignores how matching reuses controls and is indicative only: <see cref="AbadieImbens"/> has the
/// variance made for it, and <see cref="StratifiedDifference"/> the one for a handful of strata. Interval and p-value: t with
/// clusters − 1 (sets, or the fewer of the two ways; rows − 2 without any) degrees of freedom.
/// Not estimable when: an arm has fewer than two rows with weight, all of an arm in one cluster, or the outcome does not vary.
/// Ties, order, seed: none beyond the matching's.
/// Source: Abadie and Spiess (2022), JASA 117(538), p. 983–995: clustering on the match is valid without replacement; two-way: Cameron,
/// Gelbach and Miller (2011), Journal of Business and Economic Statistics 29(2), p. 238–249.
/// Checked against: R's lm with weights and sandwich::vcovCL (HC1) on MatchIt 4.7.2's samples, lalonde and tie-free data (1e-9).
/// </summary>
public static class MatchedDifference
{
    private const int Coefficients = 2;

    /// <summary>Estimates the effect.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows; as given to the matching.</param>
    /// <param name="sample">The matched sample of the same rows.</param>
    /// <param name="clusters">Person or delivery group per row when rows are not independent, or empty.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        MatchedRows sample,
        ReadOnlySpan<int> clusters = default,
        double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sample);
        var w = sample.Weights.Span;
        EffectGuards.Arguments(outcome, treated, w.Length, clusters, level);
        if (EffectGuards.Arms(outcome, treated, w, clusters) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var means = WeightedMeans.Of(outcome, treated, w);
        var influence = means.Influence(outcome, treated, w);
        var rows = means.TreatedUsed + means.ComparisonUsed;
        var alternatives = means.WithKnownWeights(influence, outcome, treated, w);
        var hc1 = alternatives.Find(other => other.Type == StandardErrorType.Hc1)!.Value;
        var sets = sample.Subclasses.Span;
        var ways = sets.IsEmpty ? clusters : sets;
        var sums = ClusterSums.Of(influence, w, ways);
        if (EffectGuards.Judge(sums) is { } refusal) return Estimable.Not<EffectResult>(refusal.Reason, refusal.Detail);

        Uncertainty uncertainty;
        if (ways.IsEmpty)
        {
            uncertainty = new(hc1, StandardErrorType.Hc1, rows - Coefficients);
        }
        else if (sets.IsEmpty || clusters.IsEmpty)
        {
            var type = sets.IsEmpty ? StandardErrorType.ClusterHc1 : StandardErrorType.MatchedSetHc1;
            uncertainty = new(Math.Sqrt(Adjusted(sums, rows)), type, sums.Clusters - 1.0);
        }
        else
        {
            var other = ClusterSums.Of(influence, w, clusters);
            if (EffectGuards.Judge(other) is { } alone) return Estimable.Not<EffectResult>(alone.Reason, alone.Detail);
            var both = ClusterSums.Of(influence, w, Intersections(sets, clusters));
            var twoWay = Adjusted(sums, rows) + Adjusted(other, rows) - Adjusted(both, rows);
            // The difference can fall under either way alone, even under zero; the larger single way is then the honest one.
            var variance = Math.Max(twoWay, Math.Max(Adjusted(sums, rows), Adjusted(other, rows)));
            uncertainty = new(Math.Sqrt(variance), StandardErrorType.TwoWayHc1, Math.Min(sums.Clusters, other.Clusters) - 1.0);
        }

        if (uncertainty.Type != StandardErrorType.TwoWayHc1) Scale(influence, uncertainty.Value / Math.Sqrt(sums.Variance));
        return Estimable.Of(means.Result(
            $"matched difference, {sample.Method}", sample.Estimand, means.Treated - means.Comparison, means.Treated, uncertainty, level,
            influence, ways.ToArray(),
            [.. alternatives.Where(other => other.Type != uncertainty.Type)]));
    }

    private static double Adjusted(ClusterSums sums, int rows) =>
        sums.Variance * sums.Clusters / (sums.Clusters - 1) * (rows - 1) / (rows - Coefficients);

    private static int[] Intersections(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        var codes = new Dictionary<(int, int), int>();
        var result = new int[first.Length];
        for (var i = 0; i < result.Length; i++)
        {
            if (!codes.TryGetValue((first[i], second[i]), out result[i]))
            {
                result[i] = codes.Count;
                codes.Add((first[i], second[i]), result[i]);
            }
        }

        return result;
    }

    private static void Scale(double[] values, double factor)
    {
        for (var i = 0; i < values.Length; i++) values[i] *= factor;
    }
}
