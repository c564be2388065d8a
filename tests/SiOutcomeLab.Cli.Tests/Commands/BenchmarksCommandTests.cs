using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Commands;

/// <summary><c>silab benchmarks</c> against a real hub that has none yet.</summary>
public sealed class BenchmarksCommandTests(HubFixture hub) : IClassFixture<HubFixture>
{
    [Theory]
    [InlineData("sv", "Inga sammanvägningar bland dem du får se.")]
    [InlineData("en", "No benchmarks among those you may see.")]
    public async Task List_Nothing_SaysSo(string language, string expected)
    {
        var run = await CommandRun.OfAsync("benchmarks", "list", "--hub", hub.Address, "--lang", language);

        Assert.Equal((ExitCode.Ok, expected), (run.Code, run.Out.Trim()));
    }

    [Fact]
    public async Task List_AsJson_IsAnArray()
    {
        var run = await CommandRun.OfAsync("benchmarks", "list", "--json", "--horizon", "4", "--hub", hub.Address);

        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal(0, document.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("--method", "no-such", "filter.method")]
    [InlineData("--measure", "no_such", "filter.measure")]
    [InlineData("--horizon", "-1", "filter.horizon_periods")]
    public async Task List_ByWhatNobodyKnows_NamesIt(string option, string value, string field)
    {
        var run = await CommandRun.OfAsync("benchmarks", "list", option, value, "--hub", hub.Address, "--lang", "en");

        Assert.NotEqual(ExitCode.Ok, run.Code);
        Assert.Contains(field, run.Error, StringComparison.Ordinal);
        if (value[0] != '-') Assert.Contains(value, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_Unknown_NamesItAndExitsWithNotFound()
    {
        var run = await CommandRun.OfAsync("benchmarks", "show", "none", "--hub", hub.Address, "--token", hub.ReaderToken, "--lang", "en");

        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Contains("benchmarks/none", run.Error, StringComparison.Ordinal);
    }
}
