using Grpc.Core;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>
/// One call's life: its deadline, cancellation and outcome. The outcome is set once, by whichever comes first: the server's status,
/// the deadline, the caller, or the transport.
/// </summary>
internal abstract class GrpcCall : IDisposable
{
    private readonly CancellationTokenSource _cancellation = new();
    private readonly TaskCompletionSource<Status> _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _byChannel;
    private CancellationTokenRegistration _byCaller;
    private CancellationTokenRegistration _byParent;
    private readonly Lock _gate = new();
    private DeadlineTimer? _deadlineTimer;
    private Status? _ending;
    private Metadata _trailers = Metadata.Empty;

    protected GrpcCall(GrpcChannel channel, CallOptions options)
    {
        Channel = channel;
        Options = options;
        Deadline = EarlierOf(CheckKind(options.Deadline), options.PropagationToken?.ParentDeadline);
        Token = _cancellation.Token;
    }

    protected GrpcChannel Channel { get; }

    protected CallOptions Options { get; }

    /// <summary>UTC, or null for none.</summary>
    protected DateTime? Deadline { get; }

    /// <summary>Cancelled when the call is over for any reason but the server's own status.</summary>
    protected CancellationToken Token { get; }

    protected bool HasEnded
    {
        get
        {
            lock (_gate) return _ending is not null;
        }
    }

    /// <summary>The outcome; never fails.</summary>
    protected Task<Status> Outcome => _outcome.Task;

    public abstract Task<Metadata> GetResponseHeadersAsync();

    public Status GetStatus() => _outcome.Task.IsCompletedSuccessfully
        ? _outcome.Task.Result
        : throw new InvalidOperationException("The call has not finished: it has no status yet.");

    public Metadata GetTrailers() => _outcome.Task.IsCompletedSuccessfully
        ? _trailers
        : throw new InvalidOperationException("The call has not finished: it has no trailers yet.");

    public void Dispose() => End(ProtocolErrors.Cancelled with { Detail = "The call was disposed before it finished." });

    /// <summary>Starts deadline and cancellation; call once, before sending.</summary>
    protected void Arm()
    {
        _byChannel = CancelWith(Channel.Disposed);
        _byCaller = CancelWith(Options.CancellationToken);
        _byParent = CancelWith(Options.PropagationToken?.ParentCancellationToken ?? default);
        if (Deadline is { } deadline)
        {
            var time = Channel.Options.TimeProvider;
            if (deadline <= time.GetUtcNow().UtcDateTime)
            {
                End(ProtocolErrors.DeadlineExceeded);
            }
            else
            {
                _deadlineTimer = new DeadlineTimer(deadline, time, () => End(ProtocolErrors.DeadlineExceeded));
            }
        }

        // A token that fired while the others were being registered has left those behind.
        if (HasEnded) Release();
    }

    /// <summary>Cancels the call when the caller of one read or write gives that up.</summary>
    protected internal CancellationTokenRegistration CancelWith(CancellationToken cancellationToken) =>
        cancellationToken.CanBeCanceled
            ? cancellationToken.UnsafeRegister(static call => ((GrpcCall)call!).End(ProtocolErrors.Cancelled), this)
            : default;

    /// <summary>The status that an exception of sending or reading means, given what ended the call.</summary>
    protected internal Status Explain(Exception exception)
    {
        lock (_gate)
        {
            if (_ending is { } ending) return ending;
        }

        // The server's clock may be ahead: it gave up, and our own timer is just about to.
        var overdue = Deadline is { } deadline && deadline <= Channel.Options.TimeProvider.GetUtcNow().UtcDateTime;
        return exception switch
        {
            RpcException rpc => rpc.Status,
            _ when overdue => ProtocolErrors.DeadlineExceeded with { DebugException = exception },
            HttpRequestException or IOException => TransportErrors.FromException(exception),
            OperationCanceledException => ProtocolErrors.Cancelled with { DebugException = exception },
            _ => new Status(StatusCode.Internal, $"The call failed on this side: {exception.Message}", exception),
        };
    }

    /// <summary>Ends the call with a status that did not come from the server; the first one counts.</summary>
    protected internal void End(Status status)
    {
        lock (_gate)
        {
            if (_ending is not null) return;
            _ending = status;
        }

        Release();
        CancelWork();
        OnEnded();
        _outcome.TrySetResult(status);
    }

    /// <summary>Ends the call with the status that the server sent.</summary>
    /// <returns>The status that counts: another one when the call had ended before.</returns>
    protected Status Complete(Status status, Metadata trailers)
    {
        lock (_gate)
        {
            if (_ending is { } ending) return ending;
            _ending = status;
            _trailers = trailers;
        }

        Release();
        OnEnded();
        _outcome.TrySetResult(status);
        return status;
    }

    protected void CancelWork() => _cancellation.Cancel();

    /// <summary>Frees what the call holds; runs once.</summary>
    protected abstract void OnEnded();

    /// <summary>The exception of a call that ended with this status.</summary>
    protected internal Exception Failure(Status status) =>
        Channel.Options.ThrowOperationCanceledOnCancellation && (status.StatusCode is StatusCode.Cancelled or StatusCode.DeadlineExceeded)
            ? new OperationCanceledException(status.Detail, new RpcException(status, _trailers))
            : new RpcException(status, _trailers);

    private static DateTime? CheckKind(DateTime? deadline) =>
        deadline is not { } d || d == DateTime.MaxValue ? null
        : d.Kind == DateTimeKind.Utc || d == DateTime.MinValue ? d
        : throw new InvalidOperationException("A deadline must be in UTC (DateTimeKind.Utc).");

    private static DateTime? EarlierOf(DateTime? a, DateTime? b) => a is null ? b : b is null || a < b ? a : b;

    private void Release()
    {
        _deadlineTimer?.Dispose();
        // Unregister does not wait for a callback that is running: it may be the one that runs this.
        _byChannel.Unregister();
        _byCaller.Unregister();
        _byParent.Unregister();
    }
}
