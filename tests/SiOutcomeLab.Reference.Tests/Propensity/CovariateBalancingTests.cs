using SiOutcomeLab.Reference.Tests.Effects;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Propensity;

/// <summary>WeightIt's optimiser stops at its default tolerance, so its numbers are good to some 1e-4.</summary>
public sealed class CovariateBalancingTests
{
    private const double WeightIt = 1e-4;

    [Theory]
    [InlineData("cbps_ATT", Estimand.Treated)]
    [InlineData("cbps_ATE", Estimand.Everyone)]
    public void Fit_Lalonde_GivesWeightItsEffectAndError(string block, Estimand estimand)
    {
        var weights = Weights(estimand);
        var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, weights));
        var ids = FlatValues.Lalonde.Ids.Where(id => id.StartsWith($"{block}.", StringComparison.Ordinal)).ToList();
        Assert.Equal(9, ids.Count);
        foreach (var id in ids)
        {
            var actual = id[(block.Length + 1)..] switch
            {
                "est" => effect.Estimate,
                "se_mest" => effect.StandardError,
                "ess_control" => effect.EffectiveComparison,
                "ess_treated" => effect.EffectiveTreated,
                var error => effect.Error(error["se_".Length..])
            };
            Close.To(FlatValues.Lalonde[id], actual, WeightIt, id);
        }

        var units = Lalonde.Units.Numbers(block);
        for (var i = 0; i < units.Length; i++) Close.To(units[i], weights.Weights.Span[i], 5 * WeightIt, $"weight {i}");
    }

    [Fact]
    public void Fit_Treated_IsEntropyBalancing()
    {
        var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, Weights(Estimand.Treated)));
        Close.To(FlatValues.Lalonde["ebal_ATT_exact.est"], effect.Estimate, Close.Fitted);
    }

    private static BalancingWeights Weights(Estimand estimand)
    {
        var fit = Lalonde.Value(new CovariateBalancingPropensityScore(estimand).Fit(
            Lalonde.Covariates, Lalonde.Treated, TestContext.Current.CancellationToken));
        return Lalonde.Value(InversePropensity.Weights(fit, Lalonde.Treated, estimand));
    }
}
