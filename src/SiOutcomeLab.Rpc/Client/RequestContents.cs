using System.Net;
using System.Net.Http.Headers;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>A body of one message, serialised before it is sent, so that HTTP may send it again on another connection.</summary>
internal sealed class SingleMessageContent : HttpContent
{
    private readonly PooledBufferWriter _message;
    private volatile bool _sent;

    public SingleMessageContent(PooledBufferWriter message)
    {
        _message = message;
        Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_message.WrittenMemory, cancellationToken);
        _sent = true;
    }

    /// <summary>Gives the buffer back when the call is over. After an early answer HTTP may still be reading it: then it is left to the collector.</summary>
    public void ReleaseBuffer()
    {
        if (_sent) _message.Dispose();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}

/// <summary>A body that is written message by message while the call runs.</summary>
internal sealed class StreamingContent : HttpContent
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Stream? _stream;

    public StreamingContent() => Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);

    /// <summary>The body's stream, when the request is under way.</summary>
    public async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        await _opened.Task.WaitAsync(cancellationToken);
        return _stream!;
    }

    /// <summary>Ends the body normally.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Breaks the body off; nothing happens when it is complete.</summary>
    public void Abort()
    {
        _completed.TrySetCanceled();
        _opened.TrySetCanceled();
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // HTTP may ask again on a new connection before anything was written; the newest stream counts.
        _stream = stream;
        // Flushing now sends the request headers before the first message.
        await stream.FlushAsync(cancellationToken);
        _opened.TrySetResult();
        await _completed.Task.WaitAsync(cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
