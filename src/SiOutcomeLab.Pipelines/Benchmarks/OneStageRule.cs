using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling.EffectSizes;
using SiOutcomeLab.Statistics.Pooling.OneStage;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// When a normal approximation of each municipality's own estimate is not to be trusted: a yes-or-no outcome that somewhere fewer than ten
/// persons of an arm have, or have not. Then one stratified likelihood over all tables is read first. It takes municipalities' persons for
/// different ones, so not when two estimates correlate above 0.1. A municipality's comparison arm is what its balanced comparison amounts
/// to: the effective number of persons with the counterfactual mean.
/// </summary>
internal static class OneStageRule
{
    public const int FewPersons = 10;
    public const double LargestCorrelation = 0.1;

    public static bool Holds(IReadOnlyList<PointEstimate> estimates, double largestCorrelation) =>
        Math.Abs(largestCorrelation) <= LargestCorrelation && estimates.All(e => e.TreatedEvents is not null) && estimates.Any(e => IsFew(TableOf(e)));

    public static PooledOddsRatio? Fit(IReadOnlyList<PointEstimate> estimates, double level, CancellationToken cancellationToken) =>
        StratifiedModel.LogOddsRatio([.. estimates.Select(TableOf)], new StratifiedOptions { Level = level }, cancellationToken)
            is Estimated<StratifiedEffect> { Value: var found }
            ? new PooledOddsRatio(
                Math.Exp(found.Effect.Estimate), Math.Exp(found.Effect.ConfidenceLow), Math.Exp(found.Effect.ConfidenceHigh),
                found.Tau, found.HeterogeneityPValue, found.StrataUsed, found.StrataSilent)
            : null;

    private static bool IsFew(TwoByTwo t) =>
        t.TreatedEvents < FewPersons || t.TreatedOthers < FewPersons || t.ComparisonEvents < FewPersons || t.ComparisonOthers < FewPersons;

    private static TwoByTwo TableOf(PointEstimate e)
    {
        var persons = Math.Max(1, (int)Math.Round(e.EffectiveComparison));
        var events = Math.Clamp((int)Math.Round(e.CounterfactualMean * persons), 0, persons);
        return new TwoByTwo(e.TreatedEvents!.Value, e.Treated - e.TreatedEvents.Value, events, persons - events);
    }
}
