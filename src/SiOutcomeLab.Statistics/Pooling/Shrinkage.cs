using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: each source's own true effect θᵢ, shrunk towards what the model expects of it (empirical-Bayes estimate, best linear unbiased
/// prediction).
/// Formula: θ̂ = Xb + τ²(V + τ²I)⁻¹(y − Xb); with Λ = τ²(V + τ²I)⁻¹, var(θ̂ − θ) = τ²(I − Λ) + (I − Λ) X var(b) X' (I − Λ)'. Independent
/// estimates: λᵢ yᵢ + (1 − λᵢ) xᵢ'b with λᵢ = τ² / (τ² + vᵢ).
/// Arguments: see <see cref="Of"/>.
/// Result: one <see cref="ShrunkenEstimate"/> per estimate, in order. Intervals take τ² as known: at 95 % they
/// held some 92 % of the true effects in simulation with k = 25, and fewer with fewer; <see cref="PartialPooling"/> does not.
/// Not estimable when: never, for a fitted model; for a fixed effect all equal the pooled effect.
/// Ties, order, seed: none.
/// Source: Raudenbush and Bryk (1985), Journal of Educational Statistics 10(2), p. 75–98; Robinson (1991), Statistical Science
/// 6(1), p. 15–32.
/// Checked against: metafor 3.8-1 blup (1e-8), and dense matrices in the tests.
/// </summary>
public static class Shrinkage
{
    /// <summary>Shrinks.</summary>
    /// <param name="model">A fitted model.</param>
    /// <returns>One shrunken estimate per estimate.</returns>
    public static IReadOnlyList<ShrunkenEstimate> Of(PooledModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var k = model.Data.Count;
        var posterior = Posterior.Of(model);
        var critical = Distributions.TwoSidedCritical(model.Options.Level, model.DegreesOfFreedom);
        var result = new ShrunkenEstimate[k];
        for (var i = 0; i < k; i++)
        {
            var (value, error) = (posterior.Means[i], Math.Sqrt(posterior.Variance(i)));
            var (above, aboveError) = (posterior.Deviations[i], Math.Sqrt(posterior.DeviationVariance(i)));
            var probability = aboveError > 0 ? Distributions.NormalLower(above / aboveError) : 0.5;
            result[i] = new ShrunkenEstimate(
                value, error, value - (critical * error), value + (critical * error), posterior.Kept(i), above, aboveError, probability);
        }

        return result;
    }
}
