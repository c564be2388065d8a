namespace Grpc.Core;

/// <summary>A duplex call under way.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
public sealed class AsyncDuplexStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly AsyncCallState _callState;

    /// <summary>Makes a call object; for invokers and test doubles.</summary>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseStream">The responses.</param>
    /// <param name="responseHeadersAsync">Response headers.</param>
    /// <param name="getStatusFunc">Status of a finished call.</param>
    /// <param name="getTrailersFunc">Trailers of a finished call.</param>
    /// <param name="disposeAction">Ends the call.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Makes a call object without closures; for invokers.</summary>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseStream">The responses.</param>
    /// <param name="responseHeadersAsync">Response headers.</param>
    /// <param name="getStatusFunc">Status of a finished call.</param>
    /// <param name="getTrailersFunc">Trailers of a finished call.</param>
    /// <param name="disposeAction">Ends the call.</param>
    /// <param name="state">Handed to the functions.</param>
    public AsyncDuplexStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        IAsyncStreamReader<TResponse> responseStream,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        ResponseStream = responseStream;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The requests.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The responses.</summary>
    public IAsyncStreamReader<TResponse> ResponseStream { get; }

    /// <summary>Response headers; ready before the first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => _callState.ResponseHeadersAsync();

    /// <summary>Status of a finished call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Status GetStatus() => _callState.GetStatus();

    /// <summary>Trailers of a finished call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Metadata GetTrailers() => _callState.GetTrailers();

    /// <summary>Ends the call: one that is not finished is cancelled.</summary>
    public void Dispose() => _callState.Dispose();
}
