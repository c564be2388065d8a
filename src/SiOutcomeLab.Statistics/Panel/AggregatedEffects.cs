using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Averages of group-time effects: one overall, and one per group, period or event time.</summary>
public sealed class AggregatedEffects
{
    private readonly UnitClusters _clusters;

    internal AggregatedEffects(UnitClusters clusters) => _clusters = clusters;

    /// <summary>Over what.</summary>
    public required Aggregation Aggregation { get; init; }

    /// <summary>The overall average.</summary>
    public required PointEstimate Overall { get; init; }

    /// <summary>
    /// Key (cohort, period or event time) and estimate, ascending; empty for <see cref="Aggregation.Simple"/>. The standard error is 0
    /// where all cells are base periods.
    /// </summary>
    public required IReadOnlyList<(int Key, PointEstimate Estimate)> ByKey { get; init; }

    /// <summary>Number of cells that could not be estimated and are left out.</summary>
    public required int CellsLeftOut { get; init; }

    /// <summary>How standard errors were computed.</summary>
    public StandardErrorType StandardErrorType => _clusters.Type;

    /// <summary>Degrees of freedom of the t distribution: clusters − 1; infinite without clusters.</summary>
    public double DegreesOfFreedom => _clusters.DegreesOfFreedom;

    /// <summary>
    /// Influence per unit on the overall average, scaled so that the squares (within-cluster sums squared) sum to the variance. Never
    /// released: it is a person-level number.
    /// </summary>
    public required ReadOnlyMemory<double> OverallInfluence { get; init; }

    /// <summary>Influence per key and unit, in the order of <see cref="ByKey"/>. Never released.</summary>
    public required IReadOnlyList<double[]> InfluenceByKey { get; init; }

    /// <summary>Covariance matrix of the estimates by key, row-major, in the order of <see cref="ByKey"/>.</summary>
    /// <returns>Keys × keys.</returns>
    public double[,] Covariance() => GroupTimeEffects.Covariance([.. InfluenceByKey.Select(_clusters.Sum)]);

    /// <summary>Bands that hold for all keys at once.</summary>
    /// <param name="options">Choices of the bootstrap, with its seed.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <param name="cancellationToken">Stops the work between draws.</param>
    /// <returns>Standard errors and the critical value.</returns>
    public Estimable<UniformBand> Band(
        MultiplierBootstrapOptions options, double level = 0.95, int? threads = null, CancellationToken cancellationToken = default) =>
        MultiplierBootstrap.Run([.. InfluenceByKey.Select(_clusters.Sum)], options, level, threads, cancellationToken);
}
