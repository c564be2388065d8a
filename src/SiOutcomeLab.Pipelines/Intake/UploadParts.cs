using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>The files of an upload: their names in the spool and in messages, and what the manifest declares of them.</summary>
internal static class UploadParts
{
    public static string Name(SubmissionPart part) => part switch
    {
        SubmissionPart.Observations => "observations",
        SubmissionPart.Participations => "participations",
        _ => throw new ArgumentOutOfRangeException(nameof(part), part, "A file of an upload is the observations or the participations."),
    };

    /// <exception cref="UploadException">The manifest declares no such file.</exception>
    public static ManifestFile Declared(SubmissionManifest manifest, SubmissionPart part) =>
        part == SubmissionPart.Observations ? manifest.Observations
        : manifest.Participations ?? throw new UploadException(UploadProblem.FileUndeclared, "The manifest declares no participations file.");

    public static SubmissionManifest Manifest(Upload upload) =>
        SubmissionManifest.Read(System.Text.Encoding.UTF8.GetBytes(upload.Manifest)).Manifest
        ?? throw new InvalidDataException($"The manifest of upload {upload.Id}, accepted when it was opened, cannot be read any more.");
}
