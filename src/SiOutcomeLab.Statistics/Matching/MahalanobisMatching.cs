namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; it selects comparison rows for the average effect on the (matched) treated.
/// Formula: greedy 1:k matching on a distance between covariates, d² = (xᵢ − xⱼ)'S⁻¹(xᵢ − xⱼ), S as the metric says. In pass
/// r = 1 … k each treated row, in the chosen order, takes the nearest control that is still free, in its own stratum, within the calipers
/// (of the propensity score and of covariates), and not already its own.
/// Arguments: see <see cref="Match"/>. Columns that others determine add nothing and may stay.
/// Result: <see cref="MatchedSample"/>. Calipers, strata and reuse are checked again on every result before it is handed out.
/// Not estimable when: an arm is empty, no covariate varies, or no treated row finds a control.
/// Ties, order, seed: among controls equally far away the smaller order key wins (MatchIt takes whichever its walk met last). No
/// randomness; the same bytes with any number of threads.
/// Cost: a k-d tree of the controls that used ones are taken out of; treated rows search in blocks at the same time and then choose in
/// turn, so that only collisions within a block are searched again.
/// Source: Rubin (1980), Biometrics 36(2), p. 293–298; within calipers: Rosenbaum and Rubin (1985), The American Statistician 39(1),
/// p. 33–38.
/// Checked against: MatchIt 4.7.2, pair by pair, on tie-free simulated data, with its pooled within-arm covariance (denominator n − 2);
/// and a matcher in the tests that looks at every control.
/// </summary>
public static class MahalanobisMatching
{
    /// <summary>Matches.</summary>
    /// <param name="x">Covariates, one row per person.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="orderKey">Breaks ties; one distinct number per row that belongs to the person and not to the file's order.</param>
    /// <param name="options">
    /// Ratio, replacement, order, calipers, common support. Orders by size, the caliper, a variable ratio and common support are of
    /// <paramref name="measure"/> and need it.
    /// </param>
    /// <param name="metric">What makes the distance.</param>
    /// <param name="measure">The propensity score or its logit per row, or empty.</param>
    /// <param name="strata">Codes that a pair must share, or empty for none.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <returns>The matched sample, or why there is none.</returns>
    /// <exception cref="ArgumentException">
    /// Lengths differ, a measure is NaN or infinite, or an option needs a measure and has none.
    /// </exception>
    public static Estimable<MatchedSample> Match(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<long> orderKey,
        NearestNeighbourOptions options,
        DistanceMetric metric = DistanceMetric.Mahalanobis,
        ReadOnlySpan<double> measure = default,
        ReadOnlySpan<int> strata = default,
        int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(options);
        options.Guard();
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        RowGuards.SameLength(x.Rows, orderKey.Length, nameof(orderKey));
        if (!strata.IsEmpty) RowGuards.SameLength(x.Rows, strata.Length, nameof(strata));
        if (measure.IsEmpty) RequireNoMeasure(options);
        else RowGuards.SameLength(x.Rows, measure.Length, nameof(measure));
        RowGuards.Finite(measure, nameof(measure));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<MatchedSample>(empty.Reason, empty.Detail);

        var rules = PairRules.From(measure, treated, strata, options);
        var space = Whitening.Of(x, treated, metric, rules.Discarded);
        if (space.Columns == 0)
        {
            return Estimable.Not<MatchedSample>(NotEstimableReason.NoVariation, "No covariate varies, so that all distances are zero.");
        }

        var wanted = options.VariableRatio?.Allot(measure, treated, rules.TreatedRows, options.Ratio);
        var order = Order(rules, orderKey, options.Order, measure);
        var (controls, distances) = TreePass.Run(space, rules, orderKey.ToArray(), order, options, wanted, threads);
        return PairAssembly.Of("nearest neighbour on covariates", rules, controls, distances, options.Width, options.Capacity);
    }

    private static void RequireNoMeasure(NearestNeighbourOptions options)
    {
        if (options.Caliper is not null || options.VariableRatio is not null || options.Discard != Discard.None
            || options.Order is MatchingOrder.LargestFirst or MatchingOrder.SmallestFirst)
        {
            throw new ArgumentException(
                "Orders by size, a caliper, a variable ratio and common support are of a measure; give one.", nameof(options));
        }
    }

    // Positions in the list of all treated rows, discarded ones left out.
    private static int[] Order(PairRules rules, ReadOnlySpan<long> orderKey, MatchingOrder order, ReadOnlySpan<double> measure)
    {
        var eligible = new List<int>();
        for (var i = 0; i < rules.TreatedRows.Length; i++)
        {
            if (!rules.IsDiscarded(rules.TreatedRows[i])) eligible.Add(i);
        }

        var bySize = order is MatchingOrder.LargestFirst or MatchingOrder.SmallestFirst;
        var sign = order == MatchingOrder.LargestFirst ? -1 : 1;
        var sorted = new (double Size, long Key, int Index)[eligible.Count];
        for (var k = 0; k < sorted.Length; k++)
        {
            var row = rules.TreatedRows[eligible[k]];
            sorted[k] = (bySize ? sign * measure[row] : 0, orderKey[row], eligible[k]);
        }

        Array.Sort(sorted);
        return Array.ConvertAll(sorted, entry => entry.Index);
    }
}
