using System.Globalization;
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
    public void Match_Sets_GivesMatchItsPairDistances(string method)
    {
        var pairs = Pairs(method);
        var names = Names(method);
        for (var j = 0; j < names.Length; j++)
        {
            if (R.Find($"match_{method}.matchit_summary.matched.Std. Pair Dist.{j + 1}") is not { } expected) continue;
            // Subclasses are no pairs to MatchIt.
            if (double.IsNaN(expected)) continue;
            var values = LalondeMethods.Column(names[j]);
            var arms = method.EndsWith("_ate", StringComparison.Ordinal) ? new[] { true, false } : [true];
            var deviation = Math.Sqrt(
                arms.Average(arm => Variance([.. values.Where((_, i) => Lalonde.Treated[i] == arm)], IsBinary(values))));
            // MatchIt leaves the distance undivided where the means do not differ at all.
            if (Math.Abs(R[$"match_{method}.matchit_summary.matched.Std. Mean Diff.{j + 1}"]) < 1e-12) deviation = 1;
            var actual = pairs.Average(pair => Math.Abs(values[pair.Treated] - values[pair.Control])) / deviation;
            Assert.True(Math.Abs(expected - actual) <= 1e-7, $"{method} {names[j]}: expected {expected:R}, got {actual:R}.");
        }
    }

    // All pairs of a treated and a comparison row in one set; R's own where ties or equal optima leave a choice.
    private static List<(int Treated, int Control)> Pairs(string method)
    {
        if (LalondeMethods.Determined.TryGetValue(method, out var make) && method != "nn1_lin_cal02_rep")
        {
            return make() is MatchedSample sample
                ? [.. Enumerable.Range(0, sample.TreatedRows.Count).SelectMany(i => sample.ControlsOf(i).ToArray()
                    .Where(c => c >= 0).Select(c => (sample.TreatedRows[i], c)))]
                : Within(make().Subclasses.ToArray());
        }

        if (!LalondeMethods.Optima.ContainsKey(method)) return [.. MatchItsPairs.Read(method)];
        return Within(
        [
            .. Lalonde.Units.Text($"sub_{method}").Select(cell => cell == "NA" ? -1 : int.Parse(cell, CultureInfo.InvariantCulture))
        ]);
    }

    private static List<(int Treated, int Control)> Within(int[] sets) =>
    [
        .. Enumerable.Range(0, sets.Length).Where(i => sets[i] >= 0).GroupBy(i => sets[i]).SelectMany(set => set
            .Where(i => Lalonde.Treated[i]).SelectMany(t => set.Where(c => !Lalonde.Treated[c]).Select(c => (t, c))))
    ];

    private static bool IsBinary(double[] values) => values.All(v => v is 0 or 1);

    private static double Variance(double[] values, bool binary)
    {
        var mean = values.Average();
        return binary ? mean * (1 - mean) : values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1);
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
        var agrees = double.IsNaN(expected)
            ? double.IsNaN(actual)
            : Math.Abs(expected - actual) <= 1e-7 * Math.Max(1, Math.Abs(expected));
        Assert.True(agrees, $"{id}: expected {expected:R}, got {actual:R}.");
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
