using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Reference.Tests.Effects;

/// <summary>
/// G-computation and regression on lalonde's matched and weighted samples, id by id, against R's lm and glm with sandwich. The samples'
/// weights and sets are R's own, so each number tests the estimator alone.
/// </summary>
public sealed class LalondeGComputationTests
{
    private static readonly FlatValues R = FlatValues.Lalonde;
    private static readonly DesignMatrix NoCovariates = new(Lalonde.Outcome.Length, [], []);

    private static readonly (string R, StandardErrorType Ours)[] Errors =
    [
        ("model", StandardErrorType.ModelBased), ("HC0", StandardErrorType.Hc0), ("HC1", StandardErrorType.Hc1),
        ("HC2", StandardErrorType.Hc2), ("HC3", StandardErrorType.Hc3), ("CL_HC0", StandardErrorType.ClusterHc0),
        ("CL_HC1", StandardErrorType.ClusterHc1), ("CL_HC0_noadj", StandardErrorType.ClusteredMEstimation)
    ];

    /// <summary>Every sample's name as R's blocks have it; with a set per row unless controls are reused.</summary>
    public static TheoryData<string> Samples =>
        [.. R.Ids.Where(id => id.EndsWith(".gcomp_att.est", StringComparison.Ordinal))
            .Select(id => id["match_".Length..^".gcomp_att.est".Length])];

    [Fact]
    public void Samples_AreAll() => Assert.Equal(30, Samples.Count);

    [Theory, MemberData(nameof(Samples))]
    public void Estimate_InteractedOnMatchedSample_GivesRsEffectAndError(string sample)
    {
        var sets = Sets(sample);
        var effect = Estimate(sample, sets, Lalonde.Covariates, RegressionForm.Interacted);
        Close.To(R[$"match_{sample}.gcomp_att.est"], effect.Estimate, Close.Fitted, sample);
        var type = sets.Length > 0 ? StandardErrorType.ClusterHc1 : StandardErrorType.Hc3;
        Close.To(R[$"match_{sample}.gcomp_att.se"], effect.Error(type), Close.Fitted, sample);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Estimate_AdditiveOnMatchedSample_GivesEveryErrorOfR(string sample)
    {
        var sets = Sets(sample);
        if (sets.Length > 0) CheckErrors(
            $"match_{sample}.adj_additive", Estimate(sample, sets, Lalonde.Covariates, RegressionForm.Additive), sets);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Estimate_WithoutCovariatesOnMatchedSample_GivesEveryErrorOfR(string sample)
    {
        var sets = Sets(sample);
        // With replacement R repeats a control in every pair; here each row stands once.
        var block = sets.Length > 0 ? "unadj" : "unadj_matchdata";
        CheckErrors($"match_{sample}.{block}", Estimate(sample, sets, NoCovariates, RegressionForm.Additive), sets);
    }

    [Theory]
    [InlineData("ATT", Estimand.Treated)]
    [InlineData("ATE", Estimand.Everyone)]
    public void Estimate_InteractedWithWeights_GivesRsEffectAndError(string name, Estimand estimand)
    {
        var weights = BalancingWeights.Known(Lalonde.Units.Numbers($"ipw_{name}"), estimand);
        var effect = Run(Lalonde.Outcome, Lalonde.Covariates, weights).Difference;
        var block = $"ipw_{name}.wls_gcomp_{(estimand == Estimand.Treated ? "att" : "ate")}";
        Close.To(R[$"{block}.est"], effect.Estimate, Close.Fitted, name);
        Close.To(R[$"{block}.se"], effect.Error(StandardErrorType.Hc3), Close.Fitted, name);
    }

    [Theory]
    [InlineData("ATE"), InlineData("ATT"), InlineData("ATC"), InlineData("ATO"), InlineData("ATM"), InlineData("entropy_tilt")]
    [InlineData("ATE_stab"), InlineData("ATE_trunc99"), InlineData("ATE_crump")]
    public void Estimate_AdditiveWithWeights_GivesEveryErrorOfR(string name)
    {
        var weights = BalancingWeights.Known(Lalonde.Units.Numbers($"ipw_{name}"), Estimand.Overlap);
        var options = new GComputationOptions { Form = RegressionForm.Additive };
        var effect = Run(Lalonde.Outcome, Lalonde.Covariates, weights, options).Difference;
        CheckErrors($"ipw_{name}.adj_additive", effect, []);
    }

    [Fact]
    public void Estimate_StackedWithWeights_GivesIpwra()
    {
        var weights = Lalonde.Value(InversePropensity.Weights(Lalonde.Fit, Lalonde.Treated, Estimand.Treated));
        var effect = Run(Lalonde.Outcome, Lalonde.Covariates, weights).Difference;
        Close.To(R["ipwra_ATT.est"], effect.Estimate, Close.Fitted);
        Close.To(R["ipwra_ATT.se_mest"], effect.StandardError, Close.Fitted);
        Assert.Equal(StandardErrorType.MEstimation, effect.StandardErrorType);
    }

    [Fact]
    public void Estimate_Logistic_GivesRsRisksAndRatios()
    {
        // R's glm stopped at its default epsilon of 1e-8, which leaves the ninth digit open.
        const double Stopped = 1e-7;
        // Its covariance is that of the coefficients one step before the last, where the deviance still moved by some 1e-8 of itself and
        // the coefficients by the root of that. Ours is the maximum's own.
        const double OneStepBefore = 2e-5;
        double[] employed = [.. Lalonde.Outcome.Select(earned => earned > 0 ? 1.0 : 0.0)];
        var options = new GComputationOptions
        {
            Family = OutcomeFamily.Logistic,
            Form = RegressionForm.Additive,
            ErrorType = StandardErrorType.ModelBased
        };
        foreach (var (name, estimand) in new[] { ("ate", Estimand.Everyone), ("att", Estimand.Treated) })
        {
            var equal = BalancingWeights.Equal(employed.Length, estimand);
            var result = Run(employed, Lalonde.Covariates, equal, options);
            Close.To(R[$"binary_gcomp.{name}_p1"], result.Difference.MeanTreated, Stopped);
            Close.To(R[$"binary_gcomp.{name}_p0"], result.Difference.MeanCounterfactual, Stopped);
            Close.To(R[$"binary_gcomp.{name}_rd"], result.Difference.Estimate, Stopped);
            Close.To(R[$"binary_gcomp.{name}_rd_se"], result.Difference.StandardError, OneStepBefore);
            Close.To(R[$"binary_gcomp.{name}_rr"], result.Ratio!.Ratio, Stopped);
            if (estimand == Estimand.Everyone) Close.To(R["binary_gcomp.ate_logrr_se"], result.Ratio.Log.StandardError, OneStepBefore);
        }

        var model = Model(employed, OutcomeFamily.Logistic);
        var coefficient = model.Coefficients.Single(c => c.Name == "treat");
        Close.To(R["binary_gcomp.coef_treat"], coefficient.Value, Stopped);
        Close.To(R["binary_gcomp.se_treat"], coefficient.StandardError, OneStepBefore);
        Assert.Equal(0.062262003, R["binary_gcomp.ate_rd"], 1e-9);
    }

    [Fact]
    public void Fit_OrdinaryLeastSquares_GivesEveryCoefficient()
    {
        var model = Model(Lalonde.Outcome, OutcomeFamily.Linear);
        foreach (var coefficient in model.Coefficients)
        {
            Close.To(R[$"ols.coef.{coefficient.Name}"], coefficient.Value, Close.Fitted, coefficient.Name);
            Close.To(R[$"ols.se.{coefficient.Name}"], coefficient.StandardError, Close.Fitted, coefficient.Name);
        }

        Close.To(R["ols.sigma"], Math.Sqrt(model.Dispersion), Close.Fitted);
        Close.To(R["ols.r2"], 1 - (model.Deviance / model.NullDeviance), Close.Fitted);
        Close.To(R["ols.df"], model.ResidualDegreesOfFreedom, 0);
    }

    [Fact]
    public void Cr2_OnMatchedPairs_GivesEstimatrsErrorAndDegreesOfFreedom()
    {
        var effect = Lalonde.Value(ClusterRobustRegression.Estimate(
            Lalonde.Outcome, Lalonde.Treated, NoCovariates, BalancingWeights.Known(Lalonde.Units.Numbers("w_nn1"), Estimand.Treated),
                Sets("nn1")));
        Close.To(R["lm_robust_CR2_nn1.est"], effect.Estimate, Close.ClosedForm);
        Close.To(R["lm_robust_CR2_nn1.se"], effect.StandardError, Close.ClosedForm);
        Close.To(R["lm_robust_CR2_nn1.df"], effect.DegreesOfFreedom, 1e-9);
        Close.To(R["lm_robust_CR2_nn1.lo"], effect.ConfidenceLow, Close.Fitted);
        Close.To(R["lm_robust_CR2_nn1.hi"], effect.ConfidenceHigh, Close.Fitted);
        Assert.Equal(704.273520, effect.StandardError, 1e-6);
        Assert.Equal(StandardErrorType.ClusterCr2, effect.StandardErrorType);
    }

    private static EffectResult Estimate(string sample, int[] sets, DesignMatrix covariates, RegressionForm form)
    {
        var weights = BalancingWeights.Known(Lalonde.Units.Numbers($"w_{sample}"), Estimand.Treated);
        return Run(Lalonde.Outcome, covariates, weights, new() { Form = form }, sets).Difference;
    }

    private static void CheckErrors(string block, EffectResult effect, int[] sets)
    {
        Close.To(R[$"{block}.est"], effect.Estimate, Close.Fitted, block);
        foreach (var (name, type) in Errors)
        {
            if (R.Find($"{block}.se_{name}") is not { } expected) continue;
            // One coefficient for the arm, so nothing is averaged and the stacked error is the plain clustered one.
            Close.To(expected, effect.Error(type), Close.Fitted, $"{block}.se_{name}");
        }

        if (sets.Length > 0) Close.To(R[$"{block}.n_clusters"], effect.DegreesOfFreedom + 1, 0, block);
    }

    private static int[] Sets(string sample)
    {
        if (sample.EndsWith("_rep", StringComparison.Ordinal)) return [];
        var names = Lalonde.Units.Text($"sub_{sample}");
        var codes = names.Where(name => name != "NA").Distinct().ToList();
        return [.. names.Select(name => codes.IndexOf(name))];
    }

    private static GComputationResult Run(
        double[] outcome, DesignMatrix covariates, BalancingWeights weights, GComputationOptions? options = null, int[]? sets = null) =>
        Lalonde.Value(GComputation.Estimate(
            outcome, Lalonde.Treated, covariates, weights, options, sets, cancellationToken: TestContext.Current.CancellationToken));

    private static GeneralisedLinearFit Model(double[] outcome, OutcomeFamily family)
    {
        double[] treat = [.. Lalonde.Treated.Select(t => t ? 1.0 : 0.0)];
        var others = Lalonde.Covariates.Names.Select((name, j) => (name, Lalonde.Covariates.Column(j).ToArray()));
        var columns = DesignMatrix.FromColumns([("treat", treat), .. others]);
        return Lalonde.Value(
            GeneralisedLinearModel.Fit(outcome, columns, family, cancellationToken: TestContext.Current.CancellationToken));
    }
}
