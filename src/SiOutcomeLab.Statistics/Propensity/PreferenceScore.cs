namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: none; the propensity score with the treated share taken out, so that overlap can be compared between samples.
/// Formula: logit f = logit e − logit p, p the treated share.
/// Arguments: see <see cref="Of"/>. Result: one number in (0, 1) per row; 0.5 means as likely treated as the average row.
/// Not estimable when: an arm is empty. Ties, order, seed: none.
/// Source: Walker et al. (2013), Comparative Effectiveness Research 3, p. 11–20.
/// Checked against: the definition in the tests; the share within [0.3, 0.7] is <see cref="Balance.Overlap.Equipoise"/>.
/// </summary>
public static class PreferenceScore
{
    /// <summary>Preference scores from log odds.</summary>
    /// <param name="linearPredictors">Log odds of treatment per row.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <returns>The scores, or why there are none.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static Estimable<double[]> Of(ReadOnlySpan<double> linearPredictors, ReadOnlySpan<bool> treated)
    {
        RowGuards.SameLength(linearPredictors.Length, treated.Length, nameof(treated));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<double[]>(empty.Reason, empty.Detail);

        var count = treated.Count(true);
        var shift = Math.Log(count / (double)(treated.Length - count));
        var scores = new double[linearPredictors.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = LogitLink.Probability(linearPredictors[i] - shift);
        return Estimable.Of(scores);
    }
}
