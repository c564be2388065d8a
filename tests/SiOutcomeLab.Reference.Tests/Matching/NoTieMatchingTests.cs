using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>MatchIt 4.7.2 on simulated data whose scores are all distinct, so that every method has one right answer.</summary>
public sealed class NoTieMatchingTests
{
    private static readonly ReferenceTable File = ReferenceTable.Read("match_notie.csv");
    private static readonly ReferenceTable Pairs = ReferenceTable.Read("match_notie_pairs.csv");
    private static readonly ReferenceTable Weights = ReferenceTable.Read("match_notie_weights.csv");
    private static readonly bool[] Treated = File.Flags("treat");
    private static readonly double[] Scores = File.Numbers("ps");
    private static readonly double[] Outcome = File.Numbers("y");
    private static readonly long[] OrderKey = [.. File.Numbers("id").Select(id => (long)id)];

    private static readonly Dictionary<string, (NearestNeighbourOptions Options, string[] Exact)> Methods = new()
    {
        ["nn1"] = (new(), []),
        ["nn1_rep"] = (new() { Replacement = true }, []),
        ["nn1_cal02"] = (new() { Caliper = Caliper.StandardDeviations(0.2) }, []),
        ["nn1_cal005"] = (new() { Caliper = Caliper.StandardDeviations(0.05) }, []),
        ["nn1_calabs"] = (new() { Caliper = Caliper.Raw(0.01) }, []),
        ["nn1_smallest"] = (new() { Order = MatchingOrder.SmallestFirst }, []),
        ["nn1_closest"] = (new() { Order = MatchingOrder.ClosestFirst }, []),
        ["nn1_data"] = (new() { Order = MatchingOrder.AsGiven }, []),
        ["nn2"] = (new() { Ratio = 2 }, []),
        ["nn3_rep"] = (new() { Ratio = 3, Replacement = true }, []),
        ["nn2_cal02"] = (new() { Ratio = 2, Caliper = Caliper.StandardDeviations(0.2) }, []),
        ["nn1_reuse3"] = (new() { Replacement = true, MaximumReuse = 3 }, []),
        ["nn1_exact_x6"] = (new(), ["x6"]),
        ["nn1_exact_x5x6_cal"] = (new() { Caliper = Caliper.StandardDeviations(0.2) }, ["x5", "x6"])
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Match_NoTies_GivesMatchItsPairs(string method)
    {
        var sample = Sample(method, Treated);
        Assert.Equal(Expected(method), Found(sample));
    }

    [Fact]
    public void Match_NoTiesArmsSwapped_GivesMatchItsPairsForControls()
    {
        // estimand = "ATC": every comparison row seeks a treated one.
        bool[] swapped = [.. Treated.Select(t => !t)];
        var sample = Lalonde.Value(NearestNeighbour.Match(Scores, swapped, OrderKey, new() { Replacement = true }));
        Assert.Equal(Expected("nn1_atc"), Found(sample));
    }

    [Theory, MemberData(nameof(Names))]
    public void Match_NoTies_GivesMatchItsWeightsAndDistance(string method)
    {
        var sample = Sample(method, Treated);
        var weights = Weights.Numbers(method);
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i], sample.Weights.Span[i], 1e-12);
        Close.To(FlatValues.NoTies[$"{method}.total_distance"], sample.SumOfDistances, 1e-9, method);
        Assert.Equal(FlatValues.NoTies[$"{method}.n_pairs"], sample.Pairs);
        Assert.Equal(FlatValues.NoTies[$"{method}.n1"], sample.TreatedMatched);
        Assert.Equal(FlatValues.NoTies[$"{method}.n0"], sample.ControlsMatched);
    }

    [Theory, MemberData(nameof(Names))]
    public void Estimate_NoTies_GivesEffectAndClusteredError(string method)
    {
        var effect = Lalonde.Value(MatchedDifference.Estimate(Outcome, Treated, Sample(method, Treated)));
        Close.To(FlatValues.NoTies[$"{method}.att"], effect.Estimate, 1e-9, method);
        Close.To(FlatValues.NoTies[$"{method}.ess0"], effect.EffectiveComparison, 1e-9, method);
        if (FlatValues.NoTies.Find($"{method}.se_CL_HC1") is { } error) Close.To(error, effect.StandardError, 1e-9, method);
    }

    private static MatchedSample Sample(string method, bool[] treated)
    {
        var (options, exact) = Methods[method];
        var columns = exact.Select(File.Numbers).ToArray();
        int[] strata = exact.Length == 0 ? [] : [.. Enumerable.Range(0, treated.Length).Select(i => Code(columns, i))];
        return Lalonde.Value(NearestNeighbour.Match(Scores, treated, OrderKey, options, strata));
    }

    private static int Code(double[][] columns, int row) => columns.Aggregate(0, (code, column) => (code * 10) + (int)column[row]);

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
                if (controls[k] >= 0) found.Add((OrderKey[sample.TreatedRows[i]], k + 1, OrderKey[controls[k]]));
            }
        }

        found.Sort();
        return found;
    }
}
