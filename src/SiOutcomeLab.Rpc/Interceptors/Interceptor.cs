using System.Diagnostics.CodeAnalysis;

namespace Grpc.Core.Interceptors;

/// <summary>Stands around calls, on the client or on the server. Every method passes the call on unless it is overridden.</summary>
[SuppressMessage("Design", "CA1034", Justification = "Nested delegates as in Grpc.Core.Api.")]
public abstract partial class Interceptor
{
    /// <summary>Stands around a unary call on the server.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the handler.</param>
    public virtual Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Stands around a client-streaming call on the server.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="requestStream">The requests.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the handler.</param>
    public virtual Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        ServerCallContext context,
        ClientStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(requestStream, context);

    /// <summary>Stands around a server-streaming call on the server.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="responseStream">The responses.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the handler.</param>
    public virtual Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, responseStream, context);

    /// <summary>Stands around a duplex call on the server.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="requestStream">The requests.</param>
    /// <param name="responseStream">The responses.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the handler.</param>
    public virtual Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(requestStream, responseStream, context);
}
