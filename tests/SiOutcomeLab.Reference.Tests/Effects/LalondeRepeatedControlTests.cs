using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>
/// Matching with replacement laid out as MatchIt's get_matches does: a control stands once in every pair that it serves, with weight 1 over
/// the pair's number of controls; errors clustered on pairs, and both on pairs and on persons.
/// </summary>
public sealed class LalondeRepeatedControlTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    [Theory, InlineData("nn1_rep"), InlineData("nn1_lin_cal02_rep"), InlineData("nn2_rep"), InlineData("maha_rep")]
    public void Estimate_OneRowPerPairAndControl_GivesEveryErrorOfR(string sample)
    {
        var (rows, pairs, weights) = Layout(sample);
        var block = $"match_{sample}.unadj";
        var effect = Effect(rows, pairs, weights);
        Close.To(R[$"{block}.est"], effect.Estimate, Close.ClosedForm, block);
        Close.To(R[$"{block}.se_model"], effect.Error(StandardErrorType.ModelBased), Close.ClosedForm, block);
        foreach (var type in new[] { "HC0", "HC1", "HC2", "HC3" }) Close.To(
            R[$"{block}.se_{type}"], effect.Error(type), Close.ClosedForm, block);
        Close.To(R[$"{block}.se_CL_HC0"], effect.Error(StandardErrorType.ClusterHc0), Close.ClosedForm, block);
        Close.To(R[$"{block}.se_CL_HC1"], effect.Error(StandardErrorType.ClusterHc1), Close.ClosedForm, block);
        Close.To(R[$"{block}.se_CL_HC0_noadj"], effect.Error(StandardErrorType.ClusteredMEstimation), Close.ClosedForm, block);
        Close.To(R[$"{block}.n_clusters"], effect.DegreesOfFreedom + 1, 0, block);

        // Both ways: pairs and persons, less their intersections, each with its own factor.
        int[] both = [.. Enumerable.Range(0, rows.Length)];
        var variance = Square(pairs) + Square(rows) - Square(both);
        Close.To(R[$"{block}.se_CL_twoway_pair_id"], Math.Sqrt(variance), Close.ClosedForm, block);

        double Square(int[] clusters) => Math.Pow(Effect(rows, clusters, weights).Error(StandardErrorType.ClusterHc1), 2);
    }

    private static EffectResult Effect(int[] rows, int[] clusters, double[] weights) => Lalonde.Value(GComputation.Estimate(
        [.. rows.Select(i => Lalonde.Outcome[i])], [.. rows.Select(i => Lalonde.Treated[i])], new DesignMatrix(rows.Length, [], []),
        BalancingWeights.Known(weights, Estimand.Treated), new() { Form = RegressionForm.Additive }, clusters,
        cancellationToken: TestContext.Current.CancellationToken)).Difference;

    private static (int[] Rows, int[] Pairs, double[] Weights) Layout(string sample)
    {
        var table = ReferenceTable.Read($"pairs_{sample}.csv");
        List<int> rows = [], pairs = [];
        List<double> weights = [];
        for (var pair = 0; pair < table.Count; pair++)
        {
            string[] controls = [.. table.Row(pair).Skip(1).Where(name => name != "NA")];
            if (controls.Length == 0) continue;
            foreach (var name in controls.Prepend(table.Row(pair)[0]))
            {
                rows.Add(Array.IndexOf(Lalonde.Ids, name));
                pairs.Add(pair);
                weights.Add(weights.Count > 0 && pairs.Count > 1 && pairs[^2] == pair ? 1.0 / controls.Length : 1);
            }
        }

        return ([.. rows], [.. pairs], [.. weights]);
    }
}
