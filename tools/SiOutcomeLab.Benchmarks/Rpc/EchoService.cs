using Grpc.Core;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>The measured service on our own stack.</summary>
internal sealed class EchoService : Echo.EchoBase
{
    public override Task<Chunk> Unary(Chunk request, ServerCallContext context) => Task.FromResult(request);

    public override async Task<UploadReply> Upload(IAsyncStreamReader<Chunk> requestStream, ServerCallContext context)
    {
        var total = 0UL;
        while (await requestStream.MoveNext(context.CancellationToken)) total += (ulong)requestStream.Current.CalculateSize();
        return new UploadReply { Bytes = total };
    }
}
