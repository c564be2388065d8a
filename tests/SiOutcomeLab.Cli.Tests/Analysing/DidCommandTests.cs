using System.Xml.Linq;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

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

    [Fact]
    public async Task Run_Bands_StandBesideTheIntervalsAndAreWider()
    {
        using var folder = new TemporaryFolder();
        var plot = Path.Combine(folder.Path, "event.svg");
        var run = await AnalyseRun.OfLineAsync($"{Panel} --covariates x1,x2 --cluster cluster --bands --draws 20000 --seed 20240901 --plot {plot}");
        // 20 000 draws on either side; the reference's own rule is 3 %.
        RNumbers.Close(R["sim_cluster_boot.dyn_crit"], run.Diagnostic("dynamicBandCriticalValue"), 0.03, "dynamic");
        RNumbers.Close(R["sim_cluster_boot.crit_simultaneous"], run.Diagnostic("attBandCriticalValue"), 0.03, "att");
        var line = run.Estimates["event(0)"];
        Assert.True(line.GetProperty("bandLow").GetDouble() < line.GetProperty("ciLow").GetDouble());
        Assert.Equal("ClusteredMEstimation", line.GetProperty("standardErrorType").GetString());
        Assert.Equal("svg", XDocument.Load(plot).Root!.Name.LocalName);
    }

    [Fact]
    public async Task Run_EmptyFirstTreatedAndTextUnits_MeanTheSamePanel()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(AnalyseRun.Data("sim_staggered.csv"));
        var other = lines.Select((line, i) =>
        {
            var cells = line.Split(',');
            if (i > 0) (cells[0], cells[2]) = ($"\"unit, {cells[0]}\"", cells[2] == "0" ? string.Empty : cells[2]);
            return string.Join(',', cells);
        });
        var path = folder.Write("panel.csv", string.Join('\n', other));
        var run = await AnalyseRun.OfLineAsync($"{Panel.Replace(AnalyseRun.Data("sim_staggered.csv"), path, StringComparison.Ordinal)} --control never");
        RNumbers.Close(R["sim_uncond_never.simple.overall_att"], run.Number("simple"), RNumbers.GlmStop, "simple");
        RNumbers.Close(R["sim_uncond_never.simple.overall_se"], run.Number("simple", "standardError"), RNumbers.GlmStop, "simple");
    }

    [Fact]
    public async Task Run_UnbalancedPanel_DropsUnitsAsDidDoes()
    {
        using var folder = new TemporaryFolder();
        var lines = File.ReadAllLines(AnalyseRun.Data("sim_staggered.csv"));
        int[] gone = [5, 77, 130, 1011, 2500, 2501];
        var path = folder.Write("panel.csv", string.Join('\n', lines.Where((_, i) => !gone.Contains(i))));
        var run = await AnalyseRun.OfLineAsync($"{Panel.Replace(AnalyseRun.Data("sim_staggered.csv"), path, StringComparison.Ordinal)} --covariates x1,x2");
        RNumbers.Close(R["sim_unbalanced_drop.simple.overall_att"], run.Number("simple"), RNumbers.GlmStop, "simple");
        RNumbers.Close(R["sim_unbalanced_drop.dynamic.overall_se"], run.Number("dynamic", "standardError"), RNumbers.GlmStop, "dynamic");
        // Five units of eight periods less the six rows that are not there.
        Assert.Equal((5 * 8) - 6, run.Json.GetProperty("droppedTotal").GetInt32());
        var kept = await AnalyseRun.OfLineAsync(
            $"{Panel.Replace(AnalyseRun.Data("sim_staggered.csv"), path, StringComparison.Ordinal)} --covariates x1,x2 --unbalanced");
        RNumbers.Close(R["sim_unbalanced_allow.simple.overall_att"], kept.Number("simple"), RNumbers.GlmStop, "kept");
        Assert.Equal(0, kept.Json.GetProperty("droppedTotal").GetInt32());
    }

    [Theory]
    [InlineData("id,time,g,y\n1,1,0,2\n1,1,0,3\n", "column id, row 2")]
    [InlineData("id,time,g,y\n1,1,0,2\n1,2,4,3\n", "column g, row 2")]
    [InlineData("id,time,g,y\n1,1.5,0,2\n", "column time, row 1")]
    public async Task Run_PanelThatIsNone_TellsTheRow(string text, string word)
    {
        using var folder = new TemporaryFolder();
        string[] line = [.. $"analyse did --data {folder.Write("p.csv", text)} --outcome y --time time --id id --first-treated g --lang en".Split(' ')];
        var run = await CommandRun.OfAsync(line);
        Assert.Equal(ExitCode.InputUnreadable, run.Code);
        Assert.Contains(word, run.Error, StringComparison.Ordinal);
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
