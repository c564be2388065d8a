using System.Collections.Concurrent;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>How much of each file is durable, as far as this process knows. Only grows, until the upload is forgotten.</summary>
internal sealed class DurableBytes
{
    private readonly ConcurrentDictionary<(string Upload, SubmissionPart Part), long> _known = new();

    public long? Of(string upload, SubmissionPart part) => _known.TryGetValue((upload, part), out var bytes) ? bytes : null;

    public void Grew(string upload, SubmissionPart part, long bytes) =>
        _known.AddOrUpdate((upload, part), bytes, (_, known) => Math.Max(known, bytes));

    /// <summary>A new upload has nothing yet, and no file has to be asked for it.</summary>
    public void Began(string upload)
    {
        Grew(upload, SubmissionPart.Observations, 0);
        Grew(upload, SubmissionPart.Participations, 0);
    }

    public void Forget(string upload)
    {
        _known.TryRemove((upload, SubmissionPart.Observations), out _);
        _known.TryRemove((upload, SubmissionPart.Participations), out _);
    }
}
