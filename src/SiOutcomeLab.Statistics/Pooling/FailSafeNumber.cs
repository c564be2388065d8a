namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: how many further sources with no effect at all would make the combined one-sided test lose its significance.
/// Formula: the smallest whole number not under k (Z / z)² − k with Z = |Σ yᵢ / √vᵢ| / √k and z the one-sided critical value.
/// Arguments: see <see cref="Rosenthal"/>.
/// Result: a number, at least 0.
/// Not estimable when: never. It ignores heterogeneity, so it is a rough figure for readers who expect it.
/// Ties, order, seed: none.
/// Source: Rosenthal (1979), Psychological Bulletin 86(3), p. 638–641.
/// Checked against: metafor 3.8-1 fsn (exactly).
/// </summary>
public static class FailSafeNumber
{
    /// <summary>Computes the number.</summary>
    /// <param name="data">Independent estimates without moderators, at least one.</param>
    /// <param name="alpha">One-sided significance level, in (0, 1).</param>
    /// <returns>The number of sources.</returns>
    /// <exception cref="ArgumentException">The estimates have moderators or a covariance matrix, or there are none.</exception>
    public static int Rosenthal(EstimateSet data, double alpha = 0.05)
    {
        EggerRegression.RequirePlain(data);
        RowGuards.Level(alpha);
        if (data.Count == 0) throw new ArgumentException("There is no estimate.", nameof(data));
        var sum = 0.0;
        for (var i = 0; i < data.Count; i++) sum += data.Estimates[i] / Math.Sqrt(data.Variances[i]);
        var ratio = sum / Distributions.NormalQuantile(1 - alpha);
        return (int)Math.Max(0, Math.Ceiling((ratio * ratio) - data.Count));
    }
}
