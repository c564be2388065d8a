using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>A client-streaming call under way.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
public sealed class AsyncClientStreamingCall<TRequest, TResponse> : IDisposable
{
    private readonly AsyncCallState _callState;
    private readonly Task<TResponse> _responseAsync;

    /// <summary>Makes a call object; for invokers and test doubles.</summary>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Response headers.</param>
    /// <param name="getStatusFunc">Status of a finished call.</param>
    /// <param name="getTrailersFunc">Trailers of a finished call.</param>
    /// <param name="disposeAction">Ends the call.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Task<Metadata> responseHeadersAsync,
        Func<Status> getStatusFunc,
        Func<Metadata> getTrailersFunc,
        Action disposeAction)
    {
        RequestStream = requestStream;
        _responseAsync = responseAsync;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction);
    }

    /// <summary>Makes a call object without closures; for invokers.</summary>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseAsync">The response.</param>
    /// <param name="responseHeadersAsync">Response headers.</param>
    /// <param name="getStatusFunc">Status of a finished call.</param>
    /// <param name="getTrailersFunc">Trailers of a finished call.</param>
    /// <param name="disposeAction">Ends the call.</param>
    /// <param name="state">Handed to the functions.</param>
    public AsyncClientStreamingCall(
        IClientStreamWriter<TRequest> requestStream,
        Task<TResponse> responseAsync,
        Func<object, Task<Metadata>> responseHeadersAsync,
        Func<object, Status> getStatusFunc,
        Func<object, Metadata> getTrailersFunc,
        Action<object> disposeAction,
        object state)
    {
        RequestStream = requestStream;
        _responseAsync = responseAsync;
        _callState = new AsyncCallState(responseHeadersAsync, getStatusFunc, getTrailersFunc, disposeAction, state);
    }

    /// <summary>The requests.</summary>
    public IClientStreamWriter<TRequest> RequestStream { get; }

    /// <summary>The response; throws <see cref="RpcException"/> when the call fails.</summary>
    public Task<TResponse> ResponseAsync => _responseAsync;

    /// <summary>Response headers; ready before the first message.</summary>
    public Task<Metadata> ResponseHeadersAsync => _callState.ResponseHeadersAsync();

    /// <summary>Lets the call itself be awaited for its response.</summary>
    public TaskAwaiter<TResponse> GetAwaiter() => _responseAsync.GetAwaiter();

    /// <summary>Configures how the response is awaited.</summary>
    /// <param name="continueOnCapturedContext">Whether to come back to the captured context.</param>
    public ConfiguredTaskAwaitable<TResponse> ConfigureAwait(bool continueOnCapturedContext) =>
        _responseAsync.ConfigureAwait(continueOnCapturedContext);

    /// <summary>Status of a finished call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Status GetStatus() => _callState.GetStatus();

    /// <summary>Trailers of a finished call.</summary>
    /// <exception cref="InvalidOperationException">The call has not finished.</exception>
    public Metadata GetTrailers() => _callState.GetTrailers();

    /// <summary>Ends the call: one that is not finished is cancelled.</summary>
    public void Dispose() => _callState.Dispose();
}
