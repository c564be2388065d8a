using SiOutcomeLab.Benchmarks.Yardsticks;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.Resampling;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Panel;
using SiOutcomeLab.Statistics.Pooling;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Propensity.Boosting;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Benchmarks.Engine;

/// <summary>
/// The table of what is measured. Anchors: R 4.2.2 with its reference BLAS on two cores; values by the same calls on the same data. R's glm
/// stops at a relative change of the deviance of 1e-8, which leaves 1e-6 of what follows from its scores.
/// </summary>
internal static class EngineRows
{
    private const double AfterGlm = 1e-6;

    // Among a million scores some stand nearer to each other than glm leaves them open: a few pairs are others. On R's own scores, which
    // are matched first, the value is R's to all its digits.
    private const double NearTies = 1e-4;

    // Two standard deviations of 500 replicates each, of other random numbers: three times their Monte Carlo error.
    private const double Monte = 0.13;
    private const double FullMatchingOptimum = 2.293034491198455;

    // XGBoost's quantiles are others, so its trees are: equal loss is what is asked for. its loss on the same data is expected.
    private const double OtherQuantiles = 0.01;
    private const double XgbLoss = 0.4701025771;

    // metafor stops when τ² changes by less than 1e-5.
    private const double AfterMetafor = 1e-5;

    public static IEnumerable<EngineRow> Of(string folder, YardstickOutcome glm, int repetitions)
    {
        var beside = new EngineYardsticks(folder, repetitions);
        var million = EngineData.Persons(folder, 1_000_000);
        var onScoresOfR = Difference(million, Match(million, EngineData.Doubles(EngineData.ScoresPath(folder, 1_000_000))));
        if (Math.Abs(onScoresOfR - 1.108260571) > 1e-9)
        {
            throw new InvalidDataException($"On R's scores the matched difference is {onScoresOfR:R}.");
        }

        yield return new EngineRow(
            "logistic fit, 1 M × 10", "R glm", 2.796, 0.6, 0.25, -1.016388159, AfterGlm, () => Fit(million).Coefficients.Sum(c => c.Value))
        {
            Yardsticks = beside.Logistic(glm, [.. Fit(million).Coefficients.Select(c => c.Value)]),
        };
        yield return new EngineRow(
            "logistic + 1:1 + balance summary, 1 M", "MatchIt 4.7.2", 5.569, 1.2, 0.5, 1.108260571, NearTies, () =>
            {
                var sample = Match(million, Fit(million).Scores);
                Value(BalanceTable.Compute(million.X, million.Treated, sample.Weights.Span));
                return Difference(million, sample);
            });
        yield return new EngineRow(
            "IPW ATT, M-estimation SE, 1 M", "WeightIt 1.3.1", 17.945, 1.5, 0.5, 0.005297878846, AfterGlm,
            () => Value(WeightedDifference.Estimate(million.Outcome, million.Treated, Odds(million))).StandardError);
        EffectResult Augmented() => Value(AugmentedInversePropensity.Att(million.Outcome, million.Treated, Odds(million), million.X));
        yield return new EngineRow(
            "AIPW ATT, influence-function SE, 1 M", "base R", 3.963, 0.8, 0.4, 0.005242194938, AfterGlm,
            () => Augmented().Alternatives.First(a => a.Type == StandardErrorType.InfluenceFunction).Value)
        {
            Yardsticks = beside.Augmented(Augmented()),
        };
        var weights = Odds(million).Weights;
        yield return new EngineRow(
            "balance table (means, VR, KS; before and after), 1 M × 10", "cobalt 4.5.4", 29.483, 1.0, 0.3, -0.0006314246486, 1e-4,
            () => Value(BalanceTable.Compute(million.X, million.Treated, weights.Span)).Covariates[0].After.Smd);

        var boosting = new GradientBoostedTrees(new BoostingOptions { Seed = 1 });
        double Loss() => Value(boosting.Boost(million.X, million.Treated)).TrainingLoss[^1];
        yield return new EngineRow(
            "boosted trees, 1 M × 10, 100 of depth 6, mean loss", "XGBoost 1.7.4 hist", 4.2, 6, 4, XgbLoss, OtherQuantiles, Loss)
        {
            Yardsticks = beside.Boosting(Loss, OtherQuantiles),
        };

        var some = EngineData.Persons(folder, 200_000);
        var scores = Fit(some).Scores;
        yield return new EngineRow(
            "1:1 matching, scores given, 200 000", "MatchIt 4.7.2", 0.243, 0.05, 0.02, 1.096607675, AfterGlm,
            () => Difference(some, Match(some, scores)))
        {
            Yardsticks = beside.Matching(200_000),
        };

        var fifty = EngineData.Persons(folder, 50_000);
        yield return new EngineRow(
            "Mahalanobis 1:1 with replacement, 50 000", "MatchIt 4.7.2", 129.360, 3, 0.5, 1.180107406, AfterGlm,
            () => Difference(fifty, Value(MahalanobisMatching.Match(
                fifty.X, fifty.Treated, fifty.Keys, new NearestNeighbourOptions { Replacement = true, Order = MatchingOrder.AsGiven }))));

        var ten = EngineData.Persons(folder, 10_000);
        var replicates = new BootstrapOptions { Replicates = 500, Seed = 1 };
        yield return new EngineRow(
            "500 bootstrap replicates of IPW, refitted, 10 000", "R glm.fit, two cores", 7.311, 0.8, 0.25, 0.05220193472, Monte, () =>
                Value(BootstrapInversePropensity.Estimate(
                    ten.Outcome, ten.Treated, ten.X, Estimand.Treated, replicates)).Distribution.StandardError)
        {
            Yardsticks = beside.Bootstrap(0.05220193472, Monte),
        };

        // optmatch's own total is not the optimum. What is expected here is: a dynamic programme over the runs of treated and controls
        // along the line (Colannino et al. 2007, Graphs and Combinatorics 23, p. 169–178), written in R, gives it too.
        var five = EngineData.Persons(folder, 5_000);
        var fiveScores = Fit(five).Scores;
        yield return new EngineRow(
            "optimal full matching, n = 5 000", "optmatch 0.9-16", 27.729, 2, 0.3, FullMatchingOptimum, AfterGlm,
            () => Value(FullMatching.Match(fiveScores.Span, five.Treated, five.Keys, new FullMatchingOptions())).SumOfDistances);

        var panel = Panel(folder);
        var options = new CallawaySantAnnaOptions { Controls = ControlGroup.NotYetTreated };
        yield return new EngineRow(
            "Callaway–Sant'Anna, 50 000 × 10, doubly robust, dynamic", "did 2.5.1", 7.648, 1, 0.3, 1.009254472, AfterGlm,
            () => Value(Value(CallawaySantAnna.Estimate(panel, options)).Aggregate(Aggregation.Dynamic)).Overall.Value);

        var pool = EngineData.Doubles(EngineData.PoolPath(folder));
        var studies = EstimateSet.Independent(pool.AsSpan(0, pool.Length / 2), pool.AsSpan(pool.Length / 2));
        yield return new EngineRow(
            "REML + Knapp–Hartung, k = 1 000", "metafor 3.8", 2.711, 0.02, 0.002, 0.05857316657, AfterMetafor,
            () => Value(RandomEffects.Fit(studies)).Heterogeneity.TauSquared)
        {
            Yardsticks = beside.Pooling(Value(RandomEffects.Fit(studies)), AfterMetafor),
        };
    }

    private static PropensityFit Fit(EngineData data) => Value(new LogisticRegression().Fit(data.X, data.Treated));

    private static BalancingWeights Odds(EngineData data) => Value(InversePropensity.Weights(Fit(data), data.Treated, Estimand.Treated));

    private static MatchedSample Match(EngineData data, ReadOnlyMemory<double> scores) =>
        Value(NearestNeighbour.Match(scores.Span, data.Treated, data.Keys, new NearestNeighbourOptions()));

    private static double Difference(EngineData data, MatchedSample sample)
    {
        var weights = sample.Weights.Span;
        double treated = 0, treatedWeight = 0, others = 0, othersWeight = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (data.Treated[i]) (treated, treatedWeight) = (treated + (weights[i] * data.Outcome[i]), treatedWeight + weights[i]);
            else (others, othersWeight) = (others + (weights[i] * data.Outcome[i]), othersWeight + weights[i]);
        }

        return (treated / treatedWeight) - (others / othersWeight);
    }

    private static PanelData Panel(string folder)
    {
        const int Units = 50_000, Periods = 10;
        var values = EngineData.Doubles(Path.Combine(folder, "panel.bin"));
        var first = new int[Units];
        for (var i = 0; i < Units; i++) first[i] = values[i] == 0 ? PanelRows.NeverTreated : (int)values[i];
        var outcome = new double[Periods][];
        for (var t = 0; t < Periods; t++)
        {
            outcome[t] = new double[Units];
            for (var i = 0; i < Units; i++) outcome[t][i] = values[(2 * Units) + (i * Periods) + t];
        }

        return new PanelData(
            [.. Enumerable.Range(1, Periods)], outcome, first, DesignMatrix.FromColumns([("x", values.AsSpan(Units, Units).ToArray())]));
    }

    private static T Value<T>(Estimable<T> answer) =>
        answer.Match(value => value, (reason, detail) => throw new InvalidOperationException($"{reason}: {detail}"));
}
