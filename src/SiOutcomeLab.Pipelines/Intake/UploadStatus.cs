using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>What the hub is doing with an open upload.</summary>
public enum UploadStage
{
    /// <summary>Waiting for its sender.</summary>
    Receiving = 1,

    /// <summary>Being checked, or waiting for its turn to be.</summary>
    Checking = 2,

    /// <summary>Checked, and on its way into lake and catalogue.</summary>
    Committing = 3,
}

/// <summary>An upload and how much of it is there.</summary>
/// <param name="Upload">The upload.</param>
/// <param name="Manifest">Its manifest.</param>
/// <param name="DurableObservations">Bytes of the observations file that survive a crash.</param>
/// <param name="DurableParticipations">Bytes of the participations file that survive a crash; 0 when none is declared.</param>
/// <param name="Stage">What the hub is doing with it, while it is open.</param>
public sealed record UploadStatus(
    Upload Upload, SubmissionManifest Manifest, long DurableObservations, long DurableParticipations, UploadStage Stage)
{
    /// <summary>The first file of which bytes are missing, and how many are there; null when all have come.</summary>
    internal (SubmissionPart Part, long Durable)? Missing =>
        DurableObservations < Manifest.Observations.Bytes ? (SubmissionPart.Observations, DurableObservations)
        : Manifest.Participations is { } p && DurableParticipations < p.Bytes ? (SubmissionPart.Participations, DurableParticipations)
        : null;
}

/// <summary>What opening an upload answered: one of the two.</summary>
/// <param name="Opened">The upload, to be sent.</param>
/// <param name="Receipt">The receipt of the same content, accepted before.</param>
public sealed record UploadOpening(UploadStatus? Opened, ReadOnlyMemory<byte>? Receipt);
