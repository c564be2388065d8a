using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>MatchIt 4.7.2 on lalonde, ties and all: pair by pair, weights, counts, distances, effects.</summary>
public sealed class LalondeMatchingTests
{
    // Midway between two controls: PSID400 is ten years older with one school year less, PSID392 the reverse. The left one wins by rule;
    // in R the last bit of a rounding made the right one nearer.
    private const string SymmetricTie = "NSW71";

    private static readonly Caliper Fifth = Caliper.StandardDeviations(0.2);

    private static readonly Dictionary<string, (NearestNeighbourOptions Options, bool Logit, string[] Exact)> Methods = new()
    {
        ["nn1"] = (new(), false, []),
        ["nn1_rep"] = (new() { Replacement = true }, false, []),
        ["nn1_cal02"] = (new() { Caliper = Fifth }, false, []),
        ["nn1_lin_cal02"] = (new() { Caliper = Fifth }, true, []),
        ["nn1_lin_cal02_rep"] = (new() { Caliper = Fifth, Replacement = true }, true, []),
        ["nn2"] = (new() { Ratio = 2 }, false, []),
        ["nn2_rep"] = (new() { Ratio = 2, Replacement = true }, false, []),
        ["nn2_cal02"] = (new() { Ratio = 2, Caliper = Fifth }, false, []),
        ["nn1_smallest"] = (new() { Order = MatchingOrder.SmallestFirst }, false, []),
        ["nn1_data"] = (new() { Order = MatchingOrder.AsGiven }, false, []),
        ["nn1_exrace"] = (new(), false, ["race"]),
        ["nn1_cal02_exracemar"] = (new() { Caliper = Fifth }, false, ["race", "married"])
    };

    public static TheoryData<string> Names => [.. Methods.Keys];

    public static TheoryData<string> NamesWithoutSymmetricTie => [.. Methods.Keys.Where(name => name != "nn1_lin_cal02_rep")];

    internal static MatchedSample Sample(string method)
    {
        var (options, logit, exact) = Methods[method];
        var measure = logit ? Lalonde.Fit.LinearPredictors : Lalonde.Fit.Scores;
        return Lalonde.Value(NearestNeighbour.Match(measure.Span, Lalonde.Treated, Lalonde.OrderKey, options, Strata(exact)));
    }

    [Theory, MemberData(nameof(Names))]
    public void Match_Lalonde_GivesMatchItsPairs(string method)
    {
        var sample = Sample(method);
        var expected = ReferenceTable.Read($"pairs_{method}.csv");
        var treated = expected.Text("treated");
        for (var i = 0; i < expected.Count; i++)
        {
            var index = sample.TreatedRows.ToList().FindIndex(row => Lalonde.Ids[row] == treated[i]);
            var controls = sample.ControlsOf(index).ToArray().Select(row => row < 0 ? "NA" : Lalonde.Ids[row]);
            var wanted = expected.Row(i).Skip(1);
            if (treated[i] == SymmetricTie && method == "nn1_lin_cal02_rep")
            {
                Assert.Equal(["PSID400"], controls);
                Assert.Equal(["PSID392"], wanted);
                continue;
            }

            // With replacement MatchIt lists a set's controls in no fixed order.
            if (sample.Replacement) Assert.Equal(wanted.Order(), controls.Order());
            else Assert.Equal(wanted, controls);
        }
    }

    [Theory, MemberData(nameof(NamesWithoutSymmetricTie))]
    public void Match_Lalonde_GivesMatchItsWeightsAndCounts(string method)
    {
        var sample = Sample(method);
        var weights = Lalonde.Units.Numbers($"w_{method}");
        for (var i = 0; i < weights.Length; i++) Assert.Equal(weights[i], sample.Weights.Span[i], 1e-12);
        Assert.Equal(FlatValues.Lalonde[$"match_{method}.n.treated_matched"], sample.TreatedMatched);
        Assert.Equal(FlatValues.Lalonde[$"match_{method}.n.treated_dropped"], sample.TreatedDropped);
        Assert.Equal(FlatValues.Lalonde[$"match_{method}.n.control_matched"], sample.ControlsMatched);
    }

    [Theory, MemberData(nameof(Names))]
    public void Match_Lalonde_GivesSummedDistance(string method)
    {
        // MatchIt fitted its own score with glm's default epsilon of 1e-8, which leaves the ninth digit of a score open.
        Close.To(FlatValues.Lalonde[$"match_{method}.sum_abs_ps_distance"], Sample(method).SumOfDistances, 1e-7, method);
    }

    [Theory, MemberData(nameof(NamesWithoutSymmetricTie))]
    public void Estimate_LalondeMatched_GivesEffectAndErrors(string method)
    {
        var sample = Sample(method);
        var effect = Lalonde.Value(MatchedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, sample));
        Close.To(FlatValues.Lalonde[$"match_{method}.diff_weighted_means"], effect.Estimate, Close.ClosedForm, method);
        var (key, type) = sample.Replacement
            ? ("unadj_matchdata.se_HC1", StandardErrorType.Hc1)
            : ("unadj.se_CL_HC1", StandardErrorType.MatchedSetHc1);
        Assert.Equal(type, effect.StandardErrorType);
        Close.To(FlatValues.Lalonde[$"match_{method}.{key}"], effect.StandardError, Close.ClosedForm, method);
    }

    [Fact]
    public void Estimate_LalondeHeadlines_AreThePublishedNumbers()
    {
        var plain = Lalonde.Value(MatchedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, Sample("nn1")));
        Assert.Equal(894.367480, plain.Estimate, 1e-6);
        Assert.Equal(705.229764, plain.StandardError, 1e-6);
        Assert.Equal(39.6927987, Sample("nn1").SumOfDistances, 1e-7);
        Assert.Equal(185, Sample("nn1").Pairs);
        var caliper = Lalonde.Value(MatchedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, Sample("nn1_cal02")));
        Assert.Equal(1571.744454, caliper.Estimate, 1e-6);
        Assert.Equal(1010.947970, caliper.StandardError, 1e-6);
        Assert.Equal(113, Sample("nn1_cal02").Pairs);
        Assert.Equal(Estimand.MatchedTreated, caliper.Estimand);
        Assert.Equal(113 / 185.0, caliper.ShareOfTreatedRetained, 1e-12);
    }

    private static int[] Strata(string[] columns)
    {
        if (columns.Length == 0) return [];
        var keys = Enumerable.Range(0, Lalonde.Ids.Length)
            .Select(i => string.Join('|', columns.Select(column => Lalonde.File.Text(column)[i]))).ToList();
        var codes = keys.Distinct().ToList();
        return [.. keys.Select(key => codes.IndexOf(key))];
    }
}
