using System.Net;
using System.Net.Http.Headers;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>
/// A request body that never fails by itself. When the server answers before the body is sent and resets the stream, HTTP lets either
/// the body's cancellation or the answer win; the answer must. So a body that cannot be written waits for the call to end.
/// </summary>
internal abstract class CallContent : HttpContent
{
    private static readonly MediaTypeHeaderValue ContentType = new(GrpcHeaders.ContentType);

    private readonly TaskCompletionSource _callEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _written;

    protected CallContent() => Headers.ContentType = ContentType;

    /// <summary>Whether HTTP has taken all of the body.</summary>
    protected bool IsWritten => _written;

    /// <summary>Says that the call is over, whatever it came to.</summary>
    public virtual void EndCall() => _callEnded.TrySetResult();

    protected sealed override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected sealed override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(stream, cancellationToken);
            _written = true;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            await _callEnded.Task;
            throw;
        }
    }

    protected abstract ValueTask WriteAsync(Stream stream, CancellationToken cancellationToken);

    protected sealed override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>A body of one message, serialised before it is sent, so that HTTP may send it again on another connection.</summary>
internal sealed class SingleMessageContent(PooledBufferWriter message) : CallContent
{
    /// <summary>Gives the buffer back when the call is over. After an early answer HTTP may still be reading it: then it is left to the collector.</summary>
    public void ReleaseBuffer()
    {
        if (IsWritten) message.Dispose();
    }

    protected override ValueTask WriteAsync(Stream stream, CancellationToken cancellationToken) =>
        stream.WriteAsync(message.WrittenMemory, cancellationToken);
}
