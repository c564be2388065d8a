namespace Grpc.Net.Client;

/// <summary>A body that is written message by message while the call runs.</summary>
internal sealed class StreamingContent : CallContent
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Held while a message is written, and for good when the body is broken off. HTTP resets the stream as soon as the body ends; a
    /// write that went on behind the reset would make the server close the whole connection (STREAM_CLOSED), with everybody's calls.
    /// </summary>
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile Stream? _stream;

    /// <summary>Writes bytes when the request is under way.</summary>
    /// <param name="bytes">Whole messages.</param>
    /// <param name="flush">Whether to send at once.</param>
    /// <param name="callToken">Cancelled when the call ends.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, bool flush, CancellationToken callToken)
    {
        await _opened.Task.WaitAsync(callToken);
        await _gate.WaitAsync(callToken);
        try
        {
            await _stream!.WriteAsync(bytes, callToken);
            if (flush) await _stream.FlushAsync(callToken);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Ends the body normally.</summary>
    public void Complete() => _completed.TrySetResult();

    /// <summary>Ends the call: a body that is not complete is broken off.</summary>
    public override void EndCall()
    {
        _completed.TrySetCanceled();
        _opened.TrySetCanceled();
        base.EndCall();
    }

    protected override async ValueTask WriteAsync(Stream stream, CancellationToken cancellationToken)
    {
        // HTTP may ask again on a new connection before anything was written; the newest stream counts.
        _stream = stream;
        try
        {
            // Flushing now sends the request headers before the first message.
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            // Also when it failed: then the first write fails, and says why.
            _opened.TrySetResult();
        }

        try
        {
            await _completed.Task;
        }
        catch (OperationCanceledException)
        {
            await _gate.WaitAsync(CancellationToken.None);
            throw;
        }
    }
}
