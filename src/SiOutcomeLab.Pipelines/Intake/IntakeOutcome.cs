using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>What became of an upload.</summary>
/// <param name="Submission">The submission, durable; null when it was refused, and when an earlier call committed it.</param>
/// <param name="IsAccepted">Whether a submission stands.</param>
/// <param name="Findings">What was found; contains an error exactly when this call refused it.</param>
/// <param name="Answer">What its sender is answered: the receipt's bytes, or the refusal's.</param>
public sealed record IntakeOutcome(Submission? Submission, bool IsAccepted, IReadOnlyList<Finding> Findings, ReadOnlyMemory<byte> Answer)
{
    internal static IntakeOutcome Accepted(Submission submission, ReadOnlyMemory<byte> receipt) => new(submission, true, submission.Warnings, receipt);

    internal static IntakeOutcome Refused(IReadOnlyList<Finding> findings, ReadOnlyMemory<byte> refusal) => new(null, false, findings, refusal);

    internal static IntakeOutcome Earlier(Upload ended) => new(null, ended.State == UploadState.Accepted, [], ended.Outcome);
}

/// <summary>The files of an upload, all of them arrived whole, and where their counterparts for the lake are written.</summary>
/// <param name="Manifest">Its manifest.</param>
/// <param name="Observations">The observations file.</param>
/// <param name="Participations">The participations file; null when none is declared.</param>
/// <param name="LakeObservations">An empty file for the observations under the hub's pseudonyms, encrypted as the sent one.</param>
/// <param name="LakeParticipations">Likewise for the participations; null when none is declared.</param>
public sealed record ArrivedFiles(
    SubmissionManifest Manifest, SpooledUpload Observations, SpooledUpload? Participations, SpoolFile LakeObservations, SpoolFile? LakeParticipations);
