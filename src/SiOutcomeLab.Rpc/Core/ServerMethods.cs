namespace Grpc.Core;

/// <summary>Handler of a unary method.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="context">The call.</param>
public delegate Task<TResponse> UnaryServerMethod<TRequest, TResponse>(TRequest request, ServerCallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>Handler of a client-streaming method.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="requestStream">The requests.</param>
/// <param name="context">The call.</param>
public delegate Task<TResponse> ClientStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>Handler of a server-streaming method.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="request">The request.</param>
/// <param name="responseStream">The responses.</param>
/// <param name="context">The call.</param>
public delegate Task ServerStreamingServerMethod<TRequest, TResponse>(
    TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;

/// <summary>Handler of a duplex method.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="requestStream">The requests.</param>
/// <param name="responseStream">The responses.</param>
/// <param name="context">The call.</param>
public delegate Task DuplexStreamingServerMethod<TRequest, TResponse>(
    IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context)
    where TRequest : class
    where TResponse : class;
