using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Commands;

/// <summary>What a plan could find, asked of a hub of its own: data that one test pushes are there for the next.</summary>
public sealed class FeasibilityCommandTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private static readonly string Nsw = Path.Combine(HubFixture.Datasets, "nsw");

    [Fact]
    public async Task Feasibility_OfThePublicData_SaysWhatItCouldFind_AndDrawsIt()
    {
        using var folder = new TemporaryFolder();
        await RunAsync("interventions", "register", Path.Combine(Nsw, "interventions.json"));
        await RunAsync("push", Nsw, "--receipt", Path.Combine(folder.Path, "receipt.json"));
        var plan = folder.Write("one.json", (await File.ReadAllLinesAsync(Path.Combine(Nsw, "plans.json"), TestContext.Current.CancellationToken))[1].TrimEnd(','));
        var picture = Path.Combine(folder.Path, "power.svg");

        var answer = await RunAsync("plans", "feasibility", plan, "--participants", "185", "--plot", picture);

        Assert.Equal(ExitCode.Ok, answer.Code);
        var said = string.Join(' ', answer.Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("185 participants retained against 429 comparison persons", said, StringComparison.Ordinal);
        Assert.Contains("The smallest effect worth the money, 1,000, is found with", said, StringComparison.Ordinal);
        Assert.All(answer.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.StartsWith("<svg", await File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await RunAsync("plans", "feasibility")).Code);
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.OfAsync([.. args, "--hub", hub.Address, "--token", hub.Token, "--lang", "en"]);
}
