using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Cli.Tests.Analysing;

public sealed class WeightCommandTests
{
    private static readonly RNumbers R = RNumbers.Lalonde;

    public static string Lalonde => $"--data {AnalyseRun.Data("lalonde.csv")} --treatment treat --outcome re78"
        + " --covariates age,educ,married,nodegree,re74,re75 --categorical race";

    [Theory]
    [InlineData("ATT", "ipw_ATT", "se_mest")]
    [InlineData("ATE", "ipw_ATE", "se_mest")]
    [InlineData("ATC", "ipw_ATC", "se_mest")]
    [InlineData("ATO", "ipw_ATO", "se_mest")]
    public async Task Run_Lalonde_GivesRsEffectAndError(string estimand, string block, string error)
    {
        var run = await AnalyseRun.OfLineAsync($"weight {Lalonde} --estimand {estimand}");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("weightedDifference", run.First.GetProperty("name").GetString());
        Assert.Equal(estimand, run.First.GetProperty("estimand").GetString());
        Assert.Equal("MEstimation", run.First.GetProperty("standardErrorType").GetString());
        Assert.Equal(614, run.First.GetProperty("n").GetInt32());
        RNumbers.Close(R[$"{block}.est"], run.Number("weightedDifference"), RNumbers.Solved, block);
        RNumbers.Close(R[$"{block}.{error}"], run.Number("weightedDifference", "standardError"), RNumbers.Solved, block);
        RNumbers.Close(R[$"{block}.ess_control"], run.Diagnostic("effectiveComparison"), RNumbers.Solved, block);
        RNumbers.Close(R[$"{block}.ess_treated"], run.Diagnostic("effectiveTreated"), RNumbers.Solved, block);
        var half = 1.959963984540054 * run.Number("weightedDifference", "standardError");
        RNumbers.Close(run.Number("weightedDifference") - half, run.Number("weightedDifference", "ciLow"), 1e-12, "low");
        RNumbers.Close(run.Number("weightedDifference") + half, run.Number("weightedDifference", "ciHigh"), 1e-12, "high");
        Assert.Equal(0, run.Json.GetProperty("droppedTotal").GetInt32());
        Assert.Empty(run.Json.GetProperty("dropped").EnumerateArray());
        RNumbers.Close(-635.026212037, run.Number("unadjusted"), 1e-9, "naive");
    }

    [Theory]
    [InlineData("--estimand ATM", "ipw_ATM", "Hc0", "se_HC0")]
    [InlineData("--estimand ATE --truncate 0.99", "ipw_ATE_trunc99", "Hc0", "se_HC0")]
    [InlineData("--estimand ATE --trim 0.1", "ipw_ATE_crump", "Hc1", "se_HC1")]
    [InlineData("--estimand ATE --stabilise", "ipw_ATE_stab", "Hc3", "se_HC3")]
    [InlineData("--method overlap", "ipw_ATO", "Hc0", "se_HC0")]
    public async Task Run_OtherWeights_GiveRsEffectAndAlternativeError(string options, string block, string type, string id)
    {
        var run = await AnalyseRun.OfLineAsync($"weight {Lalonde} {options}");
        RNumbers.Close(R[$"{block}.est"], run.Number("weightedDifference"), RNumbers.Solved, block);
        var other = run.First.GetProperty("alternativeStandardErrors").EnumerateArray().Single(e => e.GetProperty("type").GetString() == type);
        RNumbers.Close(R[$"{block}.{id}"], other.GetProperty("value").GetDouble(), RNumbers.Solved, block);
        Assert.Equal(block.EndsWith("crump", StringComparison.Ordinal) ? 614 - 341 : 0, run.Json.GetProperty("droppedTotal").GetInt32());
    }

    [Fact]
    public async Task Run_EntropyBalancing_GivesTheExactOptimum()
    {
        var run = await AnalyseRun.OfLineAsync($"weight {Lalonde} --method entropy --estimand ATT");
        // The exact solution, not WeightIt's early stop; its error with the treated means estimated was stacked in R.
        RNumbers.Close(1273.261814, run.Number("weightedDifference"), 1e-9, "entropy");
        RNumbers.Close(789.744800127, run.Number("weightedDifference", "standardError"), 1e-8, "entropy");
        Assert.True(run.Diagnostic("largestSmdAfter") < 1e-10);
    }

    [Fact]
    public async Task Run_CallsOfTheEngine_GiveTheSameDigits()
    {
        var run = await AnalyseRun.OfLineAsync($"weight {Lalonde} --method cbps --estimand ATT");
        var (x, treated, outcome) = LalondeRows.Read();
        var effect = LalondeRows.Value(new CovariateBalancingPropensityScore(Estimand.Treated).Fit(x, treated, TestContext.Current.CancellationToken)
            .Then(fit => InversePropensity.Weights(fit, treated, Estimand.Treated))
            .Then(weights => WeightedDifference.Estimate(outcome, treated, weights)));
        Assert.Equal(effect.Estimate, run.Number("weightedDifference"));
        Assert.Equal(effect.StandardError, run.Number("weightedDifference", "standardError"));
    }

    [Fact]
    public async Task Run_WithoutOutcome_TellsOnlyHowGoodTheComparisonIs()
    {
        var run = await AnalyseRun.OfLineAsync($"weight {Lalonde.Replace(" --outcome re78", string.Empty, StringComparison.Ordinal)}");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Empty(run.Estimates);
        Assert.Equal(9, run.Json.GetProperty("diagnostics").GetProperty("balance").GetArrayLength());
    }
}
