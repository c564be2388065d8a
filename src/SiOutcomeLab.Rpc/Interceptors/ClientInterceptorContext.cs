namespace Grpc.Core.Interceptors;

/// <summary>The call that a client interceptor sees.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
/// <param name="method">The method.</param>
/// <param name="host">Host named in the call, or null.</param>
/// <param name="options">Options of the call.</param>
public readonly struct ClientInterceptorContext<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    where TRequest : class
    where TResponse : class
{
    /// <summary>The method.</summary>
    public Method<TRequest, TResponse> Method { get; } = method;

    /// <summary>Host named in the call, or null.</summary>
    public string? Host { get; } = host;

    /// <summary>Options of the call.</summary>
    public CallOptions Options { get; } = options;
}
