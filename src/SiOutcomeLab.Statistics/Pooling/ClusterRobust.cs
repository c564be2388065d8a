using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: as <see cref="RandomEffects"/>; only the uncertainty differs, and holds when the model's variances are wrong or estimates
/// within a cluster depend on each other in unknown ways.
/// Formula: (X'WX)⁻¹ [Σ_g s_g s_g'] (X'WX)⁻¹ with s_g the sum over cluster g of xᵢ (Wr)ᵢ; CR1 multiplies by G / (G − p). t quantiles with
/// G − p degrees of freedom.
/// Arguments: see <see cref="Coefficients"/>.
/// Result: the model's coefficients with robust errors and intervals.
/// Not estimable when: there are no more clusters than coefficients.
/// Ties, order, seed: none.
/// Source: Hedges, Tipton and Johnson (2010), Research Synthesis Methods 1(1), p. 39–65.
/// Checked against: metafor 3.8-1 robust (1e-8), and dense matrices in the tests.
/// </summary>
public static class ClusterRobust
{
    /// <summary>Computes robust errors.</summary>
    /// <param name="model">A fitted model.</param>
    /// <param name="clusters">Cluster number per estimate.</param>
    /// <param name="smallSample">True for CR1, false for CR0 (no factor).</param>
    /// <returns>Coefficients in the model's order, or why there are none.</returns>
    /// <exception cref="ArgumentException">Another number of clusters than of estimates.</exception>
    public static Estimable<IReadOnlyList<PooledCoefficient>> Coefficients(
        PooledModel model, ReadOnlySpan<int> clusters, bool smallSample = true)
    {
        ArgumentNullException.ThrowIfNull(model);
        RowGuards.SameLength(model.Data.Count, clusters.Length, nameof(clusters));
        var p = model.Coefficients.Count;
        var (scores, groups) = Scores(model, clusters);
        if (groups <= p)
        {
            return Estimable.Not<IReadOnlyList<PooledCoefficient>>(
                NotEstimableReason.TooFewObservations, $"{groups} clusters where {p} coefficients need at least {p + 1}.");
        }

        var bread = new double[p * p];
        for (var i = 0; i < bread.Length; i++) bread[i] = model.CoefficientCovariance.Span[i] / model.VarianceFactor;
        var factor = smallSample ? groups / (double)(groups - p) : 1;
        double freedom = groups - p;
        var critical = Distributions.TwoSidedCritical(model.Options.Level, freedom);
        var result = new PooledCoefficient[p];
        for (var j = 0; j < p; j++)
        {
            var variance = 0.0;
            for (var g = 0; g < groups; g++)
            {
                var moved = LaneSum.Dot(bread.AsSpan(j * p, p), scores.AsSpan(g * p, p));
                variance += moved * moved;
            }

            var (value, error) = (model.Coefficients[j].Estimate, Math.Sqrt(factor * variance));
            result[j] = new PooledCoefficient(
                model.Coefficients[j].Name, value, error, value / error, Distributions.TwoSided(value / error, freedom),
                value - (critical * error), value + (critical * error));
        }

        return Estimable.Of<IReadOnlyList<PooledCoefficient>>(result);
    }

    private static (double[] Scores, int Groups) Scores(PooledModel model, ReadOnlySpan<int> clusters)
    {
        var p = model.Coefficients.Count;
        var number = new Dictionary<int, int>();
        foreach (var cluster in clusters) number.TryAdd(cluster, number.Count);
        var residuals = model.Data.Estimates.ToArray();
        LaneSum.AddScaled(-1, model.Fitted(), residuals);
        var weighted = model.InverseTimes(residuals);
        var scores = new double[number.Count * p];
        Span<double> row = stackalloc double[p];
        for (var i = 0; i < weighted.Length; i++)
        {
            model.CopyRow(i, row);
            LaneSum.AddScaled(weighted[i], row, scores.AsSpan(number[clusters[i]] * p, p));
        }

        return (scores, number.Count);
    }
}
