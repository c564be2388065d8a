using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SiOutcomeLab.Domain.Submissions;
using Wire = SiOutcomeLab.Protos.Custody.V1;

namespace SiOutcomeLab.Hub.Features.Custody;

/// <summary>A submission's life on the wire.</summary>
internal static class CustodyMapping
{
    public static Wire.SubmissionLife ToWire(Submission submission) => new()
    {
        Name = Name(submission.Id),
        State = (Wire.LifeState)submission.State,
        EndedAt = submission.EndedAt is { } ended ? Timestamp.FromDateTimeOffset(ended) : null,
        Supersedes = submission.Supersedes is { } old ? Name(old) : string.Empty,
        RetainUntil = submission.RetainUntil?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? string.Empty,
        PurgedAt = submission.PurgedAt is { } purged ? Timestamp.FromDateTimeOffset(purged) : null,
        ErasedRows = submission.ErasedRows,
    };

    private static string Name(string id) => "submissions/" + id;
}
