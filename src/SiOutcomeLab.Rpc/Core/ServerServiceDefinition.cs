namespace Grpc.Core;

/// <summary>A service with its handlers bound, in the order they were added.</summary>
public class ServerServiceDefinition
{
    private readonly IReadOnlyList<Action<ServiceBinderBase>> _methods;

    private ServerServiceDefinition(IReadOnlyList<Action<ServiceBinderBase>> methods) => _methods = methods;

    /// <summary>Starts a definition.</summary>
    public static Builder CreateBuilder() => new();

    internal void BindService(ServiceBinderBase binder)
    {
        foreach (var method in _methods)
        {
            method(binder);
        }
    }

    /// <summary>Collects methods for a definition.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1034", Justification = "Nested as in Grpc.Core.Api.")]
    public class Builder
    {
        private readonly HashSet<string> _names = new(StringComparer.Ordinal);
        private readonly List<Action<ServiceBinderBase>> _methods = [];

        /// <summary>Adds a unary method.</summary>
        /// <typeparam name="TRequest">Request message.</typeparam>
        /// <typeparam name="TResponse">Response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">Its handler.</param>
        public Builder AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, b => b.AddMethod(method, handler));

        /// <summary>Adds a client-streaming method.</summary>
        /// <typeparam name="TRequest">Request message.</typeparam>
        /// <typeparam name="TResponse">Response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">Its handler.</param>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, b => b.AddMethod(method, handler));

        /// <summary>Adds a server-streaming method.</summary>
        /// <typeparam name="TRequest">Request message.</typeparam>
        /// <typeparam name="TResponse">Response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">Its handler.</param>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, b => b.AddMethod(method, handler));

        /// <summary>Adds a duplex method.</summary>
        /// <typeparam name="TRequest">Request message.</typeparam>
        /// <typeparam name="TResponse">Response message.</typeparam>
        /// <param name="method">The method.</param>
        /// <param name="handler">Its handler.</param>
        public Builder AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse> handler)
            where TRequest : class
            where TResponse : class => Add(method, b => b.AddMethod(method, handler));

        /// <summary>The definition.</summary>
        public ServerServiceDefinition Build() => new([.. _methods]);

        private Builder Add(IMethod method, Action<ServiceBinderBase> bind)
        {
            if (!_names.Add(method.FullName)) throw new ArgumentException($"{method.FullName} was added already.", nameof(method));
            _methods.Add(bind);
            return this;
        }
    }
}
