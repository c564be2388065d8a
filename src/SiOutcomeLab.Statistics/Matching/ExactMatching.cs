namespace SiOutcomeLab.Statistics.Matching;

/// <summary>
/// Estimand: none by itself; rows are weighted for the effect on the treated, the untreated or everybody, of the strata in use.
/// Formula: rows with one code are a stratum; strata with both arms are kept and weighted as <see cref="MatchedSets"/> tells.
/// Arguments: see <see cref="Match"/>. Result: <see cref="MatchedSets"/>.
/// Not estimable when: an arm is empty, or no stratum holds both arms.
/// Ties, order, seed: none.
/// Source: Stuart (2010), Statistical Science 25(1), §3.2.
/// Checked against: MatchIt 4.7.2 on lalonde: three sets of covariates, effects on the treated and on everybody.
/// </summary>
public static class ExactMatching
{
    /// <summary>Matches.</summary>
    /// <param name="strata">One code per row, at least 0: rows with the same values of all covariates share it.</param>
    /// <param name="treated">True for treated rows; same length.</param>
    /// <param name="estimand">Treated, untreated or everyone.</param>
    /// <returns>The strata with both arms, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a code is negative, or the estimand is another.</exception>
    public static Estimable<MatchedSets> Match(ReadOnlySpan<int> strata, ReadOnlySpan<bool> treated, Estimand estimand = Estimand.Treated)
    {
        RowGuards.SameLength(treated.Length, strata.Length, nameof(strata));
        for (var i = 0; i < strata.Length; i++)
        {
            if (strata[i] < 0) throw new ArgumentException($"'{nameof(strata)}' is negative in row {i}.", nameof(strata));
        }

        return RowGuards.EmptyArm(treated) is { } empty
            ? Estimable.Not<MatchedSets>(empty.Reason, empty.Detail)
            : MatchedSets.Of("exact", strata, treated, estimand);
    }
}
