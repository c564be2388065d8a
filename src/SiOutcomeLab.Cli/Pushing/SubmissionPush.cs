using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>Sends a submission in chunks over the hub's client-streaming call. Memory does not grow with the files.</summary>
internal static class SubmissionPush
{
    /// <summary>Large enough for the network, small enough that the hub's copy of a chunk stays out of its large-object heap.</summary>
    public const int ChunkBytes = 64 * 1024;

    /// <param name="hub">The hub.</param>
    /// <param name="files">The files.</param>
    /// <param name="sent">Told the bytes of each chunk when it has been handed to the network.</param>
    /// <param name="cancellationToken">Ends the call; the hub then keeps nothing.</param>
    /// <exception cref="RpcException">The hub did not take the call; what it found in the content is no exception.</exception>
    public static async Task<PushSubmissionResponse> SendAsync(
        HubConnection hub, SubmissionFiles files, IProgress<int>? sent, CancellationToken cancellationToken)
    {
        using var call = hub.Intake.PushSubmission(hub.Options(cancellationToken));
        try
        {
            var manifest = await File.ReadAllBytesAsync(files.Manifest, cancellationToken);
            await call.RequestStream.WriteAsync(
                new PushSubmissionRequest { Header = new SubmissionHeader { Manifest = ByteString.CopyFrom(manifest) } },
                cancellationToken);
            await SendFileAsync(call.RequestStream, SubmissionFile.Observations, files.Observations, sent, cancellationToken);
            if (files.Participations is { } path)
            {
                await SendFileAsync(call.RequestStream, SubmissionFile.Participations, path, sent, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            // The hub answered before it had read everything: the answer says why, not the broken stream.
            return await call.ResponseAsync;
        }

        return await call.ResponseAsync;
    }

    private static async Task SendFileAsync(
        IClientStreamWriter<PushSubmissionRequest> stream, SubmissionFile file, string path, IProgress<int>? sent, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        while (true)
        {
            // Each chunk has a buffer of its own: the message may still be on its way when the next one is read.
            var buffer = new byte[(int)Math.Min(ChunkBytes, Math.Max(1, content.Length - content.Position))];
            var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
            if (read == 0) return;
            var chunk = new FileChunk { File = file, Data = UnsafeByteOperations.UnsafeWrap(buffer.AsMemory(0, read)) };
            await stream.WriteAsync(new PushSubmissionRequest { Chunk = chunk }, cancellationToken);
            sent?.Report(read);
        }
    }
}
