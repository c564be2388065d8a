using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Commands;

/// <summary><c>silab costs</c> against a real hub that has no kronor yet; its register it has.</summary>
public sealed class CostsCommandTests(HubFixture hub) : IClassFixture<HubFixture>
{
    [Theory]
    [InlineData("savings", "sv", "Inga kronor bland dem du får se.")]
    [InlineData("baselines", "en", "No kronor among those you may see.")]
    public async Task List_Nothing_SaysSo(string command, string language, string expected)
    {
        var run = await CommandRun.OfAsync("costs", command, "--hub", hub.Address, "--lang", language);

        Assert.Equal((ExitCode.Ok, expected), (run.Code, run.Out.Trim()));
    }

    [Theory]
    [InlineData("savings", 0)]
    [InlineData("baselines", 0)]
    [InlineData("units", 33)]
    public async Task List_AsJson_IsAnArray(string command, int expected)
    {
        var run = await CommandRun.OfAsync("costs", command, "--json", "--hub", hub.Address);

        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal(expected, document.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("savings", "--plan", "no-such", "filter.plan")]
    [InlineData("savings", "--method", "no-such", "filter.method")]
    [InlineData("baselines", "--measure", "no_such", "filter.measure")]
    [InlineData("baselines", "--set", "no-such", "filter.unit_cost_set")]
    [InlineData("baselines", "--group", "Z9", "filter.municipality_group")]
    [InlineData("units", "--set", "no-such", "set")]
    [InlineData("units", "--year", "1999", "price_year")]
    public async Task List_ByWhatNobodyKnows_NamesIt(string command, string option, string value, string field)
    {
        var run = await CommandRun.OfAsync("costs", command, option, value, "--hub", hub.Address, "--lang", "en");

        Assert.NotEqual(ExitCode.Ok, run.Code);
        Assert.Contains(field, run.Error, StringComparison.Ordinal);
        Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("savings", "none", "costs/none/saving")]
    [InlineData("savings", "costs/none/saving", "costs/none/saving")]
    [InlineData("baselines", "costs/none", "costs/none/target-group")]
    public async Task Show_Unknown_NamesItAndExitsWithNotFound(string command, string name, string asked)
    {
        var run = await CommandRun.OfAsync("costs", command, name, "--hub", hub.Address, "--token", hub.ReaderToken, "--lang", "en");

        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Contains(asked, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compare_TwoSets_StandsSideBySideWithinAHundredColumns()
    {
        var run = await CommandRun.OfAsync("costs", "compare", "municipal-fee", "full-cost", "--hub", hub.Address);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Matches(@"placement_days\s+4 359\s+6 054\s+1 695", run.Out.Replace('\u00A0', ' '));
        Assert.All(run.Out.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 100, l));
    }

    [Fact]
    public async Task Baselines_OfNeitherKind_AreRefusedBeforeTheCall()
    {
        var run = await CommandRun.OfAsync("costs", "baselines", "--kind", "both", "--hub", hub.Address);

        Assert.Equal(ExitCode.Usage, run.Code);
    }
}
