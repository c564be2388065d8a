using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.LinearAlgebra;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>All effects by cohort and period, in full precision, and what follows from them.</summary>
public sealed class GroupTimeEffects
{
    private readonly CallawaySantAnnaOptions _options;
    private readonly int[] _firstTreated;
    private readonly double[] _weights;
    private readonly UnitClusters _clusters;

    internal GroupTimeEffects(
        CohortPlan plan, CallawaySantAnnaOptions options, GroupTimeEffect[] cells, int[] firstTreated, double[] weights, UnitClusters clusters)
    {
        (_options, _firstTreated, _weights, _clusters) = (options, firstTreated, weights, clusters);
        (AlwaysTreated, LastCohortAsControl) = (plan.AlwaysTreated, plan.LastCohort);
        Cells = [.. cells.Select(cell => cell.Influence.Length == 0 ? cell : cell with { Effect = cell.Effect.Then(e => WithError(e, cell)) })];
    }

    /// <summary>The effects, by cohort and then period.</summary>
    public IReadOnlyList<GroupTimeEffect> Cells { get; }

    /// <summary>Number of units in the data, those not used counted.</summary>
    public int Units => _firstTreated.Length;

    /// <summary>Units left out because they are not observed in every period.</summary>
    public int LeftOut { get; internal init; }

    /// <summary>Units left out because they are treated from the first period on (less anticipation).</summary>
    public int AlwaysTreated { get; }

    /// <summary>The last cohort, when it serves as comparison only because nobody is never treated; else null.</summary>
    public int? LastCohortAsControl { get; }

    /// <summary>How standard errors were computed.</summary>
    public StandardErrorType StandardErrorType => _clusters.Type;

    /// <summary>Degrees of freedom of the t distribution: clusters − 1; infinite without clusters.</summary>
    public double DegreesOfFreedom => _clusters.DegreesOfFreedom;

    /// <summary>Averages the effects.</summary>
    /// <param name="aggregation">Over what.</param>
    /// <param name="options">Which cells, or null for all.</param>
    /// <returns>The averages with standard errors that carry the estimation of cohort shares, or why there are none.</returns>
    public Estimable<AggregatedEffects> Aggregate(Aggregation aggregation, AggregationOptions? options = null) =>
        new CellAverages(Cells, _firstTreated, _weights, _clusters).Aggregate(aggregation, options ?? new AggregationOptions());

    /// <summary>
    /// Wald test that all effects before treatment are zero; <see cref="SmallestDetectableTrend"/> says what it can see.
    /// </summary>
    /// <returns>Statistic, degrees of freedom and p-value, or why there are none.</returns>
    public Estimable<WaldTest> PreTest()
    {
        var cells = Cells.Where(cell => cell.Period < cell.Group && cell.Influence.Length > 0 && cell.Effect is Estimated<PointEstimate>).ToArray();
        if (cells.Length == 0) return Estimable.Not<WaldTest>(NotEstimableReason.TooFewObservations, "No effect before treatment can be estimated.");

        var estimates = cells.Select(cell => ((Estimated<PointEstimate>)cell.Effect).Value.Value).ToArray();
        return WaldTest.OfZero(estimates, Covariance([.. cells.Select(cell => _clusters.Sum(PerUnit(cell)))]));
    }

    /// <summary>
    /// The smallest linear difference in trends that the event study's estimates before treatment would show with a given power. An
    /// effect of that slope's size times the length of follow-up can be trend alone and yet pass the test.
    /// </summary>
    /// <param name="power">Wanted power, in (0, 1).</param>
    /// <param name="criterion">When a trend counts as seen.</param>
    /// <param name="level">Level of the test, in (0, 1).</param>
    /// <returns>The slope per unit of time, or why there is none.</returns>
    public Estimable<TrendDetection> SmallestDetectableTrend(
        double power = 0.8, PreTrendCriterion criterion = PreTrendCriterion.AnyEstimate, double level = 0.05)
    {
        var cells = Cells.Where(cell => cell.Period < cell.Group && cell.Influence.Length > 0).ToArray();
        // What each cell would be under a slope of one: the time between its base period and itself.
        var gaps = cells.Select(cell => cell with { Influence = [], Units = [], Effect = cell.Effect.Map(_ => new PointEstimate(cell.Period - cell.BasePeriod, 0)) });
        var direction = new CellAverages([.. gaps], _firstTreated, _weights, _clusters).ByEventTime();
        var estimates = new CellAverages(cells, _firstTreated, _weights, _clusters).ByEventTime();
        return estimates.Count == 0
            ? Estimable.Not<TrendDetection>(NotEstimableReason.TooFewObservations, "No effect before treatment can be estimated.")
            : PreTrends.SmallestDetectable(
                Covariance([.. estimates.Select(average => _clusters.Sum(average.Influence))]),
                [.. direction.Select(average => average.Value)],
                power,
                criterion,
                level);
    }

    /// <summary>Bands that hold for all estimable cells at once.</summary>
    /// <param name="options">Choices of the bootstrap, with its seed.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    /// <param name="cancellationToken">Stops the work between draws.</param>
    /// <returns>Standard errors in the order of the estimable cells that are not base periods, and the critical value.</returns>
    public Estimable<UniformBand> Band(MultiplierBootstrapOptions options, int? threads = null, CancellationToken cancellationToken = default) =>
        MultiplierBootstrap.Run(
            [.. Cells.Where(cell => cell.Influence.Length > 0 && cell.Effect is Estimated<PointEstimate>).Select(cell => _clusters.Sum(PerUnit(cell)))],
            options,
            _options.Level,
            threads,
            cancellationToken);

    /// <summary>Lower and upper end of the pointwise interval of an estimate from these effects, at the level of the options.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <returns>The ends.</returns>
    public (double Low, double High) Interval(PointEstimate estimate)
    {
        var critical = Quantiles.StudentUpper(DegreesOfFreedom, (1 - _options.Level) / 2);
        return (estimate.Value - (critical * estimate.StandardError), estimate.Value + (critical * estimate.StandardError));
    }

    internal static double[,] Covariance(double[][] influence)
    {
        var covariance = new double[influence.Length, influence.Length];
        for (var i = 0; i < influence.Length; i++)
        {
            for (var j = 0; j <= i; j++) covariance[i, j] = covariance[j, i] = LaneSum.Dot(influence[i], influence[j]);
        }

        return covariance;
    }

    private double[] PerUnit(GroupTimeEffect cell)
    {
        var perUnit = new double[Units];
        cell.AddInfluence(1, perUnit);
        return perUnit;
    }

    private Estimable<PointEstimate> WithError(PointEstimate estimate, GroupTimeEffect cell)
    {
        var alone = StandardErrorType == StandardErrorType.MEstimation && !cell.UnitsRepeat;
        var error = _clusters.StandardError(alone ? cell.Influence : PerUnit(cell));
        return error > 0
            ? Estimable.Of(estimate with { StandardError = error })
            : Estimable.Not<PointEstimate>(NotEstimableReason.NoVariation, "The outcome's change does not vary, so the standard error would be zero.");
    }
}
