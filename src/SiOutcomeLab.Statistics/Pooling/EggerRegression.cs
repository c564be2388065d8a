namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: whether small sources report other effects than large ones (small-study effects, one cause of which is selective reporting).
/// Formula: regression of the estimates on their standard errors: either the random-effects model with the standard error as moderator,
/// or weighted least squares with weights 1 / v and a multiplicative dispersion, which is Egger's own.
/// Arguments: see <see cref="MixedEffects"/> and <see cref="WeightedRegression"/>.
/// Result: <see cref="FunnelAsymmetry"/>.
/// Not estimable when: fewer than three estimates, or all standard errors are equal.
/// Ties, order, seed: none.
/// Source: Egger, Davey Smith, Schneider and Minder (1997), BMJ 315, p. 629–634; Sterne and Egger (2005), Publication Bias in
/// Meta-Analysis, ch. 6.
/// Checked against: metafor 3.8-1 regtest, both models (1e-8).
/// </summary>
public static class EggerRegression
{
    /// <summary>The standard error as a moderator of a random-effects model.</summary>
    /// <param name="data">Independent estimates without moderators.</param>
    /// <param name="options">Method and test; null for REML with Hartung and Knapp's interval.</param>
    /// <returns>The test, or why there is none.</returns>
    /// <exception cref="ArgumentException">The estimates have moderators or a covariance matrix.</exception>
    public static Estimable<FunnelAsymmetry> MixedEffects(EstimateSet data, PoolingOptions? options = null)
    {
        RequirePlain(data);
        double[] errors = [.. data.Variances.ToArray().Select(Math.Sqrt)];
        var moderators = DesignMatrix.FromColumns([("standard error", errors)]);
        return RandomEffects.Fit(data.WithModerators(moderators), options).Map(model =>
        {
            var (limit, slope) = (model.Coefficients[0], model.Coefficients[1]);
            return new FunnelAsymmetry(
                slope.Estimate, slope.Statistic, model.DegreesOfFreedom, slope.PValue,
                limit.Estimate, limit.ConfidenceLow, limit.ConfidenceHigh);
        });
    }

    /// <summary>Egger's weighted regression with multiplicative dispersion, t with k − 2 degrees of freedom.</summary>
    /// <param name="data">Independent estimates without moderators.</param>
    /// <param name="level">Confidence level of the limit's interval.</param>
    /// <returns>The test, or why there is none.</returns>
    /// <exception cref="ArgumentException">The estimates have moderators or a covariance matrix.</exception>
    public static Estimable<FunnelAsymmetry> WeightedRegression(EstimateSet data, double level = 0.95) =>
        // A fixed effect with Hartung and Knapp's factor is weighted least squares with estimated dispersion.
        MixedEffects(data, new() { Method = HeterogeneityMethod.FixedEffect, Test = PoolingTest.HartungKnapp, Level = level });

    internal static void RequirePlain(EstimateSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.IsCorrelated || data.Moderators is { Columns: > 0 })
        {
            throw new ArgumentException("This test is for independent estimates without moderators.", nameof(data));
        }
    }
}
