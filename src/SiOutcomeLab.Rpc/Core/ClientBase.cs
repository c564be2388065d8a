using System.Diagnostics.CodeAnalysis;
using Grpc.Core.Interceptors;

namespace Grpc.Core;

/// <summary>Base of generated clients, typed by the client.</summary>
/// <typeparam name="T">The client.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>A client without a channel: every call throws. For test doubles.</summary>
    protected ClientBase()
    {
    }

    /// <summary>A client from a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    protected ClientBase(ClientBaseConfiguration configuration) : base(configuration)
    {
    }

    /// <summary>A client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    [SuppressMessage("Design", "CA1012", Justification = "Public in Grpc.Core.Api.")]
    public ClientBase(ChannelBase channel) : base(channel)
    {
    }

    /// <summary>A client over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    [SuppressMessage("Design", "CA1012", Justification = "Public in Grpc.Core.Api.")]
    public ClientBase(CallInvoker callInvoker) : base(callInvoker)
    {
    }

    /// <summary>The same client naming another host in its calls.</summary>
    /// <param name="host">The host.</param>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>A client of the same type with another configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}

/// <summary>Base of generated clients.</summary>
public abstract class ClientBase
{
    /// <summary>A client without a channel: every call throws. For test doubles.</summary>
    protected ClientBase() : this(new DetachedCallInvoker())
    {
    }

    /// <summary>A client from a configuration.</summary>
    /// <param name="configuration">The configuration.</param>
    protected ClientBase(ClientBaseConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        Configuration = configuration;
        CallInvoker = configuration.CreateCallInvoker();
    }

    /// <summary>A client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    [SuppressMessage("Design", "CA1012", Justification = "Public in Grpc.Core.Api.")]
    public ClientBase(ChannelBase channel) : this(channel.CreateCallInvoker())
    {
    }

    /// <summary>A client over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    [SuppressMessage("Design", "CA1012", Justification = "Public in Grpc.Core.Api.")]
    public ClientBase(CallInvoker callInvoker) : this(new ClientBaseConfiguration(callInvoker, null))
    {
    }

    /// <summary>Makes the calls.</summary>
    protected CallInvoker CallInvoker { get; }

    internal ClientBaseConfiguration Configuration { get; }

    /// <summary>What a client carries over to copies of itself; opaque.</summary>
    [SuppressMessage("Design", "CA1034", Justification = "Nested as in Grpc.Core.Api; generated stubs name it.")]
    protected internal class ClientBaseConfiguration
    {
        private readonly CallInvoker _callInvoker;
        private readonly string? _host;

        internal ClientBaseConfiguration(CallInvoker callInvoker, string? host)
        {
            ArgumentNullException.ThrowIfNull(callInvoker);
            _callInvoker = callInvoker;
            _host = host;
        }

        internal CallInvoker CreateCallInvoker() => _host is null ? _callInvoker : _callInvoker.Intercept(new HostInterceptor(_host));

        internal ClientBaseConfiguration WithHost(string host)
        {
            ArgumentNullException.ThrowIfNull(host);
            return new ClientBaseConfiguration(_callInvoker, host);
        }
    }
}

/// <summary>Base of generated clients in their lite form.</summary>
public abstract class LiteClientBase
{
    /// <summary>A client without a channel: every call throws. For test doubles.</summary>
    protected LiteClientBase() => CallInvoker = new DetachedCallInvoker();

    /// <summary>A client over a channel.</summary>
    /// <param name="channel">The channel.</param>
    [SuppressMessage("Design", "CA1012", Justification = "Public in Grpc.Core.Api.")]
    public LiteClientBase(ChannelBase channel) : this(channel.CreateCallInvoker())
    {
    }

    /// <summary>A client over an invoker.</summary>
    /// <param name="callInvoker">The invoker.</param>
    [SuppressMessage("Design", "CA1012", Justification = "Public in Grpc.Core.Api.")]
    public LiteClientBase(CallInvoker callInvoker)
    {
        ArgumentNullException.ThrowIfNull(callInvoker);
        CallInvoker = callInvoker;
    }

    /// <summary>Makes the calls.</summary>
    protected CallInvoker CallInvoker { get; }
}
