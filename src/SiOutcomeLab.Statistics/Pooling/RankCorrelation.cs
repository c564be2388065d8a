namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: Kendall's rank correlation (τ-b) between standardised estimates and their variances, a test for small-study effects.
/// Formula: estimates less the fixed effect, over √(vᵢ − 1 / Σw); τ-b; p from the normal approximation with tie correction and without
/// continuity correction.
/// Arguments: see <see cref="Test"/>.
/// Result: <see cref="RankCorrelationResult"/>.
/// Not estimable when: fewer than three estimates, or all variances are equal.
/// Ties, order, seed: ties enter τ-b and its variance; order does not matter.
/// Source: Begg and Mazumdar (1994), Biometrics 50(4), p. 1088–1101; Kendall (1970), Rank Correlation Methods, §4.
/// Checked against: metafor 3.8-1 ranktest with exact = FALSE (1e-8).
/// </summary>
public static class RankCorrelation
{
    /// <summary>Tests.</summary>
    /// <param name="data">Independent estimates without moderators.</param>
    /// <returns>The test, or why there is none.</returns>
    /// <exception cref="ArgumentException">The estimates have moderators or a covariance matrix.</exception>
    public static Estimable<RankCorrelationResult> Test(EstimateSet data)
    {
        EggerRegression.RequirePlain(data);
        if (data.Count < 3)
        {
            return Estimable.Not<RankCorrelationResult>(NotEstimableReason.TooFewObservations, $"{data.Count} estimates cannot be ranked.");
        }

        double weight = 0, sum = 0;
        for (var i = 0; i < data.Count; i++)
        {
            weight += 1 / data.Variances[i];
            sum += data.Estimates[i] / data.Variances[i];
        }

        var standardised = new double[data.Count];
        for (var i = 0; i < standardised.Length; i++)
        {
            standardised[i] = (data.Estimates[i] - (sum / weight)) / Math.Sqrt(data.Variances[i] - (1 / weight));
        }

        return Kendall(standardised, data.Variances);
    }

    private static Estimable<RankCorrelationResult> Kendall(double[] x, ReadOnlySpan<double> y)
    {
        double n = x.Length, concordance = 0;
        for (var i = 0; i < x.Length; i++)
        {
            for (var j = 0; j < i; j++) concordance += Math.Sign(x[i] - x[j]) * Math.Sign(y[i] - y[j]);
        }

        var (tiesX, tiesY) = (Ties(x), Ties(y.ToArray()));
        var pairs = n * (n - 1) / 2;
        var norm = Math.Sqrt((pairs - (tiesX.Pairs / 2)) * (pairs - (tiesY.Pairs / 2)));
        if (norm == 0)
        {
            return Estimable.Not<RankCorrelationResult>(NotEstimableReason.NoVariation, "All estimates or all variances are equal.");
        }

        var variance = (((n * (n - 1) * ((2 * n) + 5)) - tiesX.Fifth - tiesY.Fifth) / 18)
            + (tiesX.Pairs * tiesY.Pairs / (2 * n * (n - 1)))
            + (tiesX.Triples * tiesY.Triples / (9 * n * (n - 1) * (n - 2)));
        var z = concordance / Math.Sqrt(variance);
        return Estimable.Of(new RankCorrelationResult(concordance / norm, z, Distributions.TwoSided(z, double.PositiveInfinity)));
    }

    private static (double Pairs, double Triples, double Fifth) Ties(double[] values)
    {
        double pairs = 0, triples = 0, fifth = 0;
        foreach (var group in values.GroupBy(v => v))
        {
            double t = group.Count();
            pairs += t * (t - 1);
            triples += t * (t - 1) * (t - 2);
            fifth += t * (t - 1) * ((2 * t) + 5);
        }

        return (pairs, triples, fifth);
    }
}
