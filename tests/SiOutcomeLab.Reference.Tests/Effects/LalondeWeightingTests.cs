using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>Every number of the inverse-propensity blocks on lalonde, id by id.</summary>
public sealed class LalondeWeightingTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    public static TheoryData<string> Blocks =>
        ["ATE", "ATT", "ATC", "ATO", "ATM", "entropy_tilt", "ATE_stab", "ATE_trunc99", "ATE_crump"];

    [Theory, MemberData(nameof(Blocks))]
    public void Estimate_InversePropensityBlock_GivesEveryNumber(string block)
    {
        var weights = Weights(block);
        var w = weights.Weights.ToArray();
        var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, weights));
        var rows = effect.TreatedUsed + effect.ComparisonUsed;
        var additive = Lalonde.Value(RegressionAdjustment.Estimate(
            Lalonde.Outcome, Lalonde.Treated, Lalonde.Covariates, weights, RegressionForm.Additive));
        var interacted = Lalonde.Value(RegressionAdjustment.Estimate(Lalonde.Outcome, Lalonde.Treated, Lalonde.Covariates, weights));
        foreach (var id in R.Ids.Where(id => id.StartsWith($"ipw_{block}.", StringComparison.Ordinal)))
        {
            var actual = id[(id.IndexOf('.', StringComparison.Ordinal) + 1)..] switch
            {
                "est" or "est_weightit" => effect.Estimate,
                "mu1" => effect.MeanTreated,
                "mu0" => effect.MeanCounterfactual,
                "se_mest" or "se_weightit_asympt" => effect.StandardError,
                // survey's svyglm: HC0 with n/(n − 1).
                "se_survey" => effect.Error(StandardErrorType.Hc0) * Math.Sqrt(rows / (rows - 1.0)),
                "ess_treated" => effect.EffectiveTreated,
                "ess_control" => effect.EffectiveComparison,
                "w_max" => w.Max(),
                "w_mean" => w.Average(),
                "n" => rows,
                "adj_additive.est" => additive.Estimate,
                "wls_gcomp_att.est" or "wls_gcomp_ate.est" => interacted.Estimate,
                "wls_gcomp_att.se" or "wls_gcomp_ate.se" => interacted.Error(StandardErrorType.Hc3),
                var name when name.StartsWith("adj_additive.se_", StringComparison.Ordinal) => additive.Error(name[16..]),
                var name when name.StartsWith("se_", StringComparison.Ordinal) => effect.Error(name[3..]),
                _ => throw new InvalidOperationException(id)
            };
            // WeightIt runs glm at its default epsilon.
            Close.To(R[id], actual, id.Contains("weightit", StringComparison.Ordinal) ? 1e-7 : Close.Fitted, id);
        }
    }

    [Theory, MemberData(nameof(Blocks))]
    public void Weights_InversePropensityBlock_AreEachUnitsWeight(string block)
    {
        var weights = Weights(block).Weights.ToArray();
        var expected = Lalonde.Units.Numbers($"ipw_{block}");
        for (var i = 0; i < expected.Length; i++) Close.To(expected[i], weights[i], 1e-9, $"weight {i}");
    }

    [Fact]
    public void Weights_FromScores_AreThoseOfTheFit()
    {
        foreach (var estimand in new[] { Estimand.Everyone, Estimand.Untreated, Estimand.EntropyOverlap })
        {
            var fromFit = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, estimand)).Weights.ToArray();
            var fromScores = Lalonde.Value(InversePropensity.FromScores(Lalonde.Fit.Scores.Span, Lalonde.Treated, estimand));
            Assert.False(fromScores.AreEstimated);
            for (var i = 0; i < fromFit.Length; i++) Close.To(fromFit[i], fromScores.Weights.Span[i], 1e-12, $"weight {i}");
        }
    }

    [Fact]
    public void Estimate_HorvitzThompson_GivesBothEffects()
    {
        // R's own glm at default epsilon went into these two, so they agree to seven digits.
        foreach (var (estimand, id) in new[] { (Estimand.Everyone, "ipw_HT.ATE"), (Estimand.Treated, "ipw_HT.ATT") })
        {
            foreach (var stabilised in new[] { false, true })
            {
                var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, estimand, stabilised: stabilised));
                var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, weights, normalised: false));
                Close.To(R[id], effect.Estimate, Close.Fitted, id);
            }
        }
    }

    private static BalancingWeights Weights(string block)
    {
        var trimming = block switch
        {
            "ATE_trunc99" => PropensityTrimming.Truncation(0.99),
            "ATE_crump" => PropensityTrimming.Range(0.1, 0.9),
            _ => null
        };
        var estimand = block switch
        {
            "ATT" => Estimand.Treated,
            "ATC" => Estimand.Untreated,
            "ATO" => Estimand.Overlap,
            "ATM" => Estimand.Matching,
            "entropy_tilt" => Estimand.EntropyOverlap,
            _ => Estimand.Everyone
        };
        return Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, estimand, trimming, block == "ATE_stab"));
    }
}
