using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Reading;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>The files of a submission on this machine.</summary>
/// <param name="Manifest">The manifest.</param>
/// <param name="Observations">The observations file.</param>
/// <param name="Participations">The participations file; null when there is none.</param>
internal sealed record SubmissionFiles(string Manifest, string Observations, string? Participations)
{
    /// <summary>The files of a folder under their usual names.</summary>
    public static SubmissionFiles In(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"Mappen {folder} finns inte.", $"There is no folder {folder}."),
                new("Ge en mapp med manifest.json och observations.parquet.", "Give a folder with manifest.json and observations.parquet."));
        }

        var participations = Path.Combine(folder, "participations.parquet");
        return new SubmissionFiles(
            Path.Combine(folder, "manifest.json"),
            Path.Combine(folder, "observations.parquet"),
            File.Exists(participations) ? participations : null);
    }

    /// <summary>Refuses files that are not there.</summary>
    /// <exception cref="CommandException">A file is missing.</exception>
    public SubmissionFiles RequireAll()
    {
        foreach (var path in new[] { Manifest, Observations, Participations })
        {
            if (path is null || File.Exists(path)) continue;
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"Filen {path} finns inte.", $"There is no file {path}."),
                new("En leverans är manifest.json, observations.parquet och, om den finns, participations.parquet.",
                    "A submission is manifest.json, observations.parquet and, if there is one, participations.parquet."));
        }

        return this;
    }

    /// <summary>Where a file of the upload lies.</summary>
    /// <exception cref="CommandException">The manifest declares a file that was not given.</exception>
    public string PathOf(SubmissionFile file) => file == SubmissionFile.Participations ? Participations ?? throw NoParticipations() : Observations;

    public long TotalBytes() => FileLength.Of(Observations) + (Participations is null ? 0 : FileLength.Of(Participations));

    private static CommandException NoParticipations() => new(
        ExitCode.InputUnreadable,
        new("Manifestet nämner en deltagandefil, men ingen gavs.", "The manifest names a participations file, but none was given."),
        new("Ge den, eller ta bort den ur manifestet.", "Give it, or remove it from the manifest."));
}
