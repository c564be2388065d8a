using Grpc.Core;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Responses of a streaming call.</summary>
internal sealed class ResponseStreamWriter<T>(HttpServerCallContext call, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    /// <summary>Set here or on the call: the last one set counts, as in Grpc.AspNetCore.</summary>
    public WriteOptions? WriteOptions
    {
        get => call.WriteOptions;
        set => call.WriteOptions = value;
    }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        return call.WriteAsync(message, marshaller, flush: true, cancellationToken);
    }
}
