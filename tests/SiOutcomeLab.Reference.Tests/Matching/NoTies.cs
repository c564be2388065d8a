using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>Simulated data whose scores are all distinct, and every method that MatchIt 4.7.2 was run with on it.</summary>
internal static class NoTies
{
    public static readonly ReferenceTable File = ReferenceTable.Read("match_notie.csv");
    public static readonly bool[] Treated = File.Flags("treat");
    public static readonly bool[] Swapped = [.. Treated.Select(t => !t)];
    public static readonly double[] Scores = File.Numbers("ps");
    public static readonly double[] Outcome = File.Numbers("y");
    public static readonly long[] OrderKey = [.. File.Numbers("id").Select(id => (long)id)];
    public static readonly DesignMatrix Covariates = Columns("x1", "x2", "x3", "x4", "x5", "x6");

    private static readonly Caliper Fifth = Caliper.StandardDeviations(0.2);
    private static readonly Dictionary<string, Coarsening> Bins = new()
    {
        ["x1"] = Coarsening.Bins(5), ["x2"] = Coarsening.Bins(5), ["x3"] = Coarsening.Bins(4), ["x4"] = Coarsening.Bins(3)
    };

    private static readonly NearestNeighbourOptions Given = new() { Order = MatchingOrder.AsGiven };

    public static readonly Dictionary<string, Func<MatchedRows>> Methods = new()
    {
        ["nn1"] = () => Nearest(new()),
        ["nn1_rep"] = () => Nearest(new() { Replacement = true }),
        ["nn1_cal02"] = () => Nearest(new() { Caliper = Fifth }),
        ["nn1_cal005"] = () => Nearest(new() { Caliper = Caliper.StandardDeviations(0.05) }),
        ["nn1_calabs"] = () => Nearest(new() { Caliper = Caliper.Raw(0.01) }),
        ["nn1_smallest"] = () => Nearest(new() { Order = MatchingOrder.SmallestFirst }),
        ["nn1_closest"] = () => Nearest(new() { Order = MatchingOrder.ClosestFirst }),
        ["nn1_farthest"] = () => Nearest(new() { Order = MatchingOrder.FarthestFirst }),
        ["nn1_data"] = () => Nearest(Given),
        ["nn2"] = () => Nearest(new() { Ratio = 2 }),
        ["nn3_rep"] = () => Nearest(new() { Ratio = 3, Replacement = true }),
        ["nn2_cal02"] = () => Nearest(new() { Ratio = 2, Caliper = Fifth }),
        ["nn1_reuse3"] = () => Nearest(new() { Replacement = true, MaximumReuse = 3 }),
        ["nn1_exact_x6"] = () => Nearest(new(), "x6"),
        ["nn1_exact_x5x6_cal"] = () => Nearest(new() { Caliper = Fifth }, "x5", "x6"),
        ["nn1_calcov"] = () => Nearest(new()
        {
            Caliper = Fifth,
            CovariateCalipers = [new("x1", File.Numbers("x1"), Caliper.StandardDeviations(0.25))]
        }),
        ["nn1_atc"] = () => Lalonde.Value(NearestNeighbour.Match(Scores, Swapped, OrderKey, new() { Replacement = true })),
        ["nn_var"] = () => Nearest(new() { Ratio = 2, VariableRatio = new(1, 4) }),
        ["maha"] = () => OnCovariates(Covariates, Given),
        ["maha_rep"] = () => OnCovariates(Covariates, Given with { Replacement = true }),
        ["robmaha_rep"] = () => OnCovariates(Covariates, Given with { Replacement = true }, DistanceMetric.RankMahalanobis),
        ["seuc_rep"] = () => OnCovariates(Covariates, Given with { Replacement = true }, DistanceMetric.ScaledEuclidean),
        ["mahvars_cal"] = () => Lalonde.Value(MahalanobisMatching.Match(
            Columns("x1", "x2", "x3"), Treated, OrderKey, new() { Caliper = Fifth }, DistanceMetric.Mahalanobis, Scores)),
        ["sub5"] = () => Lalonde.Value(Subclassification.Match(Scores, Treated, new() { Subclasses = 5 })),
        ["sub10_ate"] = () => Lalonde.Value(
            Subclassification.Match(Scores, Treated, new() { Subclasses = 10, Estimand = Estimand.Everyone })),
        ["cem_cut"] = () => Lalonde.Value(CoarsenedExactMatching.Match(Covariates, Treated, Bins)),
        ["cem_k2k"] = () => Lalonde.Value(CoarsenedExactMatching.MatchPairs(Covariates, Treated, OrderKey, Bins))
    };

    /// <summary>
    /// Methods with one smallest total and many ways to it, for two pairs that lie apart on a line can swap partners at no cost: only the
    /// total is one right answer.
    /// </summary>
    public static readonly Dictionary<string, Func<MatchedRows>> Optima = new()
    {
        ["full"] = () => Full(Estimand.Treated),
        ["full_ate"] = () => Full(Estimand.Everyone),
        ["optimal"] = () => Optimal(1),
        ["optimal_r3"] = () => Optimal(3)
    };

    public static DesignMatrix Columns(params string[] names) =>
        DesignMatrix.FromColumns([.. names.Select(name => (name, File.Numbers(name)))]);

    /// <summary>Sum of score distances over all pairs of treated and comparison rows that share a set or are paired.</summary>
    public static double ScoreDistance(MatchedRows rows, double[] scores, bool[] treated)
    {
        double sum = 0;
        if (rows is MatchedSample sample)
        {
            for (var i = 0; i < sample.TreatedRows.Count; i++)
            {
                foreach (var control in sample.ControlsOf(i))
                {
                    if (control >= 0) sum += Math.Abs(scores[sample.TreatedRows[i]] - scores[control]);
                }
            }

            return sum;
        }

        var sets = rows.Subclasses.ToArray();
        foreach (var set in Enumerable.Range(0, sets.Length).Where(i => sets[i] >= 0).GroupBy(i => sets[i]))
        {
            sum += set.Where(i => treated[i]).Sum(i => set.Where(j => !treated[j]).Sum(j => Math.Abs(scores[i] - scores[j])));
        }

        return sum;
    }

    private static MatchedSample Nearest(NearestNeighbourOptions options, params string[] exact)
    {
        var columns = exact.Select(File.Numbers).ToArray();
        int[] strata = exact.Length == 0 ? [] : [.. Enumerable.Range(0, Treated.Length).Select(i => Code(columns, i))];
        return Lalonde.Value(NearestNeighbour.Match(Scores, Treated, OrderKey, options, strata));
    }

    private static MatchedSets Full(Estimand estimand) => Lalonde.Value(FullMatching.Match(
        Scores, Treated, OrderKey, new() { Estimand = estimand }, cancellationToken: TestContext.Current.CancellationToken));

    private static MatchedSample Optimal(int ratio) => Lalonde.Value(OptimalMatching.Match(
        Scores, Treated, OrderKey, new() { Ratio = ratio }, cancellationToken: TestContext.Current.CancellationToken));

    private static MatchedSample OnCovariates(
        DesignMatrix x, NearestNeighbourOptions options, DistanceMetric metric = DistanceMetric.Mahalanobis) =>
        Lalonde.Value(MahalanobisMatching.Match(x, Treated, OrderKey, options, metric));

    private static int Code(double[][] columns, int row) => columns.Aggregate(0, (code, column) => (code * 10) + (int)column[row]);
}
