namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability that a treated row has a larger score than a comparison row, equal scores counting half (the area under the
/// receiver operating characteristic).
/// Formula: Mann–Whitney's U from mid-ranks over n₁ n₀.
/// Arguments: see <see cref="Of"/>. Result: a number in [0, 1]. Not estimable when: an arm is empty.
/// Ties, order, seed: ties count half; no randomness. Cost: one sort.
/// Source: Hanley and McNeil (1982), Radiology 143(1), p. 29–36.
/// Checked against: R's rank-sum on lalonde (1e-10), and all pairs in the tests.
/// </summary>
public static class AreaUnderCurve
{
    /// <summary>The area.</summary>
    /// <param name="scores">One finite number per row, any increasing function of the score.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <returns>The area, or why there is none.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score is NaN or infinite.</exception>
    public static Estimable<double> Of(ReadOnlySpan<double> scores, ReadOnlySpan<bool> treated)
    {
        RowGuards.SameLength(scores.Length, treated.Length, nameof(treated));
        RowGuards.Finite(scores, nameof(scores));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<double>(empty.Reason, empty.Detail);

        var (keys, arms) = (scores.ToArray(), treated.ToArray());
        Array.Sort(keys, arms);
        double below = 0, wins = 0;
        for (int i = 0, end; i < keys.Length; i = end)
        {
            var (inside, outside) = (0, 0);
            for (end = i; end < keys.Length && keys[end] == keys[i]; end++)
            {
                if (arms[end]) inside++;
                else outside++;
            }

            wins += inside * (below + (0.5 * outside));
            below += outside;
        }

        return Estimable.Of(wins / (below * (keys.Length - below)));
    }
}
