using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;
using Wire = SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>Submissions, receipts and findings on the wire.</summary>
internal static class IntakeMapping
{
    public static Wire.Submission ToWire(Submission submission)
    {
        // The lake's objects stand under other pseudonyms; what was sent is what the manifest declared.
        var manifest = SubmissionManifest.Read(Encoding.UTF8.GetBytes(submission.Manifest)).Manifest;
        return new Wire.Submission
        {
            Name = $"submissions/{submission.Id}",
            Organisation = submission.Organisation.Code,
            Project = submission.Project.Code,
            FirstPeriod = submission.FirstPeriod.ToString(),
            LastPeriod = submission.LastPeriod.ToString(),
            ContentHash = submission.ContentHash,
            ObservationsSha256 = manifest?.Observations.Sha256 ?? string.Empty,
            ParticipationsSha256 = manifest?.Participations?.Sha256 ?? string.Empty,
            ObservationRows = submission.ObservationRows,
            ParticipationRows = submission.ParticipationRows,
            Warnings = { submission.Warnings.Select(ToWire) },
            CommittedAt = Timestamp.FromDateTimeOffset(submission.CommittedAt),
        };
    }

    public static Wire.Receipt Receipt(Submission submission, ReceivedFiles received)
    {
        var receipt = new Wire.Receipt
        {
            Submission = $"submissions/{submission.Id}",
            Organisation = submission.Organisation.Code,
            Project = submission.Project.Code,
            FirstPeriod = submission.FirstPeriod.ToString(),
            LastPeriod = submission.LastPeriod.ToString(),
            ContentHash = submission.ContentHash,
            Files = { File(Wire.SubmissionFile.Observations, received.Observations) },
            Persons = received.Persons ?? 0,
            Warnings = { submission.Warnings.Select(ToWire) },
            PseudonymKey = submission.PseudonymKeyId ?? string.Empty,
            CommittedAt = Timestamp.FromDateTimeOffset(submission.CommittedAt),
        };
        if (received.Participations is { } p) receipt.Files.Add(File(Wire.SubmissionFile.Participations, p));
        return receipt;
    }

    /// <summary>A receipt as it was kept.</summary>
    public static Wire.Acceptance Acceptance(ReadOnlyMemory<byte> receipt) => new()
    {
        ReceiptBytes = ByteString.CopyFrom(receipt.Span),
        Receipt = Wire.Receipt.Parser.ParseFrom(receipt.Span),
    };

    public static Wire.FinaliseUploadResponse Answer(IntakeOutcome outcome) => outcome.IsAccepted
        ? new Wire.FinaliseUploadResponse { Accepted = Acceptance(outcome.Answer) }
        : new Wire.FinaliseUploadResponse { Refused = Wire.Refusal.Parser.ParseFrom(outcome.Answer.Span) };

    public static Wire.Finding ToWire(Finding finding) => new()
    {
        Rule = finding.Rule,
        Severity = (Wire.Severity)finding.Severity,
        Part = (Wire.SubmissionPart)finding.Part,
        Column = finding.Column ?? string.Empty,
        Count = finding.Count,
        SampleRows = { finding.SampleRows },
        ExplanationSv = finding.Explanation.Sv,
        ExplanationEn = finding.Explanation.En,
        RemedySv = finding.Remedy.Sv,
        RemedyEn = finding.Remedy.En,
    };

    public static Wire.Refusal Refusal(IEnumerable<Finding> findings) => new()
    {
        Findings = { findings.OrderByDescending(f => f.Severity).Select(ToWire) },
    };

    private static Wire.ReceivedFile File(Wire.SubmissionFile file, ReceivedFile received) => new()
    {
        File = file,
        Bytes = received.Bytes,
        Sha256 = received.Sha256,
        Rows = received.Rows,
        RowsSha256 = received.RowsSha256 ?? string.Empty,
    };
}
