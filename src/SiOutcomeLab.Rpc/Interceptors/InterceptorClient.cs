namespace Grpc.Core.Interceptors;

public abstract partial class Interceptor
{
    /// <summary>Passes a blocking unary call on.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public delegate TResponse BlockingUnaryCallContinuation<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a unary call on.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public delegate AsyncUnaryCall<TResponse> AsyncUnaryCallContinuation<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a server-streaming call on.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    public delegate AsyncServerStreamingCall<TResponse> AsyncServerStreamingCallContinuation<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a client-streaming call on.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="context">The call.</param>
    public delegate AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCallContinuation<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Passes a duplex call on.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="context">The call.</param>
    public delegate AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCallContinuation<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context)
        where TRequest : class
        where TResponse : class;

    /// <summary>Stands around a blocking unary call on the client.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the transport.</param>
    public virtual TResponse BlockingUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        BlockingUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Stands around a unary call on the client.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the transport.</param>
    public virtual AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Stands around a server-streaming call on the client.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="request">The request.</param>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the transport.</param>
    public virtual AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request,
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(request, context);

    /// <summary>Stands around a client-streaming call on the client.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the transport.</param>
    public virtual AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncClientStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(context);

    /// <summary>Stands around a duplex call on the client.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="context">The call.</param>
    /// <param name="continuation">The next interceptor or the transport.</param>
    public virtual AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context,
        AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
        where TRequest : class
        where TResponse : class => continuation(context);
}
