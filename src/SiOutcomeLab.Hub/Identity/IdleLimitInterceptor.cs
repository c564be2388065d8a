using Grpc.Core;
using Grpc.Core.Interceptors;
using SiOutcomeLab.Hub.Errors;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>
/// Ends a call whose client has sent no whole message for too long. The server's own rate limit does not hold streams, and a stream that
/// trickles a byte at a time would hold its memory and its place for ever.
/// </summary>
internal sealed class IdleLimitInterceptor(HubOptions options, TimeProvider time) : Interceptor
{
    public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new LimitedReader<TRequest>(requestStream, options.StreamIdleLimit, time), context);

    public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation) =>
        continuation(new LimitedReader<TRequest>(requestStream, options.StreamIdleLimit, time), responseStream, context);

    private sealed class LimitedReader<T>(IAsyncStreamReader<T> stream, TimeSpan limit, TimeProvider time) : IAsyncStreamReader<T>
    {
        public T Current => stream.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            using var idle = new CancellationTokenSource(limit, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(idle.Token, cancellationToken);
            try
            {
                return await stream.MoveNext(either.Token);
            }
            catch (OperationCanceledException) when (idle.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                throw new HubException(
                    HubError.StreamSilent, $"No whole message has come for {limit.TotalSeconds:0} seconds; begin again where the hub's durable bytes end.");
            }
        }
    }
}
