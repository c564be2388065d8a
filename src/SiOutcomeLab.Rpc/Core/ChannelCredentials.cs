namespace Grpc.Core;

/// <summary>How a channel is secured, and credentials that each of its calls carries.</summary>
public abstract class ChannelCredentials
{
    /// <summary>No TLS.</summary>
    public static ChannelCredentials Insecure { get; } = new Plain(isSecure: false, null);

    /// <summary>TLS, with the roots that the operating system trusts; for others configure the channel's <c>HttpHandler</c>.</summary>
    public static ChannelCredentials SecureSsl { get; } = new Plain(isSecure: true, null);

    internal abstract bool IsSecure { get; }

    internal abstract CallCredentials? CallCredentials { get; }

    /// <summary>Channel credentials with call credentials.</summary>
    /// <param name="channelCredentials">How the channel is secured.</param>
    /// <param name="callCredentials">Credentials of each call.</param>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return new Plain(
            channelCredentials.IsSecure,
            channelCredentials.CallCredentials is { } own ? CallCredentials.Compose(own, callCredentials) : callCredentials);
    }

    private sealed class Plain(bool isSecure, CallCredentials? callCredentials) : ChannelCredentials
    {
        internal override bool IsSecure => isSecure;

        internal override CallCredentials? CallCredentials => callCredentials;
    }
}
