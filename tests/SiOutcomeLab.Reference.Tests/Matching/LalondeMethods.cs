using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>Every method that MatchIt 4.7.2 was run with on lalonde, by its block's name.</summary>
internal static class LalondeMethods
{
    private static readonly Caliper Fifth = Caliper.StandardDeviations(0.2);
    private static readonly NearestNeighbourOptions Given = new() { Order = MatchingOrder.AsGiven };

    private static readonly Dictionary<string, Coarsening> Cutpoints = new()
    {
        ["age"] = Coarsening.At(20, 25, 30, 35), ["educ"] = Coarsening.At(8.5, 11.5, 12.5), ["re74"] = Coarsening.At(0.5, 5000, 10000)
    };

    /// <summary>Methods with one right answer, ties broken as MatchIt breaks them.</summary>
    public static readonly Dictionary<string, Func<MatchedRows>> Determined = new()
    {
        ["nn1"] = () => Nearest(new()),
        ["nn1_rep"] = () => Nearest(new() { Replacement = true }),
        ["nn1_cal02"] = () => Nearest(new() { Caliper = Fifth }),
        ["nn1_lin_cal02"] = () => Nearest(new() { Caliper = Fifth }, logit: true),
        ["nn1_lin_cal02_rep"] = () => Nearest(new() { Caliper = Fifth, Replacement = true }, logit: true),
        ["nn2"] = () => Nearest(new() { Ratio = 2 }),
        ["nn2_rep"] = () => Nearest(new() { Ratio = 2, Replacement = true }),
        ["nn2_cal02"] = () => Nearest(new() { Ratio = 2, Caliper = Fifth }),
        ["nn1_smallest"] = () => Nearest(new() { Order = MatchingOrder.SmallestFirst }),
        ["nn1_data"] = () => Nearest(Given),
        ["nn1_exrace"] = () => Nearest(new(), false, "race"),
        ["nn1_cal02_exracemar"] = () => Nearest(new() { Caliper = Fifth }, false, "race", "married"),
        ["nn1_discard"] = () => Nearest(new() { Discard = Discard.Both }),
        ["nn_variable"] = () => Nearest(new() { Ratio = 2, VariableRatio = new(1, 4) }),
        ["sub6"] = () => Subclasses(new()),
        ["sub5"] = () => Subclasses(new() { Subclasses = 5 }),
        ["sub5_ate"] = () => Subclasses(new() { Subclasses = 5, Estimand = Estimand.Everyone }),
        ["exact_race"] = () => Exact(Estimand.Treated, "race"),
        ["exact_rmn"] = () => Exact(Estimand.Treated, "race", "married", "nodegree"),
        ["exact_race_ate"] = () => Exact(Estimand.Everyone, "race"),
        ["cem"] = () => Lalonde.Value(CoarsenedExactMatching.Match(Lalonde.Covariates, Lalonde.Treated)),
        ["cem_cut"] = () => Lalonde.Value(CoarsenedExactMatching.Match(
            Columns("age", "educ", "racehispan", "racewhite", "re74"), Lalonde.Treated, Cutpoints))
    };

    /// <summary>
    /// Methods whose ties MatchIt breaks by its own walk through the first turned coordinate (rows alike in all covariates are many here);
    /// only distances can agree.
    /// </summary>
    public static readonly Dictionary<string, Func<MatchedSample>> Tied = new()
    {
        ["maha_rep"] = () => Lalonde.Value(
            MahalanobisMatching.Match(Lalonde.Covariates, Lalonde.Treated, Lalonde.OrderKey, Given with { Replacement = true })),
        ["maha"] = () => Lalonde.Value(MahalanobisMatching.Match(Lalonde.Covariates, Lalonde.Treated, Lalonde.OrderKey, Given)),
        ["maha_pscal"] = () => Lalonde.Value(MahalanobisMatching.Match(
            Columns("age", "educ", "re74", "re75"), Lalonde.Treated, Lalonde.OrderKey, new() { Caliper = Fifth },
            DistanceMetric.Mahalanobis, Lalonde.Fit.Scores.Span))
    };

    /// <summary>Methods with one smallest total and many ways to it.</summary>
    public static readonly Dictionary<string, Func<MatchedRows>> Optima = new()
    {
        ["full"] = () => Full(Estimand.Treated),
        ["full_tol7"] = () => Full(Estimand.Treated),
        ["full_ate"] = () => Full(Estimand.Everyone),
        ["optimal1"] = () => Optimal(1),
        ["optimal2"] = () => Optimal(2)
    };

    public static DesignMatrix Columns(params string[] names) => DesignMatrix.FromColumns([.. names.Select(name => (name, Column(name)))]);

    public static double[] Column(string name) => name switch
    {
        "raceblack" => Lalonde.Dummy("black"),
        "racehispan" => Lalonde.Dummy("hispan"),
        "racewhite" => Lalonde.Dummy("white"),
        "ps" => Lalonde.Fit.Scores.ToArray(),
        "lp" => Lalonde.Fit.LinearPredictors.ToArray(),
        _ => Lalonde.File.Numbers(name)
    };

    private static MatchedSample Nearest(NearestNeighbourOptions options, bool logit = false, params string[] exact) => Lalonde.Value(
        NearestNeighbour.Match(
            logit ? Lalonde.Fit.LinearPredictors.Span : Lalonde.Fit.Scores.Span, Lalonde.Treated, Lalonde.OrderKey, options,
            Strata(exact)));

    private static MatchedSets Subclasses(SubclassificationOptions options) =>
        Lalonde.Value(Subclassification.Match(Lalonde.Fit.Scores.Span, Lalonde.Treated, options));

    private static MatchedSets Exact(Estimand estimand, params string[] columns) =>
        Lalonde.Value(ExactMatching.Match(Strata(columns), Lalonde.Treated, estimand));

    private static MatchedSets Full(Estimand estimand) => Lalonde.Value(FullMatching.Match(
        Lalonde.Fit.Scores.Span, Lalonde.Treated, Lalonde.OrderKey, new() { Estimand = estimand },
        cancellationToken: TestContext.Current.CancellationToken));

    private static MatchedSample Optimal(int ratio) => Lalonde.Value(OptimalMatching.Match(
        Lalonde.Fit.Scores.Span, Lalonde.Treated, Lalonde.OrderKey, new() { Ratio = ratio },
        cancellationToken: TestContext.Current.CancellationToken));

    private static int[] Strata(string[] columns)
    {
        if (columns.Length == 0) return [];
        var keys = Enumerable.Range(0, Lalonde.Ids.Length)
            .Select(i => string.Join('|', columns.Select(column => Lalonde.File.Text(column)[i]))).ToList();
        var codes = keys.Distinct().ToList();
        return [.. keys.Select(key => codes.IndexOf(key))];
    }
}
