using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>
/// Sends one file of an upload from an offset to its end in one stream, no chunk waiting for the one before it. Memory does not grow with
/// the file.
/// </summary>
internal sealed class FileSend(HubConnection hub, string upload, TimeSpan limit, int chunkBytes, Action<long> sent)
{
    /// <summary>Sends the rest of a file.</summary>
    /// <param name="file">What the hub has of it.</param>
    /// <param name="path">Where it lies.</param>
    /// <param name="cancellationToken">Ends the call; what has arrived stays.</param>
    /// <returns>The durable bytes afterwards.</returns>
    /// <exception cref="RpcException">The stream was cut or refused.</exception>
    public async Task<long> RunAsync(UploadedFile file, string path, CancellationToken cancellationToken)
    {
        using var call = hub.Intake.UploadFile(hub.Options(limit, cancellationToken));
        try
        {
            var start = new UploadStart { Upload = upload, File = file.File, Offset = file.DurableBytes };
            await call.RequestStream.WriteAsync(new UploadFileRequest { Start = start }, cancellationToken);
            await SendAsync(call.RequestStream, path, file.DurableBytes, cancellationToken);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException && !cancellationToken.IsCancellationRequested)
        {
            // The hub answered before it had read everything: the answer says why, not the broken stream.
            return (await call.ResponseAsync).DurableBytes;
        }

        return (await call.ResponseAsync).DurableBytes;
    }

    // While one chunk is on its way out, the next is read and its checksum taken.
    private async Task SendAsync(
        IClientStreamWriter<UploadFileRequest> stream, string path, long offset, CancellationToken cancellationToken)
    {
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: true);
        content.Position = offset;
        var next = await ReadAsync(content, cancellationToken);
        while (next is { } message)
        {
            var write = stream.WriteAsync(message, cancellationToken);
            try
            {
                next = await ReadAsync(content, cancellationToken);
            }
            finally
            {
                await write;
            }

            sent(message.Chunk.Data.Length);
        }
    }

    private async Task<UploadFileRequest?> ReadAsync(FileStream content, CancellationToken cancellationToken)
    {
        var offset = content.Position;
        // Each chunk has a buffer of its own: the message may still be on its way when the next one is read.
        var buffer = GC.AllocateUninitializedArray<byte>((int)Math.Clamp(content.Length - offset, 1, chunkBytes));
        var read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        if (read == 0) return null;
        var data = buffer.AsMemory(0, read);
        return new UploadFileRequest
        {
            Chunk = new UploadChunk { Offset = offset, Data = UnsafeByteOperations.UnsafeWrap(data), Crc32C = Crc32C.Of(data.Span) },
        };
    }
}
