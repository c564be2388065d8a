using System.Text;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Templates;

/// <summary>Writes the example: filled tables, empty ones, settings, interventions and what to do. The same bytes every time.</summary>
internal static class TemplateFolder
{
    public static async Task<IReadOnlyList<string>> WriteAsync(
        string path, string organisation, Language language, CancellationToken cancellationToken)
    {
        using var folder = SubmissionFolder.Begin(path);
        var observations = ExampleTables.Observations().ToList();
        var participations = ExampleTables.Participations().ToList();
        var files = new (string Name, string Text)[]
        {
            (language.Pick("LÄSMIG.txt", "README.txt"), language.Pick(TemplateTexts.HowTo).ReplaceLineEndings("\n") + "\n"),
            ("installningar.json", TemplateTexts.Settings(organisation).ReplaceLineEndings("\n")),
            ("interventions.json", TemplateTexts.Interventions(organisation).ReplaceLineEndings("\n")),
            ("observationer.csv", ExcelCsv.Text(observations)),
            ("deltaganden.csv", ExcelCsv.Text(participations)),
            (Path.Combine("tom", "observationer.csv"), ExcelCsv.Text([ExampleTables.Empty(SubmissionPart.Observations)])),
            (Path.Combine("tom", "deltaganden.csv"), ExcelCsv.Text([ExampleTables.Empty(SubmissionPart.Participations)])),
        };
        foreach (var (name, text) in files)
        {
            await using var file = folder.Create(name);
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        }

        folder.Finish();
        return [.. files.Select(f => f.Name)];
    }
}
