using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>Weighted and doubly robust effects on lalonde against R with stacked equations and a numerical Jacobian.</summary>
public sealed class LalondeEffectTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;

    [Theory]
    [InlineData(Estimand.Treated, "ipw_ATT")]
    [InlineData(Estimand.Everyone, "ipw_ATE")]
    [InlineData(Estimand.Overlap, "ipw_ATO")]
    public void Estimate_InversePropensity_GivesEffectAndBothErrors(Estimand estimand, string block)
    {
        var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, estimand));
        var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, weights));
        Close.To(R[$"{block}.est"], effect.Estimate, Close.Fitted, block);
        Close.To(R[$"{block}.mu1"], effect.MeanTreated, Close.Fitted, block);
        Close.To(R[$"{block}.mu0"], effect.MeanCounterfactual, Close.Fitted, block);
        Close.To(R[$"{block}.se_mest"], effect.StandardError, Close.Fitted, block);
        Close.To(R[$"{block}.se_HC0"], effect.Alternatives[0].Value, Close.Fitted, block);
        Close.To(R[$"{block}.ess_control"], effect.EffectiveComparison, Close.Fitted, block);
        Close.To(R[$"{block}.ess_treated"], effect.EffectiveTreated, Close.Fitted, block);
        Assert.Equal(StandardErrorType.MEstimation, effect.StandardErrorType);
    }

    [Theory]
    [InlineData(Estimand.Treated, "ipw_ATT")]
    [InlineData(Estimand.Everyone, "ipw_ATE")]
    [InlineData(Estimand.Overlap, "ipw_ATO")]
    public void Weights_InversePropensity_AreEachUnitsWeight(Estimand estimand, string column)
    {
        var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, estimand));
        var expected = Lalonde.Units.Numbers(column);
        for (var i = 0; i < expected.Length; i++) Close.To(expected[i], weights.Weights.Span[i], 1e-9, $"weight {i}");
    }

    [Fact]
    public void Estimate_EntropyBalancing_GivesExactSolution()
    {
        var weights = Lalonde.Value(EntropyBalancing.Att(Lalonde.Covariates, Lalonde.Treated, TestContext.Current.CancellationToken));
        var effect = Lalonde.Value(WeightedDifference.Estimate(Lalonde.Outcome, Lalonde.Treated, weights));
        Close.To(R["ebal_ATT_exact.est"], effect.Estimate, Close.Fitted);
        Assert.Equal(1273.261814, effect.Estimate, 1e-6);
        Close.To(R["ebal_ATT_exact.se_HC0"], effect.Alternatives[0].Value, Close.Fitted);
        Close.To(R["ebal_ATT_exact.ess_control"], effect.EffectiveComparison, Close.Fitted);
        // WeightIt takes the treated means as known, and stops its optimiser so early that its estimate is off by 1.5e-5.
        var known = effect.Alternatives.Single(other => other.Type == StandardErrorType.MEstimationTargetsFixed);
        Close.To(R["ebal_ATT.se_mest"], known.Value, 1e-4);
        // The treated means estimated as well: R, the formula below with s = t − (1 − t) w, in data/scripts/ebal_se.R.
        Close.To(789.744800127, effect.StandardError, Close.Fitted);
    }

    [Fact]
    public void Weights_EntropyBalancing_AreEachUnitsWeight()
    {
        var weights = Lalonde.Value(
            EntropyBalancing.Att(Lalonde.Covariates, Lalonde.Treated, TestContext.Current.CancellationToken)).Weights.ToArray();
        var expected = Lalonde.Units.Numbers("ebal_ATT_exact");
        // Scale within the comparison arm is a convention; shares are not.
        var scale = 185 / expected.Where((_, i) => !Lalonde.Treated[i]).Sum();
        for (var i = 0; i < expected.Length; i++)
        {
            if (!Lalonde.Treated[i]) Close.To(expected[i] * scale, weights[i], 1e-9, $"weight {i}");
        }
    }

    [Fact]
    public void Att_Augmented_GivesEffectAndErrors()
    {
        var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, Estimand.Treated));
        var plain = Lalonde.Value(AugmentedInversePropensity.Att(Lalonde.Outcome, Lalonde.Treated, weights, Lalonde.Covariates));
        Close.To(R["aipw_ATT.est"], plain.Estimate, Close.Fitted);
        Close.To(R["aipw_ATT.se_mest"], plain.StandardError, Close.Fitted);
        Close.To(R["aipw_ATT.se_if"], plain.Alternatives[0].Value, Close.Fitted);
        var hajek = Lalonde.Value(
            AugmentedInversePropensity.Att(Lalonde.Outcome, Lalonde.Treated, weights, Lalonde.Covariates, normalised: true));
        Close.To(R["aipw_ATT.est_hajek"], hajek.Estimate, Close.Fitted);
        Close.To(R["aipw_ATT.se_hajek_mest"], hajek.StandardError, Close.Fitted);
    }
}
