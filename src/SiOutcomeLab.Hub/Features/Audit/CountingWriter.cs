using Grpc.Core;

namespace SiOutcomeLab.Hub.Features.Audit;

/// <summary>Knows whether anything has gone out on a stream of answers.</summary>
internal sealed class CountingWriter<T>(IServerStreamWriter<T> inner) : IServerStreamWriter<T>
{
    private volatile bool _hasWritten;

    public bool HasWritten => _hasWritten;

    public WriteOptions? WriteOptions
    {
        get => inner.WriteOptions;
        set => inner.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        // Before the write: one that fails may have gone out in part.
        _hasWritten = true;
        return inner.WriteAsync(message, cancellationToken);
    }
}
