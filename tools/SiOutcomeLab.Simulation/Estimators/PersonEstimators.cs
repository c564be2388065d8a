using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Simulation.Scenarios;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
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

    private static readonly Dictionary<string, Func<string, SharedWork, Answer>> All = new(StringComparer.Ordinal)
    {
        ["naive difference"] = Naive,
        [Headline] = (name, d) => Augmented(name, d, d.Odds, false),
        [Jackknife] = Jackknifed,
        ["AIPW, Hájek"] = (name, d) => Augmented(name, d, d.Odds, true),
        [EntropyAugmented] = (name, d) => Augmented(name, d, d.Entropy, false),
        ["IPW"] = (name, d) => Weighted(name, d, d.Odds),
        ["entropy balancing"] = (name, d) => Weighted(name, d, d.Entropy),
        ["overlap weights"] = (name, d) => Weighted(name, d, d.Weights(Estimand.Overlap)),
        ["matching 1:1"] = (name, d) => Matched(name, d, 1),
        ["matching 1:3"] = (name, d) => Matched(name, d, 3),
        ["matching 1:3, regression after"] = (name, d) => MatchedThenRegressed(name, d, 3),
        ["AIPW, cross-fitted"] = CrossFitted,
    };

    /// <summary>Those tried on so many persons: to leave each out in turn is for small groups.</summary>
    public static IReadOnlyList<string> For(int persons) => [.. All.Keys.Where(name => persons <= SmallGroup || name != Jackknife)];

    public static Answer Ask(string estimator, SharedWork work) => All[estimator](estimator, work);

    /// <summary>Right when either model is: also entropy balancing, by its weights logistic (Zhao and Percival 2017).</summary>
    public static bool IsDoublyRobust(string estimator) =>
        estimator.StartsWith("AIPW", StringComparison.Ordinal) || estimator is "entropy balancing" or "matching 1:3, regression after";

    public static bool Adjusts(string estimator) => estimator != "naive difference";

    private static double[] Ones(Persons p)
    {
        var ones = new double[p.Treated.Length];
        Array.Fill(ones, 1);
        return ones;
    }

    private static Answer Naive(string name, SharedWork d) =>
        Weighted(name, d, Estimable.Of(BalancingWeights.Equal(d.Persons.Treated.Length, Estimand.Treated)), gated: false);

    private static Answer Augmented(string name, SharedWork d, Estimable<BalancingWeights> weights, bool normalised) => weights.Match(
        w => Told(
            name, d.Persons,
            AugmentedInversePropensity.Att(d.Persons.Outcome, d.Persons.Treated, w, d.Persons.X, normalised, d.Persons.Clusters),
            d.Persons.TruthForTreated(w.Weights.Span), d.Passes(w, w.Weights.Span, hasOutcomeModel: true)),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    // Everything anew without each person: for small groups, where influence values are too small.
    private static Answer Jackknifed(string name, SharedWork d)
    {
        var p = d.Persons;
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

    private static Answer Weighted(string name, SharedWork d, Estimable<BalancingWeights> weights, bool gated = true) => weights.Match(
        w => Told(
            name, d.Persons, WeightedDifference.Estimate(d.Persons.Outcome, d.Persons.Treated, w, d.Persons.Clusters),
            w.Estimand == Estimand.Overlap ? d.Persons.TruthForOverlap() : d.Persons.TruthForTreated(w.Weights.Span),
            gated ? d.Passes(w, w.Weights.Span, hasOutcomeModel: false) : null),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    private static Answer Matched(string name, SharedWork d, int ratio) => d.Matched(ratio).Match(
        s => Told(
            name, d.Persons, MatchedDifference.Estimate(d.Persons.Outcome, d.Persons.Treated, s, d.Persons.Clusters),
            d.Persons.TruthForTreated(s.Weights.Span), d.Passes(s, s.Weights.Span, hasOutcomeModel: false)),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    private static Answer MatchedThenRegressed(string name, SharedWork d, int ratio) => d.Matched(ratio).Match(
        s => Told(
            name,
            d.Persons,
            GComputation.Estimate(
                d.Persons.Outcome, d.Persons.Treated, d.Persons.X, BalancingWeights.Known(s.Weights.Span, Estimand.Treated),
                new GComputationOptions { ErrorType = StandardErrorType.ClusterHc1, Threads = 1 }, s.Subclasses.Span)
                .Map(g => g.Difference),
            d.Persons.TruthForTreated(s.Weights.Span),
            d.Passes(s, s.Weights.Span, hasOutcomeModel: true)),
        (reason, _) => Answer.Refused(name, reason.ToString(), false));

    private static Answer CrossFitted(string name, SharedWork d)
    {
        var p = d.Persons;
        return CrossFitting.Fit(new LogisticRegression(threads: 1), p.X, p.Treated, folds: 5, seed: 1, clusters: p.Clusters)
            .Then(c => CrossFittedAugmentation.Estimate(p.Outcome, p.Treated, c.Scores.Span, c.Folds.Span, p.X, clusters: p.Clusters))
            .Match(
                e => new Answer(name, p.TruthForTreated(Ones(p)), e.Estimate, e.StandardError, e.ConfidenceLow, e.ConfidenceHigh, null),
                (reason, _) => Answer.Refused(name, reason.ToString()));
    }

    private static Answer Told(string name, Persons p, Estimable<EffectResult> effect, double truth, bool? gate) => effect.Match(
        e => new Answer(name, truth, e.Estimate, e.StandardError, e.ConfidenceLow, e.ConfidenceHigh, gate),
        (reason, _) => Answer.Refused(name, reason.ToString(), gate));
}
