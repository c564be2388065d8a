using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Commands;

/// <summary>The commands against a real hub, in the order in which a municipality meets them.</summary>
public sealed class HubCommandsTests(HubFixture hub) : IClassFixture<HubFixture>
{
    private static readonly string Nsw = Path.Combine(HubFixture.Datasets, "nsw");

    [Fact]
    public async Task Push_OtherOrganisationsData_ExitsWithUnauthorised()
    {
        var run = await RunAsync("push", Path.Combine(HubFixture.Datasets, "made-country", "9911"));
        Assert.Equal(ExitCode.Unauthorised, run.Code);
        Assert.Contains("another organisation", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_WithoutRoleOrToken_ExitsWithUnauthorised()
    {
        var reader = await CommandRun.OfAsync("push", Nsw, "--hub", hub.Address, "--token", hub.ReaderToken);
        var nobody = await CommandRun.OfAsync("push", Nsw, "--hub", hub.Address);
        var stranger = await CommandRun.OfAsync("push", Nsw, "--hub", hub.Address, "--token", "not-a-token");
        Assert.Equal([ExitCode.Unauthorised, ExitCode.Unauthorised, ExitCode.Unauthorised], [reader.Code, nobody.Code, stranger.Code]);
    }

    [Fact]
    public async Task Push_TruncatedFile_IsNotEvenSent()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "manifest.json", "participations.parquet" }) File.Copy(Path.Combine(Nsw, name), Path.Combine(folder.Path, name));
        var whole = await File.ReadAllBytesAsync(Path.Combine(Nsw, "observations.parquet"), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(
            Path.Combine(folder.Path, "observations.parquet"), whole[..(whole.Length / 2)], TestContext.Current.CancellationToken);
        var run = await RunAsync("push", folder.Path);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("another length than the manifest states", run.Error, StringComparison.Ordinal);
        Assert.Contains("→", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_ChangedFile_ExitsWithRefusedAndListsFindings()
    {
        using var folder = new TemporaryFolder();
        File.Copy(Path.Combine(Nsw, "participations.parquet"), Path.Combine(folder.Path, "participations.parquet"));

        // Another content than the one that other tests send: what has been received is not asked for again.
        var manifest = await File.ReadAllTextAsync(Path.Combine(Nsw, "manifest.json"), TestContext.Current.CancellationToken);
        var changed = manifest.Replace("\"definition\": \"", "\"definition\": \"Changed. ", StringComparison.Ordinal);
        Assert.NotEqual(manifest, changed);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "manifest.json"), changed, TestContext.Current.CancellationToken);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(Nsw, "observations.parquet"), TestContext.Current.CancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(Path.Combine(folder.Path, "observations.parquet"), bytes, TestContext.Current.CancellationToken);
        var run = await RunAsync("push", folder.Path);
        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("nothing of it was kept", run.Out, StringComparison.Ordinal);
        Assert.Contains("The observations file", run.Out, StringComparison.Ordinal);
        Assert.Contains("→", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commands_WholeWay_GiveReceiptPlansRunsAndEffects()
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(ExitCode.Ok, (await RunAsync("interventions", "register", Path.Combine(Nsw, "interventions.json"))).Code);
        var first = await RunAsync("push", Nsw, "--receipt", Path.Combine(folder.Path, "first.json"));
        Assert.Equal(ExitCode.Ok, first.Code);
        Assert.Contains("durably kept", first.Out, StringComparison.Ordinal);
        Assert.Contains("1,842", first.Out, StringComparison.Ordinal);
        var again = await RunAsync(
            "push",
            "--manifest",
            Path.Combine(Nsw, "manifest.json"),
            "--observations",
            Path.Combine(Nsw, "observations.parquet"),
            "--participations",
            Path.Combine(Nsw, "participations.parquet"),
            "--receipt",
            Path.Combine(folder.Path, "again.json"),
            "--json");
        using (var answer = JsonDocument.Parse(again.Out))
        {
            var submission = answer.RootElement.GetProperty("accepted").GetProperty("receipt").GetProperty("submission").GetString()!;
            Assert.Contains(submission, first.Out, StringComparison.Ordinal);
        }

        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(folder.Path, "first.json"), TestContext.Current.CancellationToken),
            await File.ReadAllTextAsync(Path.Combine(folder.Path, "again.json"), TestContext.Current.CancellationToken));


        Assert.Equal(ExitCode.Ok, (await RunAsync("plans", "register", Path.Combine(Nsw, "plans.json"))).Code);
        Assert.Contains("retrospective", (await RunAsync("plans", "list")).Out, StringComparison.Ordinal);
        var run = await FirstRunAsync();
        var watched = await RunAsync("runs", "watch", run);
        Assert.Equal(ExitCode.Ok, watched.Code);
        Assert.Contains("done", watched.Out, StringComparison.Ordinal);

        var effects = await EffectsAsync(4);
        var shown = await RunAsync("effects", "show", effects[0]);
        Assert.Equal(ExitCode.Ok, shown.Code);
        Assert.Contains("1,273", shown.Out, StringComparison.Ordinal);
        var explained = await RunAsync("effects", "explain", effects[0]);
        Assert.Equal(ExitCode.Ok, explained.Code);
        Assert.Contains("1. The rows", explained.Out, StringComparison.Ordinal);
        Assert.All(explained.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.NotEqual(ExitCode.Ok, (await RunAsync("effects", "explain", effects[0], "--since", "1999-12-31")).Code);
        // What stands when a day to come has ended is what stands now.
        var unchanged = await RunAsync("effects", "explain", effects[0], "--since", "2999-12-31");
        Assert.Equal(ExitCode.Ok, unchanged.Code);
        Assert.Contains("nothing: as it was", unchanged.Out, StringComparison.Ordinal);
        Assert.All(unchanged.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
        Assert.Contains("not estimable", (await RunAsync("effects", "list", "--status", "not-estimable")).Out, StringComparison.Ordinal);
        await ExportAsync(folder.Path, effects);
        await StartAndCancelAsync(run);
    }

    private async Task ExportAsync(string folder, string[] effects)
    {
        var lines = await RunAsync("effects", "export", "--municipality", "9901", "--period", "1976");
        Assert.Equal(effects, Lines(lines.Out).Select(l => JsonDocument.Parse(l).RootElement.GetProperty("name").GetString()).Order(StringComparer.Ordinal));
        var next = lines.Error.Split("--from-time ")[1].Trim();
        Assert.Contains("No effects", (await RunAsync("effects", "list", "--from-time", next)).Out, StringComparison.Ordinal);

        var file = Path.Combine(folder, "effects.csv");
        Assert.Equal(ExitCode.Ok, (await RunAsync("effects", "export", "--format", "csv", "--out", file)).Code);
        var csv = await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken);
        Assert.StartsWith("name,change_time,status,organisation,plan", csv[0], StringComparison.Ordinal);
        Assert.Equal(5, csv.Length);
        Assert.Equal(3, csv.Count(l => l.Contains(",estimated,9901,", StringComparison.Ordinal)));
        Assert.Equal(ExitCode.Usage, (await RunAsync("effects", "list", "--period", "1976-Q5")).Code);
        Assert.Equal(ExitCode.Usage, (await RunAsync("effects", "export", "--from-time", "yesterday")).Code);
    }

    private async Task StartAndCancelAsync(string run)
    {
        var started = await RunAsync("runs", "start", "nsw-entropy-balancing", "--json");
        Assert.Equal(run, JsonDocument.Parse(started.Out).RootElement.GetProperty("name").GetString());
        Assert.Equal(ExitCode.NotFound, (await RunAsync("runs", "start", "nothing")).Code);
        var cancelled = await RunAsync("runs", "cancel", run);
        Assert.NotEqual(ExitCode.Ok, cancelled.Code);
        Assert.Contains("has ended", cancelled.Error, StringComparison.Ordinal);
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public async Task Show_UnknownEffect_ExitsWithNotFound()
    {
        var run = await RunAsync("effects", "show", "nothing");
        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Contains("no such effect", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RegisterPlan_OtherOrganisation_ExitsWithUnauthorised() =>
        Assert.Equal(
            ExitCode.Unauthorised,
            (await RunAsync("plans", "register", Path.Combine(HubFixture.Datasets, "made-country", "9912", "plans.json"))).Code);

    [Fact]
    public async Task Plans_FromDraftToClose_AreFollowed()
    {
        using var folder = new TemporaryFolder();
        await RunAsync("interventions", "register", Path.Combine(Nsw, "interventions.json"));
        var half = folder.Write("half.json", """{"Id":"nsw-drafted","Version":1,"Organisation":"9901","Project":"nsw"}""");
        var drafted = await RunAsync("plans", "draft", half);
        Assert.Equal(ExitCode.Ok, drafted.Code);
        Assert.Contains("results_due_on", drafted.Out.ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Equal(ExitCode.InputUnreadable, (await RunAsync("plans", "register", half)).Code);
        Assert.NotEqual(ExitCode.Ok, (await RunAsync("plans", "register", "--draft", "nsw-drafted")).Code);

        var text = (await File.ReadAllLinesAsync(Path.Combine(Nsw, "plans.json"), TestContext.Current.CancellationToken))[1].TrimEnd(',')
            .Replace("nsw-entropy-balancing", "nsw-drafted", StringComparison.Ordinal)
            .Replace("\"1976\"", "\"2090\"", StringComparison.Ordinal).Replace("1979-", "2095-", StringComparison.Ordinal);
        var whole = folder.Write("whole.json", text);
        Assert.Contains("it can be registered", (await RunAsync("plans", "draft", whole)).Out, StringComparison.Ordinal);
        Assert.Contains("drafts/nsw-drafted", (await RunAsync("plans", "drafts")).Out, StringComparison.Ordinal);
        var registered = await RunAsync("plans", "register", "--draft", "nsw-drafted");
        Assert.Contains("registered", registered.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("nsw-drafted", (await RunAsync("plans", "drafts")).Out, StringComparison.Ordinal);

        var other = folder.Write("other.json", text.Replace("\"MinimumTreated\":30", "\"MinimumTreated\":45", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Usage, (await RunAsync("plans", "amend", other)).Code);
        Assert.Contains(" 2 ", (await RunAsync("plans", "amend", other, "--reason", "Fler behövs.")).Out, StringComparison.Ordinal);
        var shown = await RunAsync("plans", "show", "nsw-drafted");
        Assert.Contains("Fler behövs.", shown.Out, StringComparison.Ordinal);
        Assert.Contains("5.00", shown.Out, StringComparison.Ordinal);
        Assert.Contains("closed", (await RunAsync("plans", "close", "nsw-drafted", "--reason", "Slut.")).Out, StringComparison.Ordinal);
        Assert.Contains("nsw-drafted", (await RunAsync("plans", "list", "--state", "closed")).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("nsw-drafted", (await RunAsync("plans", "list", "--state", "registered")).Out, StringComparison.Ordinal);
        foreach (var run in (CommandRun[])[drafted, registered, shown]) Assert.All(run.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 100));
    }

    private async Task<string> FirstRunAsync()
    {
        for (var i = 0; i < 150; i++)
        {
            using var runs = JsonDocument.Parse((await RunAsync("runs", "list", "--plan", "nsw-entropy-balancing", "--json")).Out);
            if (runs.RootElement.GetArrayLength() > 0) return runs.RootElement[0].GetProperty("name").GetString()!;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The scheduler made no run.");
    }

    private async Task<string[]> EffectsAsync(int count)
    {
        for (var i = 0; i < 150; i++)
        {
            using var effects = JsonDocument.Parse((await RunAsync("effects", "list", "--json")).Out);
            string[] names = [.. effects.RootElement.EnumerateArray().Select(e => e.GetProperty("name").GetString()!)];
            if (names.Length == count) return names;
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("Not all effects came.");
    }

    private Task<CommandRun> RunAsync(params string[] args) =>
        CommandRun.OfAsync([.. args, "--hub", hub.Address, "--token", hub.Token, "--lang", "en"]);
}
