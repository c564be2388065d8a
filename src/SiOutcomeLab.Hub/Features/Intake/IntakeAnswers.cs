using Google.Protobuf;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>What a sender is answered at the end, as messages of the contract.</summary>
internal sealed class IntakeAnswers : IIntakeAnswers
{
    public ReadOnlyMemory<byte> Receipt(Submission submission, ReceivedFiles received) =>
        IntakeMapping.Receipt(submission, received).ToByteArray();

    public ReadOnlyMemory<byte> Refusal(IReadOnlyList<Finding> findings) => IntakeMapping.Refusal(findings).ToByteArray();
}
