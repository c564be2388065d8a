using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Telemetry;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Features.Intake;

/// <summary>
/// Receives the stream of one file. The end of the stream only makes durable what has come: a client that goes away may look like one that
/// is done, so nothing is ever committed here.
/// </summary>
internal sealed class FileReception(UploadDesk desk, FinaliseDesk finalise, HubMeter meter)
{
    private const string Kind = "uploads";
    private const int MaximumChunk = 1024 * 1024;

    public async Task<long> RunAsync(OrganisationId caller, IAsyncStreamReader<UploadFileRequest> requests, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, finalise.Stopping);
        try
        {
            return await ReceiveAsync(caller, requests, ended.Token);
        }
        catch (OperationCanceledException) when (finalise.Stopping.IsCancellationRequested)
        {
            throw new UploadException(UploadProblem.Stopping, "The hub is stopping; send on from the durable bytes when it is back.");
        }
    }

    private async Task<long> ReceiveAsync(OrganisationId caller, IAsyncStreamReader<UploadFileRequest> requests, CancellationToken cancellationToken)
    {
        var start = await requests.MoveNext(cancellationToken) ? requests.Current.Start : null;
        if (start is null) throw new HubException(HubError.ChunkOrder, "The first message must say which file follows.");
        var part = UploadMapping.PartOf(start.File)
            ?? throw HubException.FieldInvalid("start.file", "must be observations or participations.");
        if (start.Offset < 0) throw HubException.FieldInvalid("start.offset", "must not be negative.");
        var id = ResourceName.Id(Kind, start.Upload) ?? throw UploadException.Unknown();
        if (finalise.StageOf(id) != UploadStage.Receiving && await desk.FindAsync(caller, id, cancellationToken) is not null)
        {
            throw UploadDesk.Closed("checking");
        }

        await using var writer = await desk.WriteAsync(caller, id, part, cancellationToken);
        var next = start.Offset;
        while (await requests.MoveNext(cancellationToken))
        {
            var chunk = requests.Current.Chunk ?? throw new HubException(HubError.ChunkOrder, "After the start every message must be a chunk.");
            if (chunk.Data.Length is 0 or > MaximumChunk) throw HubException.FieldInvalid("chunk.data", $"must be 1 to {MaximumChunk} bytes.");
            if (chunk.Offset != next) throw new HubException(HubError.ChunkOrder, "A chunk must begin where the one before it ended.");
            if (Crc32C.Of(chunk.Data.Span) != chunk.Crc32C) throw UploadErrors.ChunkDamaged(chunk.Offset);
            await writer.AppendAsync(chunk.Offset, chunk.Data.Memory, cancellationToken);
            next += chunk.Data.Length;
            meter.Uploaded(chunk.Data.Length);
        }

        return await writer.FlushAsync(cancellationToken);
    }
}
