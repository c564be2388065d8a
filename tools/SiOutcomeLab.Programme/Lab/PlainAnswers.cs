using System.Text;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;

namespace SiOutcomeLab.Programme.Lab;

/// <summary>Receipts and refusals as plain text; nobody asks for them here, but intake keeps one with each submission.</summary>
internal sealed class PlainAnswers : IIntakeAnswers
{
    public ReadOnlyMemory<byte> Receipt(Submission submission, ReceivedFiles received) => Encoding.UTF8.GetBytes($"receipt {submission.Id}");

    public ReadOnlyMemory<byte> Refusal(IReadOnlyList<Finding> findings) =>
        Encoding.UTF8.GetBytes("refusal " + string.Join(' ', findings.Select(f => f.Rule)));
}
