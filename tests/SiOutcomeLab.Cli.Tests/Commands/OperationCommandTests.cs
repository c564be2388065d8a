using System.Text.Json;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Samples;

namespace SiOutcomeLab.Cli.Tests.Commands;

/// <summary>The commands that operate a hub: what they take, what they say, and with which exit code they end.</summary>
public sealed class OperationCommandTests
{
    [Theory]
    [InlineData("hub run")]
    [InlineData("hub check")]
    [InlineData("hub check --config a --data b")]
    [InlineData("hub check --config a --key-file b")]
    [InlineData("hub backup --data d")]
    [InlineData("hub restore")]
    [InlineData("hub upgrade --data d")]
    [InlineData("hub upgrade --data d --backup b --backup-done")]
    [InlineData("hub key rotate")]
    public async Task Run_UnreadableCommandLine_ExitsWithUsage(string line)
    {
        var run = await CommandRun.OfAsync(line.Split(' '));
        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hub run --config /no/hub.json", 3)]
    [InlineData("hub backup TO --data /no/data", 3)]
    [InlineData("hub upgrade --data /no/data --backup-done", 3)]
    [InlineData("hub restore /no/backup --data TO", 3)]
    [InlineData("hub key list --data /no/data", 21)]
    [InlineData("hub key rotate --data /no/data", 3)]
    [InlineData("hub key new --data TO --key-file TO/inside.key", 14)]
    public async Task Run_NothingThere_SaysWhatAndWhatToDo(string line, int code)
    {
        using var folder = new TemporaryFolder();
        var to = Path.Combine(folder.Path, "to");
        var run = await CommandRun.OfAsync([.. line.Replace("TO", to, StringComparison.Ordinal).Split(' '), "--lang", "en"]);
        Assert.Equal(code, (int)run.Code);
        Assert.Contains("→", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(to));
    }

    [Fact]
    public async Task Key_NewThenListedThenNewAgain_IsNeverShownNorReplaced()
    {
        using var folder = new TemporaryFolder();
        var data = Path.Combine(folder.Path, "data");
        var made = await CommandRun.OfAsync("hub", "key", "new", "--data", data, "--lang", "en");
        var listed = await CommandRun.OfAsync("hub", "key", "list", "--data", data, "--json");
        var again = await CommandRun.OfAsync("hub", "key", "new", "--data", data, "--lang", "en");

        Assert.Equal((ExitCode.Ok, ExitCode.Ok, ExitCode.TargetTaken), (made.Code, listed.Code, again.Code));
        using var keys = JsonDocument.Parse(listed.Out);
        var id = keys.RootElement[0].GetProperty("id").GetString()!;
        Assert.Contains(id, made.Out, StringComparison.Ordinal);
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(data + ".key", TestContext.Current.CancellationToken));
        var secret = file.RootElement.GetProperty("keys")[0].GetProperty("key").GetString()!;
        Assert.DoesNotContain(secret, made.Out + made.Error + listed.Out + listed.Error + again.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sv", "är ingen känd nyckel. Menades telemetry.endpoint?")]
    [InlineData("en", "is no known key. Did you mean telemetry.endpoint?")]
    public async Task Check_ConfigurationThatCannotBeHad_IsToldInTheLanguageAsked(string language, string told)
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("hub.json", """{ "data_folder": "data", "telemetry": { "endpont": "http://127.0.0.1:4317" } }""");
        var run = await CommandRun.OfAsync("hub", "check", "--config", config, "--lang", language);
        Assert.Equal(ExitCode.HubCannotStart, run.Code);
        Assert.Contains(told, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_HubBeforeItsFirstStart_IsSound()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("hub.json", """{ "data_folder": "data", "key_file": "hub.key", "spool_bytes": "1MiB", "maximum_file_bytes": "1MiB" }""");
        await CommandRun.OfAsync("hub", "key", "new", "--config", config);
        var run = await CommandRun.OfAsync("hub", "check", "--config", config, "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        using var report = JsonDocument.Parse(run.Out);
        Assert.True(report.RootElement.GetProperty("isSound").GetBoolean());
        Assert.Equal("skipped", report.RootElement.GetProperty("items").EnumerateArray().Single(i => i.GetProperty("name").GetString() == "catalogue").GetProperty("verdict").GetString());
    }
}
