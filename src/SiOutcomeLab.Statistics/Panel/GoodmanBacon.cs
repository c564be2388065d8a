namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Estimand: what the static two-way fixed-effects coefficient is made of: all comparisons of two cohorts, with their weights.
/// Formula: cohort k against never treated; k against a later cohort l before l starts; l against k, already treated, after l starts.
/// Weights from shares n and shares of time treated D̄ (eq. 10), scaled to sum to 1; Σ weight × estimate is the coefficient.
/// Arguments: a balanced panel; weights and covariates are not used.
/// Result: comparisons in order of cohorts. Those against the already treated are what makes the coefficient a mean with wrong signs
/// when effects grow: their total weight is the warning.
/// Not estimable when: there are no two cohorts to compare.
/// Ties, order, seed: none.
/// Source: Goodman-Bacon (2021), Journal of Econometrics 225(2), p. 254–277, theorem 1.
/// Checked against: R code of the same formulas (1e-10) and the fixed-effects coefficient.
/// </summary>
public static class GoodmanBacon
{
    /// <summary>Decomposes the coefficient.</summary>
    /// <param name="data">The panel; units treated from the first period on count as already treated throughout.</param>
    /// <returns>The comparisons, or why there are none.</returns>
    public static Estimable<IReadOnlyList<CohortComparison>> Decompose(PanelData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var periods = data.Periods;
        // Who starts between two periods is treated in the same ones as who starts in the later.
        var clipped = Array.ConvertAll(data.FirstTreated, first =>
        {
            var place = Array.BinarySearch(periods, first);
            if (place < 0) place = ~place;
            return place == periods.Length ? PanelRows.NeverTreated : periods[place];
        });
        int[] cohorts = [.. clipped.Distinct().Order()];
        double[] share = [.. cohorts.Select(cohort => clipped.Count(first => first == cohort) / (double)clipped.Length)];
        double[] time = [.. cohorts.Select(cohort => periods.Count(period => period >= cohort) / (double)periods.Length)];
        var means = cohorts.Select(_ => new double[periods.Length]).ToArray();
        for (var t = 0; t < periods.Length; t++)
        {
            for (var i = 0; i < clipped.Length; i++) means[Array.BinarySearch(cohorts, clipped[i])][t] += data.Outcome[t][i];
            for (var c = 0; c < cohorts.Length; c++) means[c][t] /= share[c] * clipped.Length;
        }

        List<CohortComparison> found = [];
        for (var k = 0; k < cohorts.Length; k++)
        {
            if (cohorts[k] == PanelRows.NeverTreated) continue;
            var never = cohorts.Length - 1;
            if (cohorts[never] == PanelRows.NeverTreated && time[k] < 1)
            {
                var both = share[k] + share[never];
                var weight = both * both * Spread(k, never) * time[k] * (1 - time[k]);
                Add(ComparisonKind.TreatedAgainstUntreated, k, never, After(cohorts[k]), Before(cohorts[k]), weight);
            }

            for (var l = k + 1; l < cohorts.Length && cohorts[l] != PanelRows.NeverTreated; l++)
            {
                var both = share[k] + share[l];
                var gap = time[k] - time[l];
                bool Between(int period) => period >= cohorts[k] && period < cohorts[l];
                if (time[k] < 1)
                {
                    var weight = both * both * Spread(k, l) * gap * (1 - time[k]);
                    Add(ComparisonKind.EarlierAgainstLater, k, l, Between, Before(cohorts[k]), weight);
                }

                Add(ComparisonKind.LaterAgainstEarlier, l, k, After(cohorts[l]), Between, both * both * Spread(k, l) * time[l] * gap);
            }
        }

        var total = found.Sum(comparison => comparison.Weight);
        return total > 0
            ? Estimable.Of<IReadOnlyList<CohortComparison>>(
                [.. found.Select(comparison => comparison with { Weight = comparison.Weight / total })])
            : Estimable.Not<IReadOnlyList<CohortComparison>>(NotEstimableReason.NoComparison, "There are no two cohorts to compare.");

        Func<int, bool> After(int cohort) => period => period >= cohort;
        Func<int, bool> Before(int cohort) => period => period < cohort;
        double Spread(int k, int l) => share[k] * share[l] / ((share[k] + share[l]) * (share[k] + share[l]));
        void Add(ComparisonKind kind, int treated, int control, Func<int, bool> late, Func<int, bool> early, double weight) =>
            found.Add(new CohortComparison(
                kind, cohorts[treated], cohorts[control],
                Mean(treated, late) - Mean(treated, early) - Mean(control, late) + Mean(control, early), weight));
        double Mean(int cohort, Func<int, bool> within) => means[cohort].Where((_, t) => within(periods[t])).Average();
    }
}
