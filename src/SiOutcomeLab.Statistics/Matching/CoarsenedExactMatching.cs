namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; rows are weighted for the effect on the treated, the untreated or everybody, of the strata in use.
/// Formula: each covariate is coarsened into bins; rows with the same bins are a stratum; strata with both arms are kept and weighted as
/// <see cref="MatchedSets"/> tells. k-to-k: within each stratum treated rows in turn take the nearest free row by Mahalanobis distance
/// of the covariates as they were, and rows that find nobody are left out.
/// Arguments: see <see cref="Match"/> and <see cref="MatchPairs"/>.
/// Result: <see cref="MatchedSets"/>, or <see cref="MatchedSample"/> k-to-k.
/// Not estimable when: an arm is empty, or no stratum holds both arms.
/// Ties, order, seed: as <see cref="ExactMatching"/> and <see cref="MahalanobisMatching"/>.
/// Source: Iacus, King and Porro (2012), Political Analysis 20(1), p. 1–24.
/// Checked against: MatchIt 4.7.2 on lalonde (Sturges, given cutpoints) and on simulated data (numbers of bins, k-to-k).
/// </summary>
public static class CoarsenedExactMatching
{
    /// <summary>The stratum of each row.</summary>
    /// <param name="x">Covariates; the dummies of a category keep it apart under any rule with two bins or more.</param>
    /// <param name="rules">How columns are coarsened, by name; <see cref="Coarsening.Sturges"/> for columns not named.</param>
    /// <returns>One code per row, numbered from 0.</returns>
    /// <exception cref="ArgumentException">A rule names no column.</exception>
    public static int[] Strata(DesignMatrix x, IReadOnlyDictionary<string, Coarsening>? rules = null)
    {
        ArgumentNullException.ThrowIfNull(x);
        foreach (var name in rules?.Keys ?? [])
        {
            if (!x.Names.Contains(name)) throw new ArgumentException($"No column is named '{name}'.", nameof(rules));
        }

        var codes = new int[x.Rows];
        for (var j = 0; j < x.Columns; j++)
        {
            var rule = rules is not null && rules.TryGetValue(x.Names[j], out var named) ? named : Coarsening.Sturges;
            var bins = rule.Apply(x.Column(j).ToArray());
            var joint = new Dictionary<(int Code, int Bin), int>();
            for (var i = 0; i < codes.Length; i++)
            {
                if (!joint.TryGetValue((codes[i], bins[i]), out var code)) joint.Add((codes[i], bins[i]), code = joint.Count);
                codes[i] = code;
            }
        }

        return codes;
    }

    /// <summary>Matches.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="treated">True for treated rows; one per row of <paramref name="x"/>.</param>
    /// <param name="rules">How columns are coarsened, by name.</param>
    /// <param name="estimand">Treated, untreated or everyone.</param>
    /// <returns>The strata with both arms, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a rule names no column, or the estimand is another.</exception>
    public static Estimable<MatchedSets> Match(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        IReadOnlyDictionary<string, Coarsening>? rules = null,
        Estimand estimand = Estimand.Treated)
    {
        var strata = Strata(x, rules);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        return RowGuards.EmptyArm(treated) is { } empty
            ? Estimable.Not<MatchedSets>(empty.Reason, empty.Detail)
            : MatchedSets.Of("coarsened exact", strata, treated, estimand);
    }

    /// <summary>Matches one to one within strata.</summary>
    /// <param name="x">Covariates.</param>
    /// <param name="treated">True for treated rows; one per row of <paramref name="x"/>.</param>
    /// <param name="orderKey">Who chooses first, and who wins between equally near rows; one distinct number per row.</param>
    /// <param name="rules">How columns are coarsened, by name.</param>
    /// <returns>The pairs, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a rule names no column.</exception>
    public static Estimable<MatchedSample> MatchPairs(
        DesignMatrix x,
        ReadOnlySpan<bool> treated,
        ReadOnlySpan<long> orderKey,
        IReadOnlyDictionary<string, Coarsening>? rules = null) =>
        MahalanobisMatching.Match(x, treated, orderKey, new() { Order = MatchingOrder.AsGiven }, strata: Strata(x, rules));
}
