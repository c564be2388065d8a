using Grpc.Core;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Requests of a streaming call.</summary>
internal sealed class RequestStreamReader<T>(HttpServerCallContext call, Marshaller<T> marshaller) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;
    private bool _atEnd;
    private int _reading;

    public T Current => _current ?? throw new InvalidOperationException("There is no current message: MoveNext was not called or returned false.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_atEnd) return false;
        if (Interlocked.Exchange(ref _reading, 1) == 1) throw new InvalidOperationException("A read is under way: await it before the next.");
        try
        {
            _current = null;
            _current = await call.ReadAsync(marshaller, cancellationToken);
            _atEnd = _current is null;
            return !_atEnd;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
