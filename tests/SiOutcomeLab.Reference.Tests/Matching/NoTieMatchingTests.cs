using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>MatchIt 4.7.2 on simulated data whose scores are all distinct, so that every method has one right answer.</summary>
public sealed class NoTieMatchingTests
{
    private static readonly ReferenceTable Pairs = ReferenceTable.Read("match_notie_pairs.csv");
    private static readonly ReferenceTable Weights = ReferenceTable.Read("match_notie_weights.csv");

    public static TheoryData<string> Names => [.. NoTies.Methods.Keys];

    public static TheoryData<string> OptimalNames => [.. NoTies.Optima.Keys];

    public static TheoryData<string> Paired => [.. NoTies.Methods.Keys.Where(name => Pairs.Text("method").Contains(name))];

    [Theory, MemberData(nameof(Paired))]
    public void Match_NoTies_GivesMatchItsPairs(string method)
    {
        if (NoTies.Methods[method]() is MatchedSample sample) Assert.Equal(Expected(method), Found(sample));
    }

    [Theory, MemberData(nameof(Names))]
    public void Match_NoTies_GivesMatchItsWeights(string method)
    {
        var found = NoTies.Methods[method]().Weights.ToArray();
        var weights = Weights.Numbers(method);
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i], found[i], 1e-12);
    }

    [Theory, MemberData(nameof(Names))]
    public void Match_NoTies_GivesEveryNumber(string method)
    {
        var rows = NoTies.Methods[method]();
        var isSwapped = method == "nn1_atc";
        var treated = isSwapped ? NoTies.Swapped : NoTies.Treated;
        var effect = Lalonde.Value(MatchedDifference.Estimate(NoTies.Outcome, treated, rows));
        var weights = rows.Weights.ToArray();
        var sets = rows.Subclasses.ToArray();
        foreach (var id in FlatValues.NoTies.Ids.Where(id => id.StartsWith(method + ".", StringComparison.Ordinal)))
        {
            var actual = id[(method.Length + 1)..] switch
            {
                "n1" => isSwapped ? effect.ComparisonUsed : effect.TreatedUsed,
                "n0" => isSwapped ? effect.TreatedUsed : effect.ComparisonUsed,
                "att" => isSwapped ? -effect.Estimate : effect.Estimate,
                "ess0" => isSwapped ? effect.EffectiveTreated : effect.EffectiveComparison,
                "sum_w2" => weights.Sum(w => w * w),
                "n_pairs" => rows is MatchedSample sample ? sample.Pairs : sets.Where((s, i) => s >= 0 && NoTies.Treated[i]).Count(),
                "total_distance" => NoTies.ScoreDistance(rows, NoTies.Scores, treated),
                "se_CL_HC1" => effect.StandardError,
                "n_subclass" => sets.Where(s => s >= 0).Distinct().Count(),
                _ => double.NaN
            };
            Close.To(FlatValues.NoTies[id], actual, 1e-9, id);
        }
    }

    [Theory, MemberData(nameof(OptimalNames))]
    public void Match_NoTiesOptimal_GivesTheTotalAndCounts(string method)
    {
        var rows = NoTies.Optima[method]();
        Close.To(FlatValues.NoTies[$"{method}.total_distance"], NoTies.ScoreDistance(rows, NoTies.Scores, NoTies.Treated), 1e-9, method);
        Assert.Equal(FlatValues.NoTies[$"{method}.n1"], rows.TreatedMatched);
        Assert.Equal(FlatValues.NoTies[$"{method}.n0"], rows.ControlsMatched);
        Assert.Equal(FlatValues.NoTies[$"{method}.n_subclass"], rows.Subclasses.ToArray().Where(s => s >= 0).Distinct().Count());
        if (rows is MatchedSample sample) Assert.Equal(FlatValues.NoTies[$"{method}.n_pairs"], sample.Pairs);
    }

    [Theory, MemberData(nameof(OptimalNames))]
    public void Estimate_SetsOfMatchIt_GivesEffectAndError(string method)
    {
        // MatchIt's own way to the smallest total.
        var weights = Weights.Numbers(method);
        var effect = Lalonde.Value(WeightedDifference.Estimate(
            NoTies.Outcome, NoTies.Treated, BalancingWeights.Known(weights, Estimand.Treated)));
        Close.To(FlatValues.NoTies[$"{method}.att"], effect.Estimate, 1e-9, method);
        Close.To(FlatValues.NoTies[$"{method}.ess0"], effect.EffectiveComparison, 1e-9, method);
        Close.To(FlatValues.NoTies[$"{method}.sum_w2"], weights.Sum(w => w * w), 1e-9, method);
        if (!Pairs.Text("method").Contains(method)) return;

        var codes = new int[NoTies.Treated.Length];
        foreach (var pair in Expected(method))
        {
            codes[Array.IndexOf(NoTies.OrderKey, pair.Treated)] = (int)pair.Treated;
            codes[Array.IndexOf(NoTies.OrderKey, pair.Control)] = (int)pair.Treated;
        }

        var sets = Lalonde.Value(ExactMatching.Match(codes, NoTies.Treated));
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i], sets.Weights.Span[i], 1e-12);
        var clustered = Lalonde.Value(MatchedDifference.Estimate(NoTies.Outcome, NoTies.Treated, sets));
        Close.To(FlatValues.NoTies[$"{method}.se_CL_HC1"], clustered.StandardError, 1e-9, method);
    }

    private static List<(long Treated, int Pass, long Control)> Expected(string method)
    {
        var methods = Pairs.Text("method");
        return
        [
            .. Enumerable.Range(0, Pairs.Count).Where(i => methods[i] == method && Pairs.Row(i)[3].Length > 0)
                .Select(i => ((long)ReferenceTable.Number(Pairs.Row(i)[1]), (int)ReferenceTable.Number(Pairs.Row(i)[2]),
                    (long)ReferenceTable.Number(Pairs.Row(i)[3])))
                .Order()
        ];
    }

    private static List<(long Treated, int Pass, long Control)> Found(MatchedSample sample)
    {
        List<(long, int, long)> found = [];
        for (var i = 0; i < sample.TreatedRows.Count; i++)
        {
            var controls = sample.ControlsOf(i);
            for (var k = 0; k < controls.Length; k++)
            {
                if (controls[k] >= 0) found.Add((NoTies.OrderKey[sample.TreatedRows[i]], k + 1, NoTies.OrderKey[controls[k]]));
            }
        }

        found.Sort();
        return found;
    }
}
