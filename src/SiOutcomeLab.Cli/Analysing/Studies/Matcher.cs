using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Cli.Analysing.Studies;

/// <summary>Calls the engine's matching that the choices name.</summary>
internal static class Matcher
{
    public static Estimable<MatchedRows> Match(
        StudyRows rows, bool[] treated, PropensityFit? fit, MatchChoices choices, CancellationToken cancellationToken)
    {
        var measure = fit is null ? [] : choices.Link == MatchLink.LinearLogit ? fit.LinearPredictors.Span : fit.Scores.Span;
        var keys = Keys(rows, choices.Seed);
        return choices.Method switch
        {
            MatchMethod.Nearest => Nearest(rows, treated, measure, keys, choices),
            MatchMethod.Optimal => Optimal(rows, treated, measure, keys, choices, cancellationToken),
            MatchMethod.Full => Full(rows, treated, measure, keys, choices, cancellationToken),
            MatchMethod.Subclass => Wide(Subclassification.Match(
                measure,
                treated,
                new() { Subclasses = choices.Subclasses, Estimand = choices.Estimand, Discard = choices.Discard })),
            MatchMethod.Exact => Wide(ExactMatching.Match(rows.Strata, treated, choices.Estimand)),
            _ => Wide(CoarsenedExactMatching.Match(rows.Covariates, treated, estimand: choices.Estimand)),
        };
    }

    /// <summary>In which order rows choose: MatchIt's, unless said.</summary>
    public static MatchingOrder Order(MatchChoices choices) => choices.Order ?? (choices.Distance != MatchDistance.Score ? MatchingOrder.AsGiven
        : choices.ChangesOver ? MatchingOrder.SmallestFirst : MatchingOrder.LargestFirst);

    private static Estimable<MatchedRows> Nearest(
        StudyRows rows, bool[] treated, ReadOnlySpan<double> measure, long[] keys, MatchChoices choices)
    {
        var options = new NearestNeighbourOptions
        {
            Ratio = choices.Ratio,
            VariableRatio = choices.Variable is { } bounds ? new RatioBounds(bounds.Least, bounds.Most) : null,
            Replacement = choices.Replace,
            Order = choices.Seed is null ? Order(choices) : MatchingOrder.AsGiven,
            Caliper = choices.Width(),
            Discard = choices.Discard,
        };
        return choices.Distance == MatchDistance.Score
            ? Wide(NearestNeighbour.Match(measure, treated, keys, options, rows.Strata))
            : Wide(MahalanobisMatching.Match(rows.Covariates, treated, keys, options, Metric(choices), measure, rows.Strata));
    }

    private static Estimable<MatchedRows> Optimal(
        StudyRows rows, bool[] treated, ReadOnlySpan<double> measure, long[] keys, MatchChoices choices, CancellationToken cancellationToken)
    {
        var options = new OptimalMatchingOptions { Ratio = choices.Ratio, Caliper = choices.Width(), Discard = choices.Discard };
        return choices.Distance == MatchDistance.Score
            ? Wide(OptimalMatching.Match(measure, treated, keys, options, rows.Strata, cancellationToken))
            : Wide(OptimalMatching.MatchOnCovariates(
                rows.Covariates, treated, keys, options, Metric(choices), measure, rows.Strata, cancellationToken));
    }

    private static Estimable<MatchedRows> Full(
        StudyRows rows, bool[] treated, ReadOnlySpan<double> measure, long[] keys, MatchChoices choices, CancellationToken cancellationToken)
    {
        var options = new FullMatchingOptions { Estimand = choices.Estimand, Caliper = choices.Width(), Discard = choices.Discard };
        return choices.Distance == MatchDistance.Score
            ? Wide(FullMatching.Match(measure, treated, keys, options, rows.Strata, cancellationToken))
            : Wide(FullMatching.MatchOnCovariates(
                rows.Covariates, treated, keys, options, Metric(choices), measure, rows.Strata, cancellationToken));
    }

    private static DistanceMetric Metric(MatchChoices choices) =>
        choices.Distance == MatchDistance.RobustMahalanobis ? DistanceMetric.RankMahalanobis : DistanceMetric.Mahalanobis;

    // Keys in the file's order are MatchIt's rule for ties; shuffled ones make a random order.
    private static long[] Keys(StudyRows rows, int? seed)
    {
        var keys = rows.FileOrder();
        if (seed is { } some) new Random(some).Shuffle(keys);
        return keys;
    }

    private static Estimable<MatchedRows> Wide<T>(Estimable<T> answer)
        where T : MatchedRows => answer.Map<MatchedRows>(sample => sample);
}
