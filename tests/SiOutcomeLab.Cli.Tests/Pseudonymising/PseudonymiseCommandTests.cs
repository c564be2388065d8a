using System.Text;
using System.Text.Json.Nodes;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Tests.Pseudonymising;

public sealed class PseudonymiseCommandTests
{
    // HMAC-SHA-256 of 196408233234 under the bytes 00…1f:
    // printf 196408233234 | openssl dgst -sha256 -mac HMAC -macopt hexkey:000102…1f
    private const string Pseudonym = "c3b22ecc385e31543a550bb3a5001ef6e1a9dd3c69342401549be3ba1d9d7e88";
    private const string Rows = "640823-3234;2024-Q1;Kvinna;1964;1,0\r\n19640823-3234;2024K2;K;1964;\r\n;;;;\r\n";

    public static TheoryData<string, string> Encodings => new()
    {
        { "utf-8-bom", "auto" }, { "utf-8", "auto" }, { "windows-1252", "auto" }, { "utf-16", "auto" }, { "utf-16-bare", "auto" },
        { "utf-16-big", "auto" }, { "windows-1252", "windows-1252" }, { "utf-8", "utf-8" },
    };

    private static (List<string> Columns, List<string> Persons) Read(string folder)
    {
        using var reader = ParquetReader.Open(Path.Combine(folder, "observations.parquet"));
        var batch = new BytesBatch();
        var persons = new List<string>();
        using var column = reader.OpenRowGroup(0).Bytes(0);
        while (column.Read(batch, 100) > 0)
        {
            for (var i = 0; i < batch.Count; i++) persons.Add(Encoding.ASCII.GetString(batch[i]));
        }

        return ([.. reader.Schema.Columns.Select(c => c.Name)], persons);
    }

    [Theory, MemberData(nameof(Encodings))]
    public async Task Run_ExcelExportInAnyEncoding_BecomesADeliveryUnderTheKey(string encoding, string option)
    {
        using var shop = new Workshop();
        var text = Workshop.Header.ReplaceLineEndings("\r\n") + Rows;
        var path = shop.Write("obs.csv", encoding switch
        {
            "utf-8-bom" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            "utf-8" => Encoding.UTF8.GetBytes(text),
            "windows-1252" => CsvEncoding.Windows1252.GetBytes(text),
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            "utf-16-bare" => Encoding.Unicode.GetBytes(text),
            _ => [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(text)],
        });
        shop.WriteSettings(""", "values": { "sex": { "K": "woman" } }""");

        var run = await shop.RunAsync(path, "--encoding", option);

        Assert.Equal((ExitCode.Ok, string.Empty), (run.Code, run.Error));
        var manifest = SubmissionManifest.Read(await File.ReadAllBytesAsync(Path.Combine(shop.Output, "manifest.json"), TestContext.Current.CancellationToken)).Manifest!;
        Assert.Equal((Workshop.Key.Id, 2L, "0180"), (manifest.PseudonymKey, manifest.Observations.Rows, manifest.Organisation.Code));
        var (columns, persons) = Read(shop.Output);
        Assert.Equal(["person_id", "municipality_code", "period_start", "sex", "birth_year", "income_support_months"], columns);
        Assert.Equal([Pseudonym, Pseudonym], persons);
        Assert.Equal(["manifest.json", "observations.parquet"], Directory.GetFiles(shop.Output).Select(Path.GetFileName).Order());
    }

    [Theory]
    [InlineData("Personnummer,Period,Löneinkomst\n640823-3234,2024-Q1,\"1,5\"\n", false)]
    [InlineData("Personnummer,Period,Löneinkomst\n640823-3234,2024-Q1,1.5\n", true)]
    [InlineData("Personnummer\tPeriod\tLöneinkomst\n640823-3234\t2024-Q1\t1 000,5\n", true)]
    [InlineData("sep=;\nPersonnummer;Period;Löneinkomst\n640823-3234;2024-Q1;1,5\n", true)]
    [InlineData("Personnummer;Period;Löneinkomst;;\n640823-3234;2024-Q1;1,5;;\n", true)]
    [InlineData("\"Personnummer\";\"Period\";\"Löneinkomst\"\n\"640823-3234\";\"2024-Q1\";\"1,5\"", true)]
    public async Task Run_DelimitersAndDecimals_FollowTheFile(string text, bool taken)
    {
        using var shop = new Workshop();

        var run = await shop.RunAsync(shop.Write("obs.csv", text));

        Assert.Equal(taken ? ExitCode.Ok : ExitCode.Refused, run.Code);
        if (!taken) Assert.Contains("CELL_NOT_A_NUMBER", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_BadRows_AreToldByNumberAndNothingIsWritten()
    {
        using var shop = new Workshop();
        var path = shop.Write("obs.csv", Workshop.Header + "640823-3235;2024-Q1;Kvinna;1964;1\n640823-3234;2024-Q1;Kvinna;1964;1\n1,96E+11;2024-Q1;Kvinna;1964;1\n");

        var run = await shop.RunAsync(path);

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("NUMBER_CONTROL_DIGIT, column person_id", run.Out, StringComparison.Ordinal);
        Assert.Contains("1 row: 3", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("640823", run.Out + run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("3235", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(["obs.csv", "prov.key.json", "settings.json"], Directory.GetFileSystemEntries(Path.GetDirectoryName(shop.Output)!).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task Run_SkipInvalid_LeavesTheRowsOutAndTellsHowMany()
    {
        using var shop = new Workshop();
        var path = shop.Write("obs.csv", Workshop.Header + "640823-3235;2024-Q1;Kvinna;1964;1\n640823-3234;2024-Q1;Kvinna;1964;1\n");

        var run = await shop.RunAsync(path, "--skip-invalid", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        var told = JsonNode.Parse(run.Out)!;
        Assert.Equal((1, 1), ((int)told["observations"]!["rows"]!, (int)told["observations"]!["rows_left_out"]!));
        Assert.Equal("NUMBER_CONTROL_DIGIT", (string?)told["findings"]![0]!["rule"]);
    }

    [Fact]
    public async Task Run_ParquetWithNumbersAsIntegers_GivesTheSamePersons()
    {
        using var shop = new Workshop();
        var path = shop.In("obs.parquet");
        await using (var file = File.Create(path))
        {
            using var writer = ParquetWriter.Create(file, [ParquetColumnSpec.Of<long>("pnr"), ParquetColumnSpec.Date("period"), ParquetColumnSpec.Of<double>("löneinkomst")]);
            var group = writer.StartRowGroup();
            group.WriteColumn<long>([196408233234, 6408233234]);
            group.WriteColumn<int>([19723, 19814]);
            group.WriteColumn<double>([1234.5, 1e6]);
            writer.Close();
        }

        var run = await shop.RunAsync(path);

        Assert.Equal((ExitCode.Ok, string.Empty), (run.Code, run.Error));
        Assert.Equal([Pseudonym, Pseudonym], Read(shop.Output).Persons);
    }

    [Fact]
    public async Task Run_IntoAFolderWithSomethingInIt_IsRefused()
    {
        using var shop = new Workshop();
        Directory.CreateDirectory(shop.Output);
        await File.WriteAllTextAsync(Path.Combine(shop.Output, "mine.txt"), "mine", TestContext.Current.CancellationToken);

        var run = await shop.RunAsync(shop.Write("obs.csv", Workshop.Header + Rows));

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Equal(["mine.txt"], Directory.GetFiles(shop.Output).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Run_QuoteThatIsNeverClosed_IsAnErrorAndNoMemory()
    {
        using var shop = new Workshop();
        var path = shop.Write("obs.csv", Workshop.Header + "640823-3234;2024-Q1;\"Kvinna;1964;1\n" + new string('x', 8_000_000));

        var run = await shop.RunAsync(path);

        Assert.Equal(ExitCode.InputUnreadable, run.Code);
        Assert.DoesNotContain("640823", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(shop.Output));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Personnummer\n640823-3234\n")]
    public async Task Run_NoTable_SaysSo(string text)
    {
        using var shop = new Workshop();
        Assert.Equal(ExitCode.InputUnreadable, (await shop.RunAsync(shop.Write("obs.csv", text))).Code);
    }

    [Fact]
    public async Task Run_SettingsThatLackThings_NameEveryPropertyInTheManifestsWords()
    {
        using var shop = new Workshop();
        shop.Write("settings.json", """{ "organisation": "0180", "project": "prov", "periods": "2024-Q2..2024-Q1" }""");

        var run = await shop.RunAsync(shop.Write("obs.csv", Workshop.Header + Rows));

        Assert.Equal(ExitCode.Refused, run.Code);
        foreach (var name in new[] { "periods", "population", "legal_basis", "allowed_uses" }) Assert.Contains($"column {name}", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OptionsAlone_AreEnough()
    {
        using var shop = new Workshop();
        shop.Write("settings.json", "{}");

        var run = await shop.RunAsync(
            shop.Write("obs.csv", "Personnummer;Period;Löneinkomst\n640823-3234;2024-Q1;1\n"), "--organisation", "0180", "--project", "prov",
            "--periods", "2024-Q1,2024-Q3", "--population", "Alla.", "--population-source", "Systemet.", "--legal-basis", "Lag.",
            "--allow", "own_evaluation,pooled_results");

        Assert.Equal((ExitCode.Ok, string.Empty), (run.Code, run.Error));
    }

    [Fact]
    public async Task Run_KeyOfAnotherProject_IsRefused()
    {
        using var shop = new Workshop();
        var run = await shop.RunAsync(shop.Write("obs.csv", Workshop.Header + Rows), "--project", "annat");
        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.False(Directory.Exists(shop.Output));
    }
}
