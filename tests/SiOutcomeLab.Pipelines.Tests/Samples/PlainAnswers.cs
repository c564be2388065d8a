using System.Text;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>Receipts and refusals as plain text, so that a test can read them.</summary>
internal sealed class PlainAnswers : IIntakeAnswers
{
    public ReadOnlyMemory<byte> Receipt(Submission submission, ReceivedFiles received) => Encoding.UTF8.GetBytes(
        $"receipt {submission.Id} {received.Observations.Sha256} {received.Observations.Rows} {received.Persons} {submission.CommittedAt:O}");

    public ReadOnlyMemory<byte> Refusal(IReadOnlyList<Finding> findings) =>
        Encoding.UTF8.GetBytes("refusal " + string.Join(' ', findings.Select(f => f.Rule)));
}
