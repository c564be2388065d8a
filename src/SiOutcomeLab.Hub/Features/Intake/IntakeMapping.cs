using System.Text;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using Wire = SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>Submissions and findings on the wire.</summary>
internal static class IntakeMapping
{
    public static Wire.Submission ToWire(Submission submission)
    {
        // What was sent, the manifest tells; the lake's files are the hub's own, under its own pseudonyms.
        var sent = SubmissionManifest.Read(Encoding.UTF8.GetBytes(submission.Manifest)).Manifest;
        return new()
        {
            Name = $"submissions/{submission.Id}",
            Organisation = submission.Organisation.Code,
            Project = submission.Project.Code,
            FirstPeriod = submission.FirstPeriod.ToString(),
            LastPeriod = submission.LastPeriod.ToString(),
            ContentHash = submission.ContentHash,
            ObservationsSha256 = sent?.Observations.Sha256 ?? string.Empty,
            ParticipationsSha256 = sent?.Participations?.Sha256 ?? string.Empty,
            ObservationRows = submission.ObservationRows,
            ParticipationRows = submission.ParticipationRows,
            Warnings = { submission.Warnings.Select(ToWire) },
            CommittedAt = Timestamp.FromDateTimeOffset(submission.CommittedAt),
        };
    }

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
}
