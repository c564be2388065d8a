using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;
using Wire = SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>Uploads on the wire.</summary>
internal static class UploadMapping
{
    public static Wire.Upload ToWire(UploadStatus status)
    {
        var (upload, manifest) = (status.Upload, status.Manifest);
        var wire = new Wire.Upload
        {
            Name = $"uploads/{upload.Id}",
            State = StateOf(upload.State, status.Stage),
            Organisation = upload.Organisation.Code,
            Project = upload.Project.Code,
            ContentHash = upload.ContentHash,
            Files = { File(Wire.SubmissionFile.Observations, manifest.Observations, status.DurableObservations) },
            CreatedAt = Timestamp.FromDateTimeOffset(upload.CreatedAt),
            ExpiresAt = Timestamp.FromDateTimeOffset(upload.ExpiresAt),
            Submission = upload.SubmissionId is { } id ? $"submissions/{id}" : string.Empty,
        };
        if (manifest.Participations is { } p) wire.Files.Add(File(Wire.SubmissionFile.Participations, p, status.DurableParticipations));
        if (upload.State == UploadState.Refused) wire.Refused = Wire.Refusal.Parser.ParseFrom(upload.Outcome.Span);
        return wire;
    }

    public static SubmissionPart? PartOf(Wire.SubmissionFile file) => file switch
    {
        Wire.SubmissionFile.Observations => SubmissionPart.Observations,
        Wire.SubmissionFile.Participations => SubmissionPart.Participations,
        _ => null,
    };

    // The wire's states carry the domain's numbers; the two more are what the hub is doing with an open one.
    private static Wire.UploadState StateOf(UploadState state, UploadStage stage) => (state, stage) switch
    {
        (UploadState.Open, UploadStage.Checking) => Wire.UploadState.Checking,
        (UploadState.Open, UploadStage.Committing) => Wire.UploadState.Committing,
        _ => (Wire.UploadState)state,
    };

    private static Wire.UploadedFile File(Wire.SubmissionFile file, ManifestFile declared, long durable) =>
        new() { File = file, DeclaredBytes = declared.Bytes, DurableBytes = durable, Sha256 = declared.Sha256 };
}
