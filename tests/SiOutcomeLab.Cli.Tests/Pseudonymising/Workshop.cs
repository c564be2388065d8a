using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Tests.Pseudonymising;

/// <summary>A submitter's folder: a key that is the same in every run, settings, and tables as the test writes them.</summary>
internal sealed class Workshop : IDisposable
{
    // Skatteverket's published example 640823-3234, and numbers with serials 980–999 made from it by the rule of the control digit.
    public const string Header = "Personnummer;Period;Kön;Födelseår;Månader med ekonomiskt bistånd\n";

    public static readonly ProjectKey Key =
        new(new ProjectId("prov"), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private readonly TemporaryFolder _folder = new();

    public Workshop()
    {
        ProjectKeyFile.WriteNew(KeyFile, Key);
        WriteSettings();
    }

    public string KeyFile => In("prov.key.json");

    public string Settings => In("settings.json");

    public string Output => In("out");

    public string In(string name) => Path.Combine(_folder.Path, name);

    public string Write(string name, string text) => _folder.Write(name, text);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(In(name), bytes);
        return In(name);
    }

    public void WriteSettings(string more = "") => Write("settings.json", $$"""
        {
          "organisation": "0180",
          "project": "prov",
          "periods": "2024-Q1..2024-Q2",
          "population": { "definition": "Alla i målgruppen.", "source": "Verksamhetssystemet." },
          "legal_basis": "Prov.",
          "allowed_uses": ["own_evaluation"]{{more}}
        }
        """);

    public Task<CommandRun> RunAsync(string observations, params string[] more) => CommandRun.OfAsync(
        ["pseudonymise", "--observations", observations, "--key", KeyFile, "--settings", Settings, "--out", Output, "--lang", "en", .. more]);

    public void Dispose() => _folder.Dispose();
}
