using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>What can be told of the files of a submission that was taken in before receipts were kept.</summary>
internal static class EarlierReceipt
{
    public static ReceivedFiles Of(Submission submission)
    {
        var manifest = SubmissionManifest.Read(System.Text.Encoding.UTF8.GetBytes(submission.Manifest)).Manifest;
        return new ReceivedFiles(
            File(manifest?.Observations, submission.Observations, submission.ObservationRows),
            submission.Participations is { } p ? File(manifest?.Participations, p, submission.ParticipationRows) : null,
            Persons: null);
    }

    private static ReceivedFile File(ManifestFile? declared, LakeObject kept, long rows) =>
        new(declared?.Bytes ?? kept.Bytes, declared?.Sha256 ?? kept.Sha256, declared?.Rows ?? rows, RowsSha256: null);
}
