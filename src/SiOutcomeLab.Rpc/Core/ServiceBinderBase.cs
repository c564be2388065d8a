namespace Grpc.Core;

/// <summary>Takes the methods of a service one by one; generated <c>BindService</c> calls it, with null handlers when none are bound.</summary>
public class ServiceBinderBase
{
    /// <summary>Takes a unary method.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler, or null.</param>
    public virtual void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Takes a client-streaming method.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler, or null.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Takes a server-streaming method.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler, or null.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Takes a duplex method.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">The method.</param>
    /// <param name="handler">Its handler, or null.</param>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    private NotSupportedException NotTaken(IMethod method) => new($"{GetType()} does not take {method.Type} methods ({method.FullName}).");
}
