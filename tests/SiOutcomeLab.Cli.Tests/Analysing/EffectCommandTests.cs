using System.Xml.Linq;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Statistics.Effects.Resampling;

namespace SiOutcomeLab.Cli.Tests.Analysing;

public sealed class EffectCommandTests
{
    private static readonly RNumbers R = RNumbers.Lalonde;

    [Theory]
    [InlineData("--method aipw", "aipw", "aipw_ATT.est", "aipw_ATT.se_mest")]
    [InlineData("--method aipw --estimand ATE", "aipw", "aipw_ATE.est", "aipw_ATE.se_mest")]
    [InlineData("--method ipw --estimand ATE", "ipw", "ipw_ATE.est", "ipw_ATE.se_mest")]
    [InlineData("--method ht --estimand ATT", "ht", "ipw_HT.ATT", null)]
    [InlineData("--method gcomp", "gcomp", "outcome_regression.att", "outcome_regression.att_se_mest")]
    [InlineData("--method gcomp --estimand ATE", "gcomp", "outcome_regression.ate", null)]
    [InlineData("--method gcomp --estimand ATC", "gcomp", "outcome_regression.atc", null)]
    [InlineData("--method regression --form additive --se hc2", "regression", "lm_robust_HC2.est", "lm_robust_HC2.se")]
    [InlineData("--method regression --form additive --se hc1", "regression", "ols.treat.est", "ols.treat.se_HC1")]
    [InlineData("--method regression --form additive --se cluster-hc1 --cluster race", "regression", "ols.treat.est", "ols.treat.se_CL_HC1")]
    [InlineData("--method regression --estimand ATE --se hc2", "regression", "lin.est", "lin.se_HC2")]
    [InlineData("--method ipwra", "ipwra", "ipwra_ATT.est", "ipwra_ATT.se_mest")]
    public async Task Run_Lalonde_GivesRsEffectAndError(string options, string name, string estimate, string? error)
    {
        var run = await AnalyseRun.OfLineAsync($"effect {WeightCommandTests.Lalonde} {options}");
        Assert.Equal((ExitCode.Ok, name), (run.Code, run.First.GetProperty("name").GetString()));
        // R's Horvitz–Thompson numbers come from scores at glm's own stopping rule.
        RNumbers.Close(R[estimate], run.Number(name), estimate.StartsWith("ipw_HT", StringComparison.Ordinal) ? 1e-6 : RNumbers.Solved, estimate);
        if (error is not null) RNumbers.Close(R[error], run.Number(name, "standardError"), RNumbers.Solved, error);
    }

    [Fact]
    public async Task Run_BinaryOutcome_GivesRsRiskDifferenceAndRatio()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(AnalyseRun.Data("lalonde.csv"));
        var path = folder.Write("binary.csv", string.Join('\n', lines.Select((line, i) =>
            i == 0 ? line + ",employed" : line + (line.EndsWith(",0", StringComparison.Ordinal) ? ",0" : ",1"))));
        var line = WeightCommandTests.Lalonde.Replace(AnalyseRun.Data("lalonde.csv"), path, StringComparison.Ordinal)
            .Replace("re78", "employed", StringComparison.Ordinal);
        var run = await AnalyseRun.OfLineAsync($"effect {line} --method gcomp --outcome-type binary --form additive --estimand ATE");
        RNumbers.Close(R["binary_gcomp.ate_rd"], run.Number("gcomp"), RNumbers.GlmStop, "rd");
        RNumbers.Close(R["binary_gcomp.ate_rr"], run.Number("ratio"), RNumbers.GlmStop, "rr");
        Assert.Equal(Math.Log(run.Number("oddsRatio")), run.Number("logOddsRatio"), 1e-12);

        var refused = await CommandRun.OfAsync([.. $"analyse effect {WeightCommandTests.Lalonde} --method gcomp --outcome-type binary --lang en".Split(' ')]);
        Assert.Equal(ExitCode.InputUnreadable, refused.Code);
        Assert.Contains("column re78, row 1:", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_Bootstrap_IsTheEnginesWithTheSameSeed()
    {
        var run = await AnalyseRun.OfLineAsync($"effect {WeightCommandTests.Lalonde} --method bootstrap --replicates 200 --seed 7");
        var (x, treated, outcome) = LalondeRows.Read();
        var effect = LalondeRows.Value(BootstrapInversePropensity.Estimate(
            outcome, treated, x, Statistics.Estimand.Treated, new() { Replicates = 200, Seed = 7 }, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Equal(effect.Effect.StandardError, run.Number("bootstrap", "standardError"));
        var (low, high) = effect.Distribution.Interval(BootstrapInterval.BiasCorrectedAccelerated);
        Assert.Equal((low, high), (run.Number("bootstrapBca", "ciLow"), run.Number("bootstrapBca", "ciHigh")));
    }

    [Theory]
    [InlineData("cross-fit --propensity logit")]
    [InlineData("cross-fit --propensity trees")]
    [InlineData("cross-fit --propensity lasso")]
    [InlineData("aipw-hajek")]
    public async Task Run_Twice_GivesTheSameBytes(string method)
    {
        string[] args = [.. $"analyse effect {WeightCommandTests.Lalonde} --method {method} --json".Split(' ')];
        var first = await CommandRun.OfAsync(args);
        Assert.Equal(ExitCode.Ok, first.Code);
        Assert.Equal(first.Out, (await CommandRun.OfAsync(args)).Out);
    }

    [Fact]
    public async Task Run_Plots_WritesPicturesThatParse()
    {
        using var folder = new TemporaryFolder();
        var (love, overlap) = (Path.Combine(folder.Path, "love.svg"), Path.Combine(folder.Path, "overlap.svg"));
        var run = await AnalyseRun.OfLineAsync($"effect {WeightCommandTests.Lalonde} --plot {love} --plot-overlap {overlap}");
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("racewhite", XDocument.Load(love).ToString(), StringComparison.Ordinal);
        Assert.Equal("svg", XDocument.Load(overlap).Root!.Name.LocalName);

        var missing = Path.Combine(folder.Path, "no", "love.svg");
        var failed = await CommandRun.OfAsync([.. $"analyse weight {WeightCommandTests.Lalonde} --plot {missing}".Split(' ')]);
        Assert.Equal(ExitCode.InputUnreadable, failed.Code);
    }
}
