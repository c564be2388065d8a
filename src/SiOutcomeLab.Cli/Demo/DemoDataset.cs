using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pushing;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>One organisation's shipped data: a submission, its interventions and its plans.</summary>
/// <param name="Folder">Where it lies.</param>
/// <param name="Files">The submission.</param>
internal sealed record DemoDataset(string Folder, SubmissionFiles Files)
{
    public string Interventions => Path.Combine(Folder, "interventions.json");

    public string Plans => Path.Combine(Folder, "plans.json");

    public static DemoDataset Nsw(string datasets) => In(Path.Combine(datasets, "nsw"));

    /// <summary>The invented municipalities, by code.</summary>
    public static IReadOnlyList<DemoDataset> MadeCountry(string datasets)
    {
        var root = Path.Combine(datasets, "made-country");
        var found = Directory.Exists(root)
            ? Directory.GetDirectories(root).Where(IsSubmission).Order(StringComparer.Ordinal).ToArray()
            : [];
        return found.Length > 0 ? [.. found.Select(In)] : throw Missing(root);
    }

    private static bool IsSubmission(string folder) => File.Exists(Path.Combine(folder, "manifest.json"));

    private static DemoDataset In(string folder) => Directory.Exists(folder)
        ? new DemoDataset(folder, SubmissionFiles.In(folder).RequireAll())
        : throw Missing(folder);

    private static CommandException Missing(string folder) => new(
        ExitCode.InputUnreadable,
        new($"Demots data saknas: {folder}.", $"The demo's data are missing: {folder}."),
        new("Bygg silab på nytt; mappen datasets ska ligga bredvid programmet.", "Build silab again; the folder datasets belongs beside the program."));
}
