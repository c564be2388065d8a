namespace Grpc.Core;

/// <summary>Makes calls; stubs are written over this.</summary>
public abstract class CallInvoker
{
    /// <summary>A unary call that blocks the thread.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Host to name in the call; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract TResponse BlockingUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>A unary call.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Host to name in the call; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>A server-streaming call.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Host to name in the call; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    /// <param name="request">The request.</param>
    public abstract AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        where TRequest : class
        where TResponse : class;

    /// <summary>A client-streaming call.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Host to name in the call; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    public abstract AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;

    /// <summary>A duplex call.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="host">Host to name in the call; null for the channel's.</param>
    /// <param name="options">Options of the call.</param>
    public abstract AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        Method<TRequest, TResponse> method, string? host, CallOptions options)
        where TRequest : class
        where TResponse : class;
}
