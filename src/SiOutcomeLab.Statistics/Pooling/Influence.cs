using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: how far each estimate moves the pooled result, and how badly it fits.
/// Formula: with (i) for a fit without estimate i, h its leverage: externally standardised residual (yᵢ − xᵢ'b₍ᵢ₎) / √(vᵢ + τ²₍ᵢ₎ +
/// xᵢ'var(b₍ᵢ₎)xᵢ); DFFITS (xᵢ'b − xᵢ'b₍ᵢ₎) / √(hᵢ(vᵢ + τ²₍ᵢ₎) s²₍ᵢ₎); Cook's distance (b − b₍ᵢ₎)'X'WX(b − b₍ᵢ₎); covariance ratio
/// |var b₍ᵢ₎| / |var b|; internally standardised residual (yᵢ − xᵢ'b) / √(vᵢ + τ² − xᵢ'(X'WX)⁻¹xᵢ).
/// Arguments: see <see cref="Of"/>; independent estimates.
/// Result: one <see cref="InfluenceValues"/> per estimate.
/// Not estimable when: a model without one of the estimates is not.
/// Ties, order, seed: none.
/// Source: Viechtbauer and Cheung (2010), Research Synthesis Methods 1(2), p. 112–125.
/// Checked against: metafor 3.8-1 influence, rstudent and rstandard (1e-8).
/// </summary>
public static class Influence
{
    /// <summary>Computes the diagnostics.</summary>
    /// <param name="model">A fitted model of independent estimates.</param>
    /// <param name="cancellationToken">Stops between two fits.</param>
    /// <returns>One set of diagnostics per estimate, or why there are none.</returns>
    /// <exception cref="ArgumentException">The estimates came with a covariance matrix.</exception>
    public static Estimable<IReadOnlyList<InfluenceValues>> Of(PooledModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Data.IsCorrelated) throw new ArgumentException("These diagnostics are for independent estimates.", nameof(model));

        var values = new InfluenceValues[model.Data.Count];
        var weights = model.Weights();
        for (var i = 0; i < values.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var without = RandomEffects.Fit(model.Data.Without(i), model.Options);
            if (without is NotEstimable<PooledModel> none)
            {
                return Estimable.Not<IReadOnlyList<InfluenceValues>>(none.Reason, $"Without estimate {i}: {none.Detail}");
            }

            values[i] = Compare(model, ((Estimated<PooledModel>)without).Value, i, weights[i]);
        }

        return Estimable.Of<IReadOnlyList<InfluenceValues>>(values);
    }

    private static InfluenceValues Compare(PooledModel model, PooledModel without, int i, double weight)
    {
        var p = model.Coefficients.Count;
        Span<double> row = stackalloc double[p];
        model.CopyRow(i, row);
        var (y, v) = (model.Data.Estimates[i], model.Data.Variances[i]);
        double fitted = 0, deleted = 0;
        for (var j = 0; j < p; j++)
        {
            fitted += row[j] * model.Coefficients[j].Estimate;
            deleted += row[j] * without.Coefficients[j].Estimate;
        }

        // In orthonormal coordinates the change of coefficients is R(b − b₍ᵢ₎), and X'WX is Q'WQ.
        var change = new double[p];
        for (var j = 0; j < p; j++)
        {
            for (var l = j; l < p; l++)
            {
                change[j] += model.Basis.Triangle[(j * p) + l] * (model.Coefficients[l].Estimate - without.Coefficients[l].Estimate);
            }
        }

        var information = Cholesky.TryFactor(model.Pass.Inverse, p, 0)!;
        var cook = LaneSum.Dot(change, information.Solve(change));
        var ratio = Math.Exp(LogDeterminant(without) - LogDeterminant(model));
        var spread = Quadratic(model, row) / model.VarianceFactor;
        var leverage = spread * model.Pass.Weights[i];
        var total = v + without.Heterogeneity.TauSquared;
        return new InfluenceValues(
            (y - deleted) / Math.Sqrt(total + Quadratic(without, row)),
            (y - fitted) / Math.Sqrt(v + model.Heterogeneity.TauSquared - spread),
            (fitted - deleted) / Math.Sqrt(without.VarianceFactor * leverage * total),
            cook,
            ratio,
            without.Heterogeneity.TauSquared,
            without.Heterogeneity.Q,
            leverage,
            weight);
    }

    private static double Quadratic(PooledModel model, ReadOnlySpan<double> row)
    {
        var (sum, p) = (0.0, row.Length);
        var covariance = model.CoefficientCovariance.Span;
        for (var j = 0; j < p; j++)
        {
            for (var l = 0; l < p; l++) sum += row[j] * row[l] * covariance[(j * p) + l];
        }

        return sum;
    }

    private static double LogDeterminant(PooledModel model)
    {
        var p = model.Coefficients.Count;
        var sum = (p * Math.Log(model.VarianceFactor)) - model.Pass.LogDeterminant;
        for (var j = 0; j < p; j++) sum -= 2 * Math.Log(model.Basis.Triangle[(j * p) + j]);
        return sum;
    }
}
