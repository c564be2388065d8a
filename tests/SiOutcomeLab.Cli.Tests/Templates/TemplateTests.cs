using System.Security.Cryptography;
using System.Text.Json.Nodes;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Templates;
using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Tests.Templates;

public sealed class TemplateTests
{
    [Theory]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task Run_TemplateKeyPseudonymiseValidate_IsCleanOutOfTheBox(string language)
    {
        using var folder = new TemporaryFolder();
        string At(string name) => Path.Combine(folder.Path, "exempel", name);
        Task<CommandRun> RunAsync(params string[] args) => CommandRun.OfAsync([.. args, "--lang", language]);

        Assert.Equal(ExitCode.Ok, (await RunAsync("template", Path.Combine(folder.Path, "exempel"))).Code);
        Assert.Equal(ExitCode.Ok, (await RunAsync("identity", "key", "new", "--project", "exempel", "--out", At("exempel.key.json"))).Code);
        var made = await RunAsync(
            "pseudonymise", "--observations", At("observationer.csv"), "--participations", At("deltaganden.csv"), "--key", At("exempel.key.json"),
            "--settings", At("installningar.json"), "--out", At("leverans"));
        Assert.Equal((ExitCode.Ok, string.Empty), (made.Code, made.Error));
        var check = await RunAsync(
            "validate", At("leverans"), "--key", At("exempel.key.json"), "--interventions", At("interventions.json"), "--strict", "--json");

        Assert.Equal(ExitCode.Ok, check.Code);
        var found = JsonNode.Parse(check.Out)!;
        Assert.True((bool)found["accepted"]!);
        Assert.Empty(found["findings"]!.AsArray());
        Assert.Equal((158, 40, 10), ((int)found["observation_rows"]!, (int)found["persons"]!, (int)found["participation_rows"]!));
    }

    [Fact]
    public async Task Run_Template_IsTheSameEveryTime()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in new[] { "a", "b" })
        {
            Assert.Equal(ExitCode.Ok, (await CommandRun.OfAsync("template", Path.Combine(folder.Path, name))).Code);
        }

        var first = Hashes(Path.Combine(folder.Path, "a"));
        Assert.Equal(7, first.Count);
        Assert.Equal(first, Hashes(Path.Combine(folder.Path, "b")));
    }

    [Fact]
    public async Task Run_TemplateIntoAFolderWithSomethingInIt_IsRefusedAndLeavesIt()
    {
        using var folder = new TemporaryFolder();
        var mine = folder.Write("mine.txt", "mine");

        var run = await CommandRun.OfAsync("template", folder.Path);

        Assert.Equal(ExitCode.Conflict, run.Code);
        Assert.Equal([mine], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Persons_OfTheExample_AreDistinctAndHaveTestSerials()
    {
        Assert.Equal(40, ExamplePersons.All.Select(p => p.Number).Distinct().Count());
        Assert.All(ExamplePersons.All, p =>
        {
            Assert.InRange(int.Parse(p.Number[8..11], System.Globalization.CultureInfo.InvariantCulture), 980, 999);
            Assert.Equal(PersonNumberFault.None, PersonNumber.Read(p.ShortNumber, new DateOnly(2024, 12, 31), new byte[12]));
        });
    }

    private static SortedDictionary<string, string> Hashes(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).ToDictionary(
            f => Path.GetRelativePath(folder, f), f => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))),
        StringComparer.Ordinal);
}
