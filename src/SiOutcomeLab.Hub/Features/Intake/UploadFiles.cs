using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>The files of one submission while they arrive: the observations, and after them the participations, if any.</summary>
internal sealed class UploadFiles(UploadSpool spool, long maximumBytes) : IAsyncDisposable
{
    private const int MaximumChunk = 1024 * 1024;

    private SpoolFile? _observations;
    private SpoolFile? _participations;

    public async ValueTask WriteAsync(PushSubmissionRequest message, CancellationToken cancellationToken)
    {
        if (message.PartCase != PushSubmissionRequest.PartOneofCase.Chunk)
        {
            throw new HubException(HubError.ChunkOrder, "After the header every message must be a chunk of a file.");
        }

        var data = message.Chunk.Data;
        if (data.Length is 0 or > MaximumChunk) throw HubException.FieldInvalid("chunk.data", $"must be 1 to {MaximumChunk} bytes.");
        await FileOf(message.Chunk.File).WriteAsync(data.Memory, cancellationToken);
    }

    public async Task<(SpooledUpload Observations, SpooledUpload? Participations)> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_observations is null) throw new HubException(HubError.ChunkOrder, "The stream ended without an observations file.");
        return (await _observations.CompleteAsync(cancellationToken), _participations is null ? null : await _participations.CompleteAsync(cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_observations is not null) await _observations.DisposeAsync();
        if (_participations is not null) await _participations.DisposeAsync();
    }

    private SpoolFile FileOf(SubmissionFile file) => file switch
    {
        SubmissionFile.Observations when _participations is null => _observations ??= spool.Create(maximumBytes),
        SubmissionFile.Observations => throw new HubException(HubError.ChunkOrder, "The observations must come before the participations."),
        SubmissionFile.Participations when _observations is not null => _participations ??= spool.Create(maximumBytes),
        SubmissionFile.Participations => throw new HubException(HubError.ChunkOrder, "The observations must come before the participations."),
        _ => throw HubException.FieldInvalid("chunk.file", "must be observations or participations."),
    };
}
