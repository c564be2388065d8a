using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Balance;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>MatchIt's summary of every matched sample on lalonde, before and after, number by number.</summary>
public sealed class LalondeSummaryTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    private static readonly string[] All = ["age", "educ", "raceblack", "racehispan", "racewhite", "married", "nodegree", "re74", "re75"];

    public static TheoryData<string> Methods =>
        [.. LalondeMethods.Determined.Keys, .. LalondeMethods.Tied.Keys, .. LalondeMethods.Optima.Keys];

    [Theory, MemberData(nameof(Methods))]
    public void Compute_MatchedSample_GivesMatchItsSummary(string method)
    {
        var names = Names(method);
        var x = LalondeMethods.Columns(names);
        // Where ties or equal optima leave a choice, the sample is R's own.
        var isOurs = LalondeMethods.Determined.ContainsKey(method) && method != "nn1_lin_cal02_rep";
        var weights = isOurs ? LalondeMethods.Determined[method]().Weights.ToArray() : Lalonde.Units.Numbers($"w_{method}");
        var pooled = method.EndsWith("_ate", StringComparison.Ordinal);
        var table = Lalonde.Value(BalanceTable.Compute(x, Lalonde.Treated, weights, new BalanceOptions
        {
            Denominator = pooled ? SmdDenominator.Pooled : SmdDenominator.Treated, MeanEcdfDifference = true
        }));
        for (var j = 0; j < names.Length; j++)
        {
            Check($"match_{method}.matchit_summary.all", j + 1, table.Covariates[j].Before);
            Check($"match_{method}.matchit_summary.matched", j + 1, table.Covariates[j].After);
        }
    }

    [Theory, MemberData(nameof(Methods))]
    public void Match_Pairs_GivesMatchItsPairDistances(string method)
    {
        if (!LalondeMethods.Determined.TryGetValue(method, out var make) || make() is not MatchedSample sample) return;
        var names = Names(method);
        for (var j = 0; j < names.Length; j++)
        {
            var id = $"match_{method}.matchit_summary.matched.Std. Pair Dist.{j + 1}";
            if (R.Find(id) is not { } expected || double.IsNaN(expected)) continue;
            var values = LalondeMethods.Column(names[j]);
            var gaps = Enumerable.Range(0, sample.TreatedRows.Count).SelectMany(i => sample.ControlsOf(i).ToArray()
                .Where(c => c >= 0).Select(c => Math.Abs(values[sample.TreatedRows[i]] - values[c])));
            double[] treated = [.. values.Where((_, i) => Lalonde.Treated[i])];
            var mean = treated.Average();
            var binary = values.All(v => v is 0 or 1);
            var deviation = Math.Sqrt(binary ? mean * (1 - mean) : treated.Sum(v => (v - mean) * (v - mean)) / (treated.Length - 1));
            // MatchIt leaves the distance undivided where the means do not differ at all.
            if (Math.Abs(R[$"match_{method}.matchit_summary.matched.Std. Mean Diff.{j + 1}"]) < 1e-12) deviation = 1;
            if (method != "nn1_lin_cal02_rep") Assert.Equal(expected, gaps.Average() / deviation, 1e-7);
        }
    }

    private static void Check(string block, int number, ArmComparison arm)
    {
        Near($"{block}.Means Treated{number}", arm.MeanTreated);
        Near($"{block}.Means Control{number}", arm.MeanComparison);
        Near($"{block}.Std. Mean Diff.{number}", arm.Smd);
        Near($"{block}.Var. Ratio{number}", arm.VarianceRatio ?? double.NaN);
        Near($"{block}.eCDF Mean{number}", arm.MeanEcdfDifference ?? double.NaN);
        Near($"{block}.eCDF Max{number}", arm.KolmogorovSmirnov);
        // There are no pairs before matching.
        if (block.EndsWith("all", StringComparison.Ordinal)) Near($"{block}.Std. Pair Dist.{number}", double.NaN);
    }

    // R wrote 12 digits; MatchIt's own score is good to some 1e-8; zero may be 1e-16.
    private static void Near(string id, double actual)
    {
        if (R.Find(id) is not { } expected) return;
        if (double.IsNaN(expected)) Assert.True(double.IsNaN(actual), id);
        else Assert.True(Math.Abs(expected - actual) <= 1e-7 * Math.Max(1, Math.Abs(expected)), $"{id}: expected {expected:R}, got {actual:R}.");
    }

    private static string[] Names(string method) => method switch
    {
        "exact_race" or "exact_race_ate" => ["raceblack", "racehispan", "racewhite"],
        "exact_rmn" => ["raceblack", "racehispan", "racewhite", "married", "nodegree"],
        "cem_cut" => ["age", "educ", "raceblack", "racehispan", "racewhite", "re74"],
        "cem" or "maha" or "maha_rep" => All,
        "nn1_lin_cal02" or "nn1_lin_cal02_rep" => ["lp", .. All],
        _ => ["ps", .. All]
    };
}
