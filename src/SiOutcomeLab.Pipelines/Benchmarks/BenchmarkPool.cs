using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Measures;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// From the municipalities' own estimates and their covariance to the pooled effect and each one's place: random effects by REML with
/// Hartung and Knapp's interval; each one's own effect and a further one's with what is unknown of their spread averaged over.
/// </summary>
internal static class BenchmarkPool
{
    /// <summary>The fewest municipalities that are pooled.</summary>
    public const int MinimumContributors = 3;

    // Normal quantiles of 95 % and 99.8 %, the two funnel limits.
    private const double Inner = 1.959963984540054;
    private const double Outer = 3.090232306167813;

    /// <summary>Pools.</summary>
    /// <param name="bare">The benchmark with its contributors' own estimates, and nothing pooled.</param>
    /// <param name="covariance">Of their sampling errors, in their order.</param>
    /// <param name="direction">Which way is better.</param>
    /// <param name="cancellationToken">Stops between two fits.</param>
    public static Benchmark Pool(Benchmark bare, double[] covariance, MeasureDirection direction, CancellationToken cancellationToken)
    {
        var contributors = bare.Contributors;
        if (contributors.Count < MinimumContributors) return bare with { NotPoolable = NotPoolableReason.FewerThanThree };
        var data = EstimateSet.Correlated([.. contributors.Select(c => c.Estimate.Point)], covariance);
        var answer = RandomEffects.Fit(data, new PoolingOptions { Level = bare.Level });
        var partial = PartialPooling.Fit(data, bare.Level);
        if (answer.Then(m => partial.Map(p => (m, p))) is not Estimated<(PooledModel, PartiallyPooled)> { Value: var (model, places) })
        {
            var reason = answer is NotEstimable<PooledModel> none ? none.Reason : ((NotEstimable<PartiallyPooled>)partial).Reason;
            return bare with
            {
                NotPoolable = reason == NotEstimableReason.Collinear ? NotPoolableReason.SamePersons : NotPoolableReason.NoSolution,
            };
        }

        var largest = LargestCorrelation(covariance, contributors.Count);
        var estimates = contributors.Select(c => c.Estimate).ToArray();
        var ratio = OneStageRule.Holds(estimates, largest) ? OneStageRule.Fit(estimates, bare.Level, cancellationToken) : null;
        return bare with
        {
            Model = ratio is null ? BenchmarkModel.TwoStage : BenchmarkModel.OneStageStratified,
            Contributors = Placed(bare, model, places, direction, cancellationToken),
            Pooled = EffectOf(model, places.Further, largest),
            OneStage = ratio,
            Balance = BalanceOf(contributors),
        };
    }

    /// <summary>The covariance of some of the estimates.</summary>
    public static double[] Select(double[] covariance, int size, int[] rows)
    {
        var kept = new double[rows.Length * rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            for (var j = 0; j < rows.Length; j++) kept[(i * rows.Length) + j] = covariance[(rows[i] * size) + rows[j]];
        }

        return kept;
    }

    private static PooledEffect EffectOf(PooledModel model, ValueRange further, double largestCorrelation)
    {
        var (effect, spread) = (model.Effect, model.Heterogeneity);
        return new PooledEffect(
            effect.Estimate, effect.StandardError, effect.ConfidenceLow, effect.ConfidenceHigh, effect.PValue, spread.TauSquared, spread.ISquared,
            spread.Q, spread.QDegreesOfFreedom, spread.QPValue, further.Low, further.High, largestCorrelation);
    }

    private static BenchmarkContributor[] Placed(
        Benchmark bare, PooledModel model, PartiallyPooled places, MeasureDirection direction, CancellationToken cancellationToken)
    {
        var (weights, shrunken, without) = (model.Weights(), places.Sources, LeaveOneOut.Of(model, cancellationToken));
        var middle = model.Effect.Estimate;
        return [.. bare.Contributors.Select((c, i) =>
        {
            var (own, s) = (c.Estimate, shrunken[i]);
            var better = direction switch
            {
                MeasureDirection.HigherIsBetter => s.ProbabilityAbove,
                MeasureDirection.LowerIsBetter => 1 - s.ProbabilityAbove,
                _ => (double?)null,
            };
            var rest = without[i] is Estimated<PooledModel> { Value: var reduced }
                ? new PoolWithout(
                    reduced.Effect.Estimate, reduced.Effect.ConfidenceLow, reduced.Effect.ConfidenceHigh, reduced.Heterogeneity.TauSquared)
                : null;
            return c with
            {
                Place = new BenchmarkPlace(
                    weights[i],
                    new ShrunkenEffect(s.Estimate, s.StandardError, s.Low, s.High, s.Kept, s.ProbabilityAbove, better),
                    rest,
                    new FunnelPlace(
                        (own.Point - middle) / own.StandardError,
                        middle - (Inner * own.StandardError),
                        middle + (Inner * own.StandardError),
                        middle - (Outer * own.StandardError),
                        middle + (Outer * own.StandardError))),
            };
        })];
    }

    private static PooledBalance[] BalanceOf(IReadOnlyList<BenchmarkContributor> contributors) =>
    [
        .. contributors.SelectMany(c => c.Diagnostics.Balance.Select(row => (c.Municipality, Persons: (double)c.Estimate.Treated, Row: row)))
            .GroupBy(x => x.Row.Covariate, StringComparer.Ordinal)
            .OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(rows =>
            {
                var persons = rows.Sum(r => r.Persons);
                var worst = rows.OrderByDescending(r => Math.Abs(r.Row.SmdAfter)).ThenBy(r => r.Municipality.Code, StringComparer.Ordinal).First();
                return new PooledBalance(
                    rows.Key,
                    rows.Count(),
                    rows.Sum(r => Math.Abs(r.Row.SmdBefore) * r.Persons) / persons,
                    rows.Sum(r => Math.Abs(r.Row.SmdAfter) * r.Persons) / persons,
                    Math.Abs(worst.Row.SmdAfter),
                    worst.Municipality);
            }),
    ];

    private static double LargestCorrelation(double[] covariance, int size)
    {
        double largest = 0;
        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b < a; b++)
            {
                var correlation = covariance[(a * size) + b] / Math.Sqrt(covariance[(a * size) + a] * covariance[(b * size) + b]);
                if (Math.Abs(correlation) > Math.Abs(largest)) largest = correlation;
            }
        }

        return largest;
    }
}
