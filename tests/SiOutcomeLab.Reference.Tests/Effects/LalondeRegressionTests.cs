using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>Doubly robust and regression-adjusted effects on lalonde, id by id.</summary>
public sealed class LalondeRegressionTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;
    private static readonly int Rows = Lalonde.Outcome.Length;

    [Fact]
    public void Estimate_AugmentedEveryone_GivesEveryNumber()
    {
        var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, Estimand.Everyone));
        var plain = Augmented(weights, false);
        var error = plain.Error(StandardErrorType.InfluenceFunction);
        Close.To(R["aipw_ATE.est"], plain.Estimate, Close.Fitted);
        Close.To(R["aipw_ATE.se_mest"], plain.StandardError, Close.Fitted);
        Close.To(R["aipw_ATE.se_if"], error, Close.Fitted);
        Close.To(R["aipw_ATE.se_if_n1"], error * Math.Sqrt(Rows / (Rows - 1.0)), Close.Fitted);
        Close.To(R["aipw_ATE.mu1"], plain.MeanTreated, Close.Fitted);
        Close.To(R["aipw_ATE.mu0"], plain.MeanCounterfactual, Close.Fitted);
        Close.To(R["aipw_ATE.est_hajek"], Augmented(weights, true).Estimate, Close.Fitted);
        var regression = Regression(BalancingWeights.Equal(Rows, Estimand.Everyone));
        Close.To(R["aipw_ATE.mean_m1"], regression.MeanTreated, Close.Fitted);
        Close.To(R["aipw_ATE.mean_m0"], regression.MeanCounterfactual, Close.Fitted);
    }

    [Fact]
    public void Estimate_OutcomeRegression_GivesEveryNumber()
    {
        var att = Regression(BalancingWeights.Equal(Rows, Estimand.Treated));
        Close.To(R["outcome_regression.att"], att.Estimate, Close.Fitted);
        Close.To(R["outcome_regression.att_se_mest"], att.StandardError, Close.Fitted);
        Assert.Equal(StandardErrorType.MEstimation, att.StandardErrorType);
        Close.To(R["outcome_regression.ate"], Regression(BalancingWeights.Equal(Rows, Estimand.Everyone)).Estimate, Close.Fitted);
        Close.To(R["outcome_regression.atc"], Regression(BalancingWeights.Equal(Rows, Estimand.Untreated)).Estimate, Close.Fitted);
        var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, Estimand.Treated));
        var ipwra = Regression(weights);
        Close.To(R["ipwra_ATT.est"], ipwra.Estimate, Close.Fitted);
        Close.To(R["ipwra_ATT.se_mest"], ipwra.StandardError, Close.Fitted);
    }

    [Fact]
    public void Estimate_Lin_GivesEstimatrsNumbers()
    {
        var lin = Regression(BalancingWeights.Equal(Rows, Estimand.Everyone), errorType: StandardErrorType.Hc2);
        Close.To(R["lin.est"], lin.Estimate, Close.Fitted);
        Close.To(R["lin.se_HC2"], lin.StandardError, Close.Fitted);
        Close.To(R["lin.df"], lin.DegreesOfFreedom, 0);
        Close.To(R["lin.lo"], lin.ConfidenceLow, Close.Fitted);
        Close.To(R["lin.hi"], lin.ConfidenceHigh, Close.Fitted);
    }

    [Fact]
    public void Estimate_Additive_GivesLeastSquares()
    {
        var equal = BalancingWeights.Equal(Rows, Estimand.Everyone);
        var hc2 = Regression(equal, RegressionForm.Additive, StandardErrorType.Hc2);
        Close.To(R["lm_robust_HC2.est"], hc2.Estimate, Close.Fitted);
        Close.To(R["lm_robust_HC2.se"], hc2.StandardError, Close.Fitted);
        Close.To(R["lm_robust_HC2.lo"], hc2.ConfidenceLow, Close.Fitted);
        Close.To(R["lm_robust_HC2.hi"], hc2.ConfidenceHigh, Close.Fitted);
        Close.To(R["ols.treat.est"], hc2.Estimate, Close.Fitted);
        Close.To(R["ols.coef.treat"], hc2.Estimate, Close.Fitted);
        Close.To(R["ols.df"], hc2.DegreesOfFreedom, 0);
        Close.To(R["ols.se.treat"], hc2.Error(StandardErrorType.Classical), Close.Fitted);
        foreach (var type in new[] { "model", "HC0", "HC1", "HC2", "HC3" })
        {
            Close.To(R[$"ols.treat.se_{type}"], hc2.Error(type), Close.Fitted, type);
        }

        int[] races = [.. Lalonde.Race.Select(race => race == "black" ? 0 : race == "hispan" ? 1 : 2)];
        var clustered = Lalonde.Value(RegressionAdjustment.Estimate(
            Lalonde.Outcome, Lalonde.Treated, Lalonde.Covariates, equal, RegressionForm.Additive, clusters: races));
        Close.To(R["ols.treat.n_clusters"], clustered.DegreesOfFreedom + 1, 0);
        Close.To(R["ols.treat.se_CL_HC0_noadj"], clustered.StandardError, Close.Fitted);
        Close.To(R["ols.treat.se_CL_HC0"], clustered.StandardError * Math.Sqrt(3 / 2.0), Close.Fitted);
        Close.To(R["ols.treat.se_CL_HC1"], clustered.Error(StandardErrorType.ClusterHc1), Close.Fitted);
    }

    [Fact]
    public void Estimate_Unadjusted_GivesNaiveDifference()
    {
        var naive = Lalonde.Value(WeightedDifference.Estimate(
            Lalonde.Outcome, Lalonde.Treated, BalancingWeights.Equal(Rows, Estimand.Everyone)));
        Close.To(R["naive.v.est"], naive.Estimate, Close.ClosedForm);
        foreach (var type in new[] { "model", "HC0", "HC1", "HC2", "HC3" })
        {
            Close.To(R[$"naive.v.se_{type}"], naive.Error(type), Close.ClosedForm, type);
        }

        // Welch's standard error is HC2's; R's t.test is comparison minus treated.
        var error = naive.Error(StandardErrorType.Hc2);
        Close.To(R["naive.welch.t"], -naive.Estimate / error, Close.ClosedForm);
    }

    private static EffectResult Augmented(BalancingWeights weights, bool normalised) => Lalonde.Value(
        AugmentedInversePropensity.Estimate(Lalonde.Outcome, Lalonde.Treated, weights, Lalonde.Covariates, normalised));

    private static EffectResult Regression(
        BalancingWeights weights,
        RegressionForm form = RegressionForm.Interacted,
        StandardErrorType errorType = StandardErrorType.MEstimation) =>
        Lalonde.Value(RegressionAdjustment.Estimate(
            Lalonde.Outcome, Lalonde.Treated, Lalonde.Covariates, weights, form, errorType));
}
