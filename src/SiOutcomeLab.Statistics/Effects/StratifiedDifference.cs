using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>
/// Estimand: the one that the sets were made for: the average effect on the treated, the untreated or everybody, of the strata in use.
/// Formula: Σ qₛ dₛ with dₛ the difference of means within stratum s and qₛ its share of the rows asked about; variance
/// Σ qₛ² (s₁²/n₁ + s₀²/n₀), shares and strata taken as known.
/// Arguments: see <see cref="Estimate"/>.
/// Result: <see cref="EffectResult"/>, beside it the errors that take weights as known; interval and p-value are normal.
/// Not estimable when: a stratum has a single row of an arm, or the outcome does not vary within strata.
/// Ties, order, seed: none.
/// Source: Lunceford and Davidian (2004), Statistics in Medicine 23(19), p. 2937–2960, §2.2; Imbens and Rubin (2015), Causal Inference,
/// ch. 17.
/// Checked against: R on lalonde with five subclasses (1e-9), for the treated and for everybody.
/// </summary>
public static class StratifiedDifference
{
    /// <summary>Estimates the effect.</summary>
    /// <param name="outcome">One finite number per row, any unit.</param>
    /// <param name="treated">True for treated rows; as given to the matching.</param>
    /// <param name="sets">Strata or subclasses of the same rows.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>The effect, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an outcome is NaN or infinite.</exception>
    public static Estimable<EffectResult> Estimate(
        ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, MatchedSets sets, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var w = sets.Weights.Span;
        EffectGuards.Arguments(outcome, treated, w.Length, default, level);
        if (EffectGuards.Arms(outcome, treated, w) is { } empty) return Estimable.Not<EffectResult>(empty.Reason, empty.Detail);

        var strata = PerStratum(outcome, treated, sets);
        var single = strata.Count(stratum => Math.Min(stratum.Treated, stratum.Comparison) < 2);
        if (single > 0)
        {
            return Estimable.Not<EffectResult>(
                NotEstimableReason.TooFewObservations,
                $"{single} of {strata.Count} strata have a single row of an arm, which has no variance.");
        }

        double[] rows = [.. strata.Select(stratum => sets.Estimand switch
        {
            Estimand.Treated => stratum.Treated,
            Estimand.Untreated => stratum.Comparison,
            _ => (double)stratum.Treated + stratum.Comparison
        })];
        var all = rows.Sum();
        var estimate = strata.Zip(rows, (stratum, n) => n / all * stratum.Difference).Sum();
        var variance = strata.Zip(rows, (stratum, n) => n / all * (n / all) * stratum.Variance).Sum();
        if (!(variance > 0))
        {
            return Estimable.Not<EffectResult>(
                NotEstimableReason.NoVariation, "The outcome does not vary within strata, so the standard error would be zero.");
        }

        var means = WeightedMeans.Of(outcome, treated, w);
        var alternatives = means.WithKnownWeights(means.Influence(outcome, treated, w), outcome, treated, w);
        return Estimable.Of(means.Result(
            $"stratified difference, {sets.Method}", sets.Estimand, estimate, means.Treated,
            new Uncertainty(Math.Sqrt(variance), StandardErrorType.Stratified, double.PositiveInfinity), level,
            Influence(outcome, treated, sets, strata, rows, all), [], alternatives));
    }

    /// <summary>The comparison within each stratum.</summary>
    /// <param name="outcome">One finite number per row.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="sets">Strata or subclasses of the same rows.</param>
    /// <returns>One entry per stratum, in their order.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static IReadOnlyList<Stratum> PerStratum(ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, MatchedSets sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        var set = sets.Subclasses.Span;
        RowGuards.SameLength(set.Length, outcome.Length, nameof(outcome));
        RowGuards.SameLength(set.Length, treated.Length, nameof(treated));
        var means = ArmMeans(outcome, treated, sets);
        var squares = new double[2, sets.Sets];
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i] < 0) continue;
            var arm = treated[i] ? 1 : 0;
            var gap = outcome[i] - means[arm, set[i]];
            squares[arm, set[i]] += gap * gap;
        }

        var strata = new Stratum[sets.Sets];
        for (var s = 0; s < strata.Length; s++)
        {
            var (n1, n0) = (sets.TreatedCounts[s], sets.ControlCounts[s]);
            var variance = (squares[1, s] / (n1 - 1) / n1) + (squares[0, s] / (n0 - 1) / n0);
            strata[s] = new Stratum(s, n1, n0, means[1, s] - means[0, s], variance);
        }

        return strata;
    }

    // Scaled so that squares add up to the variance with n − 1.
    private static double[] Influence(
        ReadOnlySpan<double> outcome,
        ReadOnlySpan<bool> treated,
        MatchedSets sets,
        IReadOnlyList<Stratum> strata,
        double[] rows,
        double all)
    {
        var set = sets.Subclasses.Span;
        var means = ArmMeans(outcome, treated, sets);
        var influence = new double[set.Length];
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i] < 0) continue;
            double n = treated[i] ? strata[set[i]].Treated : strata[set[i]].Comparison;
            var gap = outcome[i] - means[treated[i] ? 1 : 0, set[i]];
            influence[i] = (treated[i] ? 1 : -1) * rows[set[i]] / all * gap / Math.Sqrt(n * (n - 1));
        }

        return influence;
    }

    private static double[,] ArmMeans(ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated, MatchedSets sets)
    {
        var set = sets.Subclasses.Span;
        var means = new double[2, sets.Sets];
        for (var i = 0; i < set.Length; i++)
        {
            if (set[i] >= 0) means[treated[i] ? 1 : 0, set[i]] += outcome[i];
        }

        for (var s = 0; s < sets.Sets; s++)
        {
            means[1, s] /= sets.TreatedCounts[s];
            means[0, s] /= sets.ControlCounts[s];
        }

        return means;
    }
}
