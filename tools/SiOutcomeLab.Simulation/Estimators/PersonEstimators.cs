using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Simulation.Scenarios;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Simulation.Estimators;

/// <summary>The lab's ways from persons to an effect, by name, with the balance gate's word beside.</summary>
internal static class PersonEstimators
{
    public const string Headline = "AIPW on propensity weights";
    public const string Jackknife = "AIPW, jackknife";
    public const string EntropyAugmented = "AIPW on entropy balancing";

    private const int SmallGroup = 150;

    private static readonly Dictionary<string, Func<Persons, Answer>> All = new(StringComparer.Ordinal)
    {
        ["naive difference"] = p => Weighted("naive difference", p, Estimable.Of(BalancingWeights.Known(Ones(p), Estimand.Treated)), gated: false),
        [Headline] = p => Augmented(Headline, p, Propensity(p).Then(f => InversePropensity.Weights(f, p.Treated, Estimand.Treated)), false),
        [Jackknife] = p => Jackknifed(Jackknife, p),
        ["AIPW, Hájek"] = p => Augmented("AIPW, Hájek", p, Propensity(p).Then(f => InversePropensity.Weights(f, p.Treated, Estimand.Treated)), true),
        [EntropyAugmented] = p => Augmented(EntropyAugmented, p, EntropyBalancing.Att(p.X, p.Treated), false),
        ["IPW"] = p => Weighted("IPW", p, Propensity(p).Then(f => InversePropensity.Weights(f, p.Treated, Estimand.Treated))),
        ["entropy balancing"] = p => Weighted("entropy balancing", p, EntropyBalancing.Att(p.X, p.Treated)),
        ["overlap weights"] = p => Weighted("overlap weights", p, Propensity(p).Then(f => InversePropensity.Weights(f, p.Treated, Estimand.Overlap))),
        ["matching 1:1"] = p => Matched("matching 1:1", p, 1),
        ["matching 1:3"] = p => Matched("matching 1:3", p, 3),
        ["matching 1:3, regression after"] = p => MatchedThenRegressed("matching 1:3, regression after", p, 3),
        ["AIPW, cross-fitted"] = p => CrossFitted("AIPW, cross-fitted", p),
    };

    /// <summary>Those tried on so many persons: to leave each out in turn is for small groups.</summary>
    public static IReadOnlyList<string> For(int persons) => [.. All.Keys.Where(name => persons <= SmallGroup || name != Jackknife)];

    public static Answer Ask(string estimator, Persons persons) => All[estimator](persons);

    /// <summary>Right when either model is: also entropy balancing, whose weights are those of a logistic model (Zhao and Percival 2017).</summary>
    public static bool IsDoublyRobust(string estimator) =>
        estimator.StartsWith("AIPW", StringComparison.Ordinal) || estimator is "entropy balancing" or "matching 1:3, regression after";

    public static bool Adjusts(string estimator) => estimator != "naive difference";

    private static Estimable<PropensityFit> Propensity(Persons p) => new LogisticRegression(threads: 1).Fit(p.X, p.Treated);

    private static double[] Ones(Persons p)
    {
        var ones = new double[p.Treated.Length];
        Array.Fill(ones, 1);
        return ones;
    }

    private static Answer Augmented(string name, Persons p, Estimable<BalancingWeights> weights, bool normalised) => weights.Match(
        w => Told(
            name, p, AugmentedInversePropensity.Att(p.Outcome, p.Treated, w, p.X, normalised, p.Clusters), p.TruthForTreated(w.Weights.Span),
            Gate(p, w.Weights.Span, hasOutcomeModel: true)),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    // Everything anew without each person: for small groups, where influence values are too small.
    private static Answer Jackknifed(string name, Persons p)
    {
        var free = Math.Max(1, Math.Min(p.Treated.Count(t => t), p.Treated.Count(t => !t)) - p.X.Columns - 1);
        return Statistics.Effects.Resampling.Jackknife.Estimate(
            p.Treated.Length,
            rows =>
            {
                var x = p.X.SelectRows(rows);
                bool[] treated = [.. rows.Select(i => p.Treated[i])];
                double[] outcome = [.. rows.Select(i => p.Outcome[i])];
                return ((IPropensityModel)new LogisticRegression(threads: 1)).Fit(x, treated)
                    .Then(f => InversePropensity.Weights(f, treated, Estimand.Treated))
                    .Then(w => AugmentedInversePropensity.Att(outcome, treated, w, x));
            },
            free,
            p.Clusters,
            threads: 1).Match(
            e => new Answer(name, p.TruthForTreated(Ones(p)), e.Estimate, e.StandardError, e.ConfidenceLow, e.ConfidenceHigh, null),
            (reason, _) => Answer.Refused(name, reason.ToString()));
    }

    private static Answer Weighted(string name, Persons p, Estimable<BalancingWeights> weights, bool gated = true) => weights.Match(
        w => Told(
            name, p, WeightedDifference.Estimate(p.Outcome, p.Treated, w, p.Clusters),
            w.Estimand == Estimand.Overlap ? p.TruthForOverlap() : p.TruthForTreated(w.Weights.Span),
            gated ? Gate(p, w.Weights.Span, hasOutcomeModel: false) : null),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    private static Answer Matched(string name, Persons p, int ratio) => Sample(p, ratio).Match(
        s => Told(
            name, p, MatchedDifference.Estimate(p.Outcome, p.Treated, s, p.Clusters), p.TruthForTreated(s.Weights.Span),
            Gate(p, s.Weights.Span, hasOutcomeModel: false)),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    private static Answer MatchedThenRegressed(string name, Persons p, int ratio) => Sample(p, ratio).Match(
        s => Told(
            name,
            p,
            GComputation.Estimate(
                p.Outcome, p.Treated, p.X, BalancingWeights.Known(s.Weights.Span, Estimand.Treated),
                new GComputationOptions { ErrorType = StandardErrorType.ClusterHc1, Threads = 1 }, s.Subclasses.Span).Map(g => g.Difference),
            p.TruthForTreated(s.Weights.Span),
            Gate(p, s.Weights.Span, hasOutcomeModel: true)),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    private static Answer CrossFitted(string name, Persons p) =>
        CrossFitting.Fit(new LogisticRegression(threads: 1), p.X, p.Treated, folds: 5, seed: 1, clusters: p.Clusters)
            .Then(c => CrossFittedAugmentation.Estimate(p.Outcome, p.Treated, c.Scores.Span, c.Folds.Span, p.X, clusters: p.Clusters))
            .Match(
                e => new Answer(name, p.TruthForTreated(Ones(p)), e.Estimate, e.StandardError, e.ConfidenceLow, e.ConfidenceHigh, null),
                (reason, _) => Answer.Refused(name, reason.ToString()));

    private static Estimable<MatchedSample> Sample(Persons p, int ratio)
    {
        var keys = new long[p.Treated.Length];
        for (var i = 0; i < keys.Length; i++) keys[i] = i;
        var options = new NearestNeighbourOptions { Ratio = ratio, Caliper = Caliper.StandardDeviations(0.2) };
        return Propensity(p).Then(f => NearestNeighbour.Match(f.LinearPredictors.Span, p.Treated, keys, options));
    }

    private static Answer Told(string name, Persons p, Estimable<EffectResult> effect, double truth, bool? gate) => effect.Match(
        e => new Answer(name, truth, e.Estimate, e.StandardError, e.ConfidenceLow, e.ConfidenceHigh, gate),
        (reason, _) => Answer.Refused(name, reason.ToString(), gate));

    // Amber passes where an outcome model adjusts once more.
    private static bool Gate(Persons p, ReadOnlySpan<double> weights, bool hasOutcomeModel) =>
        BalanceTable.Compute(p.X, p.Treated, weights).Match(
            t => BalanceGate.Judge(t).Grade is var grade && (grade == BalanceGrade.Pass || (grade == BalanceGrade.Amber && hasOutcomeModel)),
            (_, _) => false);
}
