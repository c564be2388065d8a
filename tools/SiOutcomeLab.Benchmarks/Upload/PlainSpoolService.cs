using System.Security.Cryptography;
using Grpc.Core;
using SiOutcomeLab.Benchmarks.Rpc;

namespace SiOutcomeLab.Benchmarks.Upload;

/// <summary>Chunk streaming as it was before uploads could be resumed: each chunk into a plain file, hashed on the way, nothing flushed.</summary>
internal sealed class PlainSpoolService(string folder) : Echo.EchoBase
{
    public override async Task<UploadReply> Upload(IAsyncStreamReader<Chunk> requestStream, ServerCallContext context)
    {
        var path = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var bytes = 0UL;
        await using (var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
        {
            while (await requestStream.MoveNext(context.CancellationToken))
            {
                var data = requestStream.Current.Data.Memory;
                await file.WriteAsync(data, context.CancellationToken);
                hash.AppendData(data.Span);
                bytes += (ulong)data.Length;
            }
        }

        File.Delete(path);
        return new UploadReply { Bytes = bytes };
    }
}
