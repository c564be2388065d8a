using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Pushing;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Cli.Validating;

/// <summary>What an offline check found.</summary>
/// <param name="Manifest">The manifest; null when it could not be read.</param>
/// <param name="Result">The check of the files; null when the manifest could not be read.</param>
/// <param name="Findings">All findings, the manifest's own among them.</param>
/// <param name="InterventionsAreKnown">Whether the registered interventions were told, so that codes could be held against them.</param>
internal sealed record OfflineResult(
    SubmissionManifest? Manifest, CheckResult? Result, IReadOnlyList<Finding> Findings, bool InterventionsAreKnown)
{
    public int Errors => Findings.Count(f => f.Severity == Severity.Error);

    public int Warnings => Findings.Count(f => f.Severity == Severity.Warning);
}

/// <summary>Runs the hub's own check on a delivery that lies on this machine; nothing is sent.</summary>
internal static class OfflineCheck
{
    // Without the register at hand every code would be called unregistered.
    private const string UnregisteredRule = "INTERVENTION_UNREGISTERED";
    private const string RegisterName = "interventions.json";

    /// <summary>Checks the delivery.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="interventions">The interventions registered; null to look for the file beside the manifest.</param>
    /// <param name="keyId">The id of the project's key; null to take any.</param>
    /// <param name="earlier">Files with figures of earlier submissions, for the rules that warn of changes.</param>
    /// <param name="cancellationToken">Forwarded.</param>
    public static async Task<OfflineResult> RunAsync(
        SubmissionFiles files, string? interventions, string? keyId, IReadOnlyList<string> earlier, CancellationToken cancellationToken)
    {
        var reading = SubmissionManifest.Read(await File.ReadAllBytesAsync(files.Manifest, cancellationToken));
        if (reading.Manifest is not { } manifest) return new OfflineResult(null, null, reading.Findings, false);
        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(files.Manifest))!, RegisterName);
        interventions ??= File.Exists(beside) ? beside : null;
        var registered = new HashSet<InterventionCode>();
        if (interventions is not null)
        {
            var all = await PlanFiles.ReadInterventionsAsync(interventions, cancellationToken);
            registered = [.. all.Where(i => i.Organisation == manifest.Organisation).Select(i => i.Code)];
        }

        var figures = new List<SubmissionFigures>();
        foreach (var path in earlier) figures.AddRange(await FiguresAsync(path, cancellationToken));
        await using var observations = File.OpenRead(files.Observations);
        await using var participations = files.Participations is null ? null : File.OpenRead(files.Participations);
        var context = new CheckContext(manifest.Organisation, registered) { PseudonymKey = keyId, Earlier = figures };
        var result = await SubmissionChecker.CheckAsync(manifest, observations, participations, context, cancellationToken);
        var findings = interventions is null ? [.. result.Findings.Where(f => f.Rule != UnregisteredRule)] : result.Findings;
        return new OfflineResult(manifest, result, findings, interventions is not null);
    }

    private static async Task<IReadOnlyList<SubmissionFigures>> FiguresAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return SubmissionFigures.Read(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (FormatException)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"{path} är inga siffror om en tidigare leverans.", $"{path} holds no figures of an earlier submission."),
                new("Ge filen som silab validate --figures skrev.", "Give the file that silab validate --figures wrote."));
        }
    }
}
