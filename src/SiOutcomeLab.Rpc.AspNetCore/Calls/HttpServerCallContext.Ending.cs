using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <content>Deadline and ending.</content>
internal sealed partial class HttpServerCallContext
{
    private DateTime _deadline = DateTime.MaxValue;
    private DeadlineTimer? _timer;
    private TaskCompletionSource? _overdue;
    private CancellationTokenSource? _cancellation;

    /// <summary>Completes when the deadline passes; null without one.</summary>
    public Task? Overdue => _overdue?.Task;

    private bool IsOverdue => _overdue?.Task.IsCompleted ?? false;

    /// <summary>Ends the call as its handler did: normally, or by an exception. The first ending counts.</summary>
    public async Task EndAsync(Exception? exception)
    {
        await _writeGate.WaitAsync();
        try
        {
            if (_ended)
            {
                if (exception is not null and not OperationCanceledException) Log.LateException(_host.Log, exception, _method.FullName);
                return;
            }

            _ended = true;
            if (exception is null && !IsOverdue)
            {
                if (StatusCore.StatusCode != StatusCode.OK) Log.CallFailed(_host.Log, _method.FullName, StatusCore.StatusCode);
                WriteStatus(StatusCore, _responseTrailers ?? Metadata.Empty);
                return;
            }

            var (status, trailers) = CallOutcome.Of(
                exception ?? new OperationCanceledException(), IsOverdue, HttpContext.RequestAborted.IsCancellationRequested, _host, _method.FullName);
            WriteStatus(status, CallOutcome.Merge(_responseTrailers ?? Metadata.Empty, trailers));
        }
        finally
        {
            _writeGate.Release();
        }
    }

    /// <summary>Answers that the deadline passed, while the handler still runs.</summary>
    public async Task EndOverdueAsync()
    {
        await _writeGate.WaitAsync();
        try
        {
            if (_ended) return;
            _ended = true;
            Log.DeadlineExceeded(_host.Log, _method.FullName);
            WriteStatus(ProtocolErrors.DeadlineExceeded, Metadata.Empty);
            await HttpContext.Response.CompleteAsync();
            // Tells a client that still sends to stop; without it the stream would stay half open until the handler returns.
            HttpContext.Features.Get<IHttpResetFeature>()?.Reset(TransportErrors.NoError);
        }
        finally
        {
            _writeGate.Release();
        }
    }

    public ValueTask DisposeAsync()
    {
        // A timer that fires now is about to cancel: then the source is left to the collector.
        if (_timer?.Stop() == true) _cancellation?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <exception cref="RpcException">The header is malformed, or no time is left.</exception>
    private void StartDeadline()
    {
        var header = HttpContext.Request.Headers[GrpcHeaders.Timeout];
        if (header.Count == 0) return;

        // Ignoring a value that cannot be read would let the work run without any limit.
        if (header.Count > 1 || !GrpcTimeout.TryParse(header.ToString(), out var timeout)) throw ProtocolErrors.MalformedTimeout.AsException();
        _deadline = _host.Time.GetUtcNow().UtcDateTime + timeout;
        if (timeout == TimeSpan.Zero) throw ProtocolErrors.DeadlineExceeded.AsException();

        _overdue = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(HttpContext.RequestAborted);
        _callToken = _cancellation.Token;
        _timer = new DeadlineTimer(_deadline, _host.Time, () =>
        {
            _overdue.TrySetResult();
            // Asynchronously: what handlers registered on the token runs elsewhere, and may throw there.
            _ = _cancellation.CancelAsync();
        });
    }

    private void WriteStatus(Status status, Metadata trailers)
    {
        var response = HttpContext.Response;
        // Nothing sent yet: status and trailers go as the only headers ("Trailers-Only"). OK keeps headers and trailers apart.
        var target = _anythingWritten || response.HasStarted || status.StatusCode == StatusCode.OK
            ? HttpContext.Features.Get<IHttpResponseTrailersFeature>()?.Trailers ?? response.Headers
            : response.Headers;
        StatusWriter.Write(target, status, trailers);
    }
}
