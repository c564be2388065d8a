using System.Text.Json.Nodes;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Tests.Pseudonymising;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Tests.Validating;

public sealed class ValidateCommandTests
{
    private static async Task<Workshop> DeliveryAsync(string rows, string periods = "2024-Q1..2024-Q2")
    {
        var shop = new Workshop();
        var run = await shop.RunAsync(shop.Write("obs.csv", Workshop.Header + rows), "--periods", periods);
        Assert.Equal((ExitCode.Ok, string.Empty), (run.Code, run.Error));
        return shop;
    }

    [Fact]
    public async Task Run_CleanDelivery_IsOkAndGivesTheRowsHash()
    {
        using var shop = await DeliveryAsync("640823-3234;2024-Q1;Kvinna;1964;1\n640823-3234;2024-Q2;Kvinna;1964;\n");

        var run = await CommandRun.OfAsync("validate", shop.Output, "--key", shop.KeyFile, "--strict", "--lang", "en");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("2 observation rows, 1 person,", run.Out, StringComparison.Ordinal);
        Assert.Matches("observations: [0-9a-f]{64}", run.Out);
        Assert.Contains("without remark", run.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, (await CommandRun.OfAsync("validate", Path.Combine(shop.Output, "manifest.json"))).Code);
    }

    [Fact]
    public async Task Run_Errors_AreGroupedInTextJsonAndCsv()
    {
        using var shop = await DeliveryAsync("640823-3234;2024-Q1;Kvinna;1964;1\n640823-3234;2024-Q1;Kvinna;1964;4\n640823-3234;2024-Q2;;1964;4\n");
        var csv = shop.In("fel.csv");

        var text = await CommandRun.OfAsync("validate", shop.Output, "--csv", csv, "--lang", "sv");
        var json = await CommandRun.OfAsync("validate", shop.Output, "--json");

        Assert.Equal((ExitCode.Refused, ExitCode.Refused), (text.Code, json.Code));
        Assert.Contains("2 rader: 2, 3", text.Out, StringComparison.Ordinal);
        Assert.Contains("OBSERVATION_DUPLICATE", text.Out, StringComparison.Ordinal);
        var found = JsonNode.Parse(json.Out)!;
        Assert.False((bool)found["accepted"]!);
        var range = found["findings"]!.AsArray().Single(f => (string)f!["rule"]! == "VALUE_OUT_OF_RANGE")!;
        Assert.Equal((2, "income_support_months", "error"), ((int)range["count"]!, (string)range["column"]!, (string)range["severity"]!));
        var lines = await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken);
        Assert.Equal("del;allvar;regel;kolumn;antal;exempelrader;vad;gör så här", lines[0].TrimStart('\uFEFF'));
        Assert.Equal(found["findings"]!.AsArray().Count + 1, lines.Length);
    }

    [Fact]
    public async Task Run_Warnings_CountOnlyWhenAskedTo()
    {
        using var shop = await DeliveryAsync("640823-3234;2024-Q1;Kvinna;1964;1\n", "2024-Q1..2024-Q2");

        var plain = await CommandRun.OfAsync("validate", shop.Output);
        var strict = await CommandRun.OfAsync("validate", shop.Output, "--strict");

        Assert.Contains("PERIOD_WITHOUT_ROWS", plain.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCode.Ok, ExitCode.Warned), (plain.Code, strict.Code));
    }

    [Fact]
    public async Task Run_FiguresOfAnEarlierDelivery_WarnOfAShift()
    {
        static string Rows(int quarter, int months) => string.Concat(Enumerable.Range(0, 200).Select(i => $"{Person(i)};2024-Q{quarter};Kvinna;1964;{(i + months) % (months + 1)}\n"));
        using var first = await DeliveryAsync(Rows(1, 3), "2024-Q1");
        using var second = await DeliveryAsync(Rows(2, 0), "2024-Q2");
        var figures = first.In("figures.json");
        Assert.Equal(ExitCode.Ok, (await CommandRun.OfAsync("validate", first.Output, "--figures", figures, "--strict")).Code);

        var alone = await CommandRun.OfAsync("validate", second.Output, "--strict");
        var compared = await CommandRun.OfAsync("validate", second.Output, "--strict", "--earlier", figures);

        Assert.Equal(ExitCode.Ok, alone.Code);
        Assert.Equal(ExitCode.Warned, compared.Code);
        Assert.Contains("income_support_months", compared.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.InputUnreadable, (await CommandRun.OfAsync("validate", second.Output, "--earlier", second.Settings)).Code);
    }

    /// <summary>Made-up numbers of one day, each with its control digit.</summary>
    private static string Person(int index)
    {
        var canonical = new byte[PersonNumber.CanonicalLength];
        return Enumerable.Range(0, 10)
            .Select(control => $"19640823{100 + index}{control}")
            .Single(text => PersonNumber.Read(text, new DateOnly(2024, 12, 31), canonical) == PersonNumberFault.None);
    }

    [Fact]
    public async Task Run_AnotherKeyThanTheManifests_IsAnError()
    {
        using var shop = await DeliveryAsync("640823-3234;2024-Q1;Kvinna;1964;1\n640823-3234;2024-Q2;Kvinna;1964;1\n");
        Assert.Equal(ExitCode.Ok, (await CommandRun.OfAsync("identity", "key", "new", "--project", "prov", "--out", shop.In("other.json"))).Code);

        var run = await CommandRun.OfAsync("validate", shop.Output, "--key", shop.In("other.json"));

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("MANIFEST_PSEUDONYM_KEY", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BrokenManifest_TellsItsFindings()
    {
        using var shop = await DeliveryAsync("640823-3234;2024-Q1;Kvinna;1964;1\n640823-3234;2024-Q2;Kvinna;1964;1\n");
        await File.WriteAllTextAsync(Path.Combine(shop.Output, "manifest.json"), "{}", TestContext.Current.CancellationToken);

        var run = await CommandRun.OfAsync("validate", shop.Output, "--lang", "en");

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("MANIFEST_MISSING_PROPERTY", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Run_Rules_PrintsEveryOneWithItsRemedy(string language)
    {
        var run = await CommandRun.OfAsync("validate", "--rules", "--lang", language);
        var json = await CommandRun.OfAsync("validate", "--rules", "--json");

        var all = ContractRules.All.Concat(SourceRules.All).ToList();
        Assert.All(all, rule => Assert.Contains($" {rule.Code}\n", run.Out.ReplaceLineEndings("\n"), StringComparison.Ordinal));
        Assert.Equal(all.Count, JsonNode.Parse(json.Out)!.AsArray().Count);
    }

    [Theory]
    [InlineData("month", 31)]
    [InlineData("year", 366)]
    public async Task Run_Contract_PrintsTheTableInThreeForms(string period, int days)
    {
        using var folder = new TemporaryFolder();
        var text = await CommandRun.OfAsync("contract", "--period", period, "--lang", "en");
        var json = await CommandRun.OfAsync("contract", "--period", period, "--json");
        var csv = Path.Combine(folder.Path, "c.csv");
        Assert.Equal(ExitCode.Ok, (await CommandRun.OfAsync("contract", "--csv", csv)).Code);

        Assert.Contains($"whole 0–{days}", text.Out, StringComparison.Ordinal);
        Assert.Contains("owned by the municipality; budget item: income support", text.Out.ReplaceLineEndings(" ").Replace("     ", " ", StringComparison.Ordinal), StringComparison.Ordinal);
        var rows = JsonNode.Parse(json.Out)!.AsArray();
        Assert.Equal(rows.Count + 1, (await File.ReadAllLinesAsync(csv, TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Run_IdentityKeys_AreListedAndNeverShown()
    {
        using var shop = new Workshop();
        var secret = (string)JsonNode.Parse(await File.ReadAllTextAsync(shop.KeyFile, TestContext.Current.CancellationToken))!["key"]!;

        var list = await CommandRun.OfAsync("identity", "key", "list", Path.GetDirectoryName(shop.KeyFile)!);
        var show = await CommandRun.OfAsync("identity", "key", "show", shop.KeyFile, "--json");
        var again = await CommandRun.OfAsync("identity", "key", "new", "--project", "prov", "--out", shop.KeyFile);

        Assert.Contains(Workshop.Key.Id, list.Out, StringComparison.Ordinal);
        Assert.Equal(Workshop.Key.Id, (string?)JsonNode.Parse(show.Out)![0]!["key_id"]);
        Assert.Equal(ExitCode.Conflict, again.Code);
        Assert.DoesNotContain(secret, list.Out + show.Out + again.Out + again.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, (await CommandRun.OfAsync("identity", "key", "new", "--project", "Å", "--out", shop.In("x"))).Code);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(shop.KeyFile, UnixFileMode.UserRead | UnixFileMode.OtherRead);
            Assert.Equal(ExitCode.InputUnreadable, (await CommandRun.OfAsync("identity", "key", "show", shop.KeyFile)).Code);
        }
    }
}
