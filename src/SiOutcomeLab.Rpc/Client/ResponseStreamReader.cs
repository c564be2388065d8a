using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Responses of a streaming call.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(GrpcCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;
    private bool _atEnd;
    private int _reading;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message: MoveNext was not called or returned false.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_atEnd) return false;
        if (Interlocked.Exchange(ref _reading, 1) == 1) throw new InvalidOperationException("A read is under way: await it before the next.");
        try
        {
            using var giveUp = call.CancelWith(cancellationToken);
            _current = null;
            _current = await call.ReadNextAsync();
            _atEnd = _current is null;
            return !_atEnd;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
