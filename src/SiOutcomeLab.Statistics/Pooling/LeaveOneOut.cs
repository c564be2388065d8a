namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// Estimand: as <see cref="RandomEffects"/>, k times, each time without one estimate, to see whether one source carries the result.
/// Formula: the whole model, τ² included, is fitted again to the k − 1 others.
/// Arguments: see <see cref="Of"/>.
/// Result: one model per estimate left out, in order.
/// Not estimable when: a reduced model is not; the refusal says so in that place of the list.
/// Ties, order, seed: none.
/// Source: Viechtbauer and Cheung (2010), Research Synthesis Methods 1(2), p. 112–125.
/// Checked against: metafor 3.8-1 leave1out (1e-8).
/// </summary>
public static class LeaveOneOut
{
    /// <summary>Fits the model without each estimate in turn.</summary>
    /// <param name="model">A fitted model.</param>
    /// <param name="cancellationToken">Stops between two fits.</param>
    /// <returns>k models.</returns>
    public static IReadOnlyList<Estimable<PooledModel>> Of(PooledModel model, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        var models = new Estimable<PooledModel>[model.Data.Count];
        for (var i = 0; i < models.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            models[i] = RandomEffects.Fit(model.Data.Without(i), model.Options);
        }

        return models;
    }
}
