using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>Every number of the entropy balancing blocks on lalonde, id by id.</summary>
public sealed class LalondeEntropyTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    [Theory]
    [InlineData("ebal_ATT_exact", Estimand.Treated, 1e-8)]
    // WeightIt's optimiser stops early; its estimates are off by some 1e-5, the smallest weights by more.
    [InlineData("ebal_ATT", Estimand.Treated, 1e-4)]
    [InlineData("ebal_ATE", Estimand.Everyone, 1e-4)]
    public void Estimate_EntropyBalancingBlock_GivesEveryNumber(string block, Estimand estimand, double relative)
    {
        var weights = Weights(estimand);
        var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, weights));
        double[] controls = [.. weights.Weights.ToArray().Where((_, i) => !Lalonde.Treated[i])];
        var mean = controls.Average();
        Array.Sort(controls);
        foreach (var id in R.Ids.Where(id => id.StartsWith($"{block}.", StringComparison.Ordinal)))
        {
            var name = id[(block.Length + 1)..];
            if (name == "iter")
            {
                Assert.InRange(R[id], 1, 200);
                continue;
            }

            if (name == "max_gap")
            {
                Assert.True(R[id] < 1e-12);
                continue;
            }

            var actual = name switch
            {
                "est" => effect.Estimate,
                // The one number that depends on how the arms' weights are scaled to each other: R has mean 1 in either.
                "se_model" => Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, MeanOne(weights))).Error("model"),
                "ess_control" => effect.EffectiveComparison,
                "ess_treated" => effect.EffectiveTreated,
                "se_mest" => effect.Error(StandardErrorType.MEstimationTargetsFixed),
                "w_control_summary.mean" => 1,
                "w_control_summary.sd" => Math.Sqrt(controls.Sum(w => ((w / mean) - 1) * ((w / mean) - 1)) / (controls.Length - 1)),
                "w_control_summary.min" => controls[0] / mean,
                "w_control_summary.max" => controls[^1] / mean,
                var n when n.EndsWith('%') => Quantile(controls, int.Parse(n[18..^1], null) / 100.0) / mean,
                var n when n.StartsWith("se_", StringComparison.Ordinal) => effect.Error(n[3..]),
                _ => throw new InvalidOperationException(id)
            };
            Close.To(R[id], actual, relative, id);
        }
    }

    [Fact]
    public void Weights_Everyone_AreEachUnitsWeight()
    {
        var weights = Weights(Estimand.Everyone).Weights.ToArray();
        var expected = Lalonde.Units.Numbers("ebal_ATE");
        foreach (var arm in new[] { false, true })
        {
            int[] rows = [.. Enumerable.Range(0, weights.Length).Where(i => Lalonde.Treated[i] == arm)];
            var scale = rows.Sum(i => weights[i]) / rows.Sum(i => expected[i]);
            foreach (var i in rows) Close.To(expected[i] * scale, weights[i], 1e-3, $"weight {i}");
        }
    }

    private static BalancingWeights MeanOne(BalancingWeights weights)
    {
        var w = weights.Weights.ToArray();
        double MeanOf(bool arm) => w.Where((_, i) => Lalonde.Treated[i] == arm).Average();
        var (own, other) = (MeanOf(true), MeanOf(false));
        return BalancingWeights.Known([.. w.Select((value, i) => value / (Lalonde.Treated[i] ? own : other))], weights.Estimand);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var at = (sorted.Length - 1) * share;
        var below = (int)at;
        return below + 1 < sorted.Length ? sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below])) : sorted[below];
    }

    private static BalancingWeights Weights(Estimand estimand) =>
        Lalonde.Value(EntropyBalancing.Weights(
            Lalonde.Covariates, Lalonde.Treated, estimand, cancellationToken: TestContext.Current.CancellationToken));
}
