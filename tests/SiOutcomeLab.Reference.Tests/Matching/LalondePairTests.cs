using SiOutcomeLab.Reference.Tests.Effects;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Matching;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>Numbers of MatchIt's own pairs and weights on lalonde, where controls repeat or ties leave a choice.</summary>
public sealed class LalondePairTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    public static TheoryData<string> WithReplacement => ["nn1_rep", "nn1_lin_cal02_rep", "nn2_rep", "maha_rep"];

    public static TheoryData<string> Chosen =>
        [.. LalondeMethods.Tied.Keys, .. LalondeMethods.Optima.Keys, "nn1_lin_cal02_rep"];

    [Theory, MemberData(nameof(WithReplacement))]
    public void Estimate_EachPairARow_GivesEveryErrorOfR(string method)
    {
        // A treated row once, each of its controls once per pair, in a set of their own; clustered on set, and on set and person.
        var rows = new List<(int Row, int Set)>();
        foreach (var set in MatchItsPairs.Read(method).GroupBy(pair => pair.Treated))
        {
            rows.Add((set.Key, set.Key));
            rows.AddRange(set.Select(pair => (pair.Control, set.Key)));
        }

        double[] outcome = [.. rows.Select(row => Lalonde.Outcome[row.Row])];
        bool[] treated = [.. rows.Select(row => Lalonde.Treated[row.Row])];
        int[] persons = [.. rows.Select(row => row.Row)];
        var sets = Lalonde.Value(ExactMatching.Match([.. rows.Select(row => row.Set)], treated));
        var effect = Lalonde.Value(MatchedDifference.Estimate(outcome, treated, sets));
        // As R weights them: a control of two counts a half, with no scaling afterwards.
        var shares = BalancingWeights.Known(
            [.. rows.Select(row => Lalonde.Treated[row.Row] ? 1 : 1.0 / (rows.Count(other => other.Set == row.Set) - 1))],
            Estimand.Treated);
        var unscaled = Lalonde.Value(WeightedDifference.Estimate(outcome, treated, shares));
        var n = (double)rows.Count;
        var factor = Math.Sqrt((n - 1) / (n - 2));
        var byPerson = Lalonde.Value(WeightedDifference.Estimate(outcome, treated, shares, persons)).StandardError;
        var count = (double)persons.Distinct().Count();
        byPerson *= factor * Math.Sqrt(count / (count - 1));
        var twoWay = Math.Sqrt(
            Math.Pow(effect.StandardError, 2) + Math.Pow(byPerson, 2) - Math.Pow(effect.Error(StandardErrorType.Hc1), 2));
        // Ours is never under either way alone.
        var ours = Lalonde.Value(MatchedDifference.Estimate(outcome, treated, sets, persons)).StandardError;
        Close.To(Math.Max(twoWay, Math.Max(byPerson, effect.StandardError)), ours, Close.ClosedForm, method);
        foreach (var id in R.Ids.Where(id => id.StartsWith($"match_{method}.unadj.", StringComparison.Ordinal)))
        {
            var actual = id[$"match_{method}.unadj.".Length..] switch
            {
                "est" => effect.Estimate,
                "n_clusters" => sets.Sets,
                "se_CL_HC1" => effect.StandardError,
                "se_CL_HC0" => effect.StandardError / factor,
                "se_CL_HC0_noadj" => effect.StandardError / factor * Math.Sqrt((sets.Sets - 1.0) / sets.Sets),
                "se_CL_twoway_pair_id" => twoWay,
                var other => unscaled.Error(other["se_".Length..])
            };
            Close.To(R[id], actual, Close.ClosedForm, id);
        }
    }

    [Theory, MemberData(nameof(Chosen))]
    public void Estimate_MatchItsWeights_GivesItsNumbers(string method)
    {
        var weights = Lalonde.Units.Numbers($"w_{method}");
        var effect = Lalonde.Value(WeightedDifference.Estimate(
            Lalonde.Outcome, Lalonde.Treated, BalancingWeights.Known(weights, Estimand.Treated)));
        Close.To(R[$"match_{method}.diff_weighted_means"], effect.Estimate, Close.ClosedForm, method);
        Close.To(R[$"match_{method}.n.ess_control"], effect.EffectiveComparison, Close.ClosedForm, method);
        Close.To(R[$"match_{method}.n.ess_treated"], effect.EffectiveTreated, Close.ClosedForm, method);
        Assert.Equal(R[$"match_{method}.n.control_matched"], effect.ComparisonUsed);
        if (method != "maha_pscal") return;
        var scores = Lalonde.Fit.Scores.ToArray();
        Close.To(
            R["match_maha_pscal.sum_abs_ps_distance"],
            MatchItsPairs.Read(method).Sum(pair => Math.Abs(scores[pair.Treated] - scores[pair.Control])), 1e-7);
    }
}
