namespace SiOutcomeLab.Statistics.Effects.Resampling;

/// <summary>An effect whose standard error comes from samples drawn anew.</summary>
public sealed class BootstrapEffect
{
    internal BootstrapEffect(EffectResult analytic, BootstrapDistribution distribution, bool wholeClusters)
    {
        Distribution = distribution;
        var ratio = distribution.StandardError / analytic.StandardError;
        var influence = analytic.InfluenceValues.ToArray();
        for (var i = 0; i < influence.Length; i++) influence[i] *= ratio;
        Effect = analytic.Restated(
            $"{analytic.Method}, bootstrap",
            new(
                distribution.StandardError,
                wholeClusters ? StandardErrorType.ClusterBootstrap : StandardErrorType.Bootstrap,
                double.PositiveInfinity),
            influence,
            analytic.Clusters,
            [new(analytic.StandardErrorType, analytic.StandardError), .. analytic.Alternatives]);
    }

    /// <summary>The effect with the replicates' standard deviation as its error and the normal interval.</summary>
    public EffectResult Effect { get; }

    /// <summary>All replicates, with the other intervals.</summary>
    public BootstrapDistribution Distribution { get; }
}
