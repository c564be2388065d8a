namespace Grpc.Core;

/// <summary>A way to a server.</summary>
/// <param name="target">The server's host and port.</param>
public abstract class ChannelBase(string target)
{
    /// <summary>The server's host and port.</summary>
    public string Target { get; } = target ?? throw new ArgumentNullException(nameof(target));

    /// <summary>An invoker whose calls use this channel.</summary>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel.</summary>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>See <see cref="ShutdownAsync"/>.</summary>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}
