using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Tests.Analysing;

/// <summary>Staggered difference-in-differences by the command line against R's did 2.5.1, every att(g,t) and every average.</summary>
public sealed class DidCommandTests
{
    private static readonly RNumbers R = RNumbers.Did;

    private static string Panel => $"did --data {AnalyseRun.Data("sim_staggered.csv")} --outcome y --time time --id id --first-treated g";

    [Theory]
    [InlineData("--control never --method dr --covariates x1,x2", "sim_dr_nevertreated")]
    [InlineData("--control notyet --method dr --covariates x1,x2", "sim_dr_notyettreated")]
    [InlineData("--control never --method ipw --covariates x1,x2", "sim_ipw_nevertreated")]
    [InlineData("--control notyet --method ipw --covariates x1,x2", "sim_ipw_notyettreated")]
    [InlineData("--control never --method reg --covariates x1,x2", "sim_reg_nevertreated")]
    [InlineData("--control notyet --method reg --covariates x1,x2", "sim_reg_notyettreated")]
    [InlineData("--control never --method dr", "sim_uncond_never")]
    [InlineData("--control notyet --method dr", "sim_uncond_notyet")]
    [InlineData("--base universal --covariates x1,x2", "sim_dr_universal")]
    [InlineData("--anticipation 1 --covariates x1 --categorical x2", "sim_dr_antic1")]
    [InlineData("--weights w --covariates x1,x2", "sim_dr_weights")]
    public async Task Run_SimulatedPanel_GivesEveryNumberOfR(string options, string block)
    {
        var run = await AnalyseRun.OfLineAsync($"{Panel} {options}");
        Assert.Equal(ExitCode.Ok, run.Code);
        foreach (var name in new[] { "simple", "group", "dynamic", "calendar" })
        {
            Check(run, name, R[$"{block}.{name}.overall_att"], R[$"{block}.{name}.overall_se"]);
        }

        for (var i = 1; R.Has($"{block}.att_gt.att{i}"); i++)
        {
            Check(run, $"att({R[$"{block}.att_gt.group{i}"]},{R[$"{block}.att_gt.t{i}"]})", R[$"{block}.att_gt.att{i}"], R[$"{block}.att_gt.se{i}"]);
        }

        foreach (var (average, key) in new[] { ("group", "group"), ("dynamic", "event"), ("calendar", "calendar") })
        {
            for (var i = 1; R.Has($"{block}.{average}.by.att{i}"); i++)
            {
                Check(run, $"{key}({R[$"{block}.{average}.by.egt{i}"]})", R[$"{block}.{average}.by.att{i}"], R[$"{block}.{average}.by.se{i}"]);
            }
        }

        // did rounds this one to five decimals.
        Assert.Equal(R[$"{block}.wald_p"], run.Diagnostic("preTestPValue"), 0.6e-5);
    }

    [Fact]
    public async Task Run_BalanceEvent_GivesRsBalancedEventStudy()
    {
        var run = await AnalyseRun.OfLineAsync($"{Panel} --covariates x1,x2 --balance-event 1");
        for (var i = 1; R.Has($"sim_dr_nevertreated.dynamic_bal1.by.att{i}"); i++)
        {
            var id = $"sim_dr_nevertreated.dynamic_bal1.by";
            Check(run, $"event({R[$"{id}.egt{i}"]})", R[$"{id}.att{i}"], R[$"{id}.se{i}"]);
        }
    }

    private static void Check(AnalyseRun run, string name, double estimate, double error)
    {
        var line = run.Estimates[name];
        // A universal base period is 0 without an error, NA in R.
        if (estimate == 0) Assert.Equal(0, line.GetProperty("estimate").GetDouble());
        else RNumbers.Close(estimate, line.GetProperty("estimate").GetDouble(), RNumbers.GlmStop, name);
        if (double.IsNaN(error)) Assert.Equal(System.Text.Json.JsonValueKind.Null, line.GetProperty("standardError").ValueKind);
        else RNumbers.Close(error, line.GetProperty("standardError").GetDouble(), RNumbers.GlmStop, name);
    }
}
