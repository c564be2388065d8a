using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>
/// Puts what a sender is answered at the end into bytes. They are kept, and given out again as they are: an answer never depends on when
/// it is asked for, nor on the version of the hub that gives it out.
/// </summary>
public interface IIntakeAnswers
{
    /// <summary>The receipt of a submission that is about to be committed.</summary>
    ReadOnlyMemory<byte> Receipt(Submission submission, ReceivedFiles received);

    /// <summary>What is answered to a sender whose submission is refused.</summary>
    /// <param name="findings">The findings; at least one is an error.</param>
    ReadOnlyMemory<byte> Refusal(IReadOnlyList<Finding> findings);
}

/// <summary>What was received, told in the receipt beside the submission itself.</summary>
/// <param name="Observations">The observations file.</param>
/// <param name="Participations">The participations file; null when none was sent.</param>
/// <param name="Persons">Distinct persons observed; null when not known any more.</param>
public sealed record ReceivedFiles(ReceivedFile Observations, ReceivedFile? Participations, long? Persons);

/// <summary>A file as it was received.</summary>
/// <param name="Bytes">Its size.</param>
/// <param name="Sha256">SHA-256 of its bytes as sent.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="RowsSha256">SHA-256 of its rows as sent, whatever their encoding; null when not known any more.</param>
public sealed record ReceivedFile(long Bytes, string Sha256, long Rows, string? RowsSha256);
