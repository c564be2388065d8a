using System.Threading.Channels;
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

    // What a flush of the disk holds up; with the connection's window, all that a stream may hold in memory.
    private const int WaitingChunks = 8;

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
        await TakeAsync(requests, start.Offset, writer, cancellationToken);
        return await writer.FlushAsync(cancellationToken);
    }

    /// <summary>
    /// Receives and checks chunks while those before them are encrypted, written and flushed. Whatever ends it, what has passed the check is
    /// written before this returns.
    /// </summary>
    private async Task TakeAsync(
        IAsyncStreamReader<UploadFileRequest> requests, long offset, UploadWriter writer, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<UploadChunk>(new BoundedChannelOptions(WaitingChunks) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var writing = WriteAsync(queue.Reader, writer, stop);
        try
        {
            for (var next = offset; await requests.MoveNext(stop.Token); next += requests.Current.Chunk.Data.Length)
            {
                await queue.Writer.WriteAsync(Checked(requests.Current, next), stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Writing has failed and stopped the receiving: its failure, below, is the one to tell.
            queue.Writer.TryComplete();
        }
        finally
        {
            queue.Writer.TryComplete();
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await writing;
    }

    private static UploadChunk Checked(UploadFileRequest message, long offset)
    {
        var chunk = message.Chunk ?? throw new HubException(HubError.ChunkOrder, "After the start every message must be a chunk.");
        if (chunk.Data.Length is 0 or > MaximumChunk) throw HubException.FieldInvalid("chunk.data", $"must be 1 to {MaximumChunk} bytes.");
        if (chunk.Offset != offset) throw new HubException(HubError.ChunkOrder, "A chunk must begin where the one before it ended.");
        return Crc32C.Of(chunk.Data.Span) == chunk.Crc32C ? chunk : throw UploadErrors.ChunkDamaged(chunk.Offset);
    }

    // Not cancelled with the call: what has come is kept, also when the sender is gone.
    private async Task WriteAsync(ChannelReader<UploadChunk> chunks, UploadWriter writer, CancellationTokenSource stop)
    {
        try
        {
            await foreach (var chunk in chunks.ReadAllAsync(CancellationToken.None))
            {
                await writer.AppendAsync(chunk.Offset, chunk.Data.Memory, CancellationToken.None);
                meter.Uploaded(chunk.Data.Length);
            }
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
