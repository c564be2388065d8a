namespace Grpc.Core;

/// <summary>One call as its handler sees it.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>Path of the method: <c>/package.Service/Method</c>.</summary>
    public string Method => MethodCore;

    /// <summary>Host and port that the client asked for.</summary>
    public string Host => HostCore;

    /// <summary>Address of the client: <c>ipv4:10.0.0.1:5000</c> or <c>ipv6:[::1]:5000</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>When the client stops waiting, in UTC; <see cref="DateTime.MaxValue"/> when it waits for ever.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>Headers of the request, without those that belong to the protocol.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the client goes away, gives up, or the deadline passes.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>Metadata to send after the last message.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>Status to end the call with when the handler returns normally. OK at first.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>Options of the messages that follow; null for the defaults.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>Who the client proved to be by its certificate.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>Values that interceptors leave for each other and for the handler.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>See <see cref="Method"/>.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>See <see cref="Host"/>.</summary>
    protected abstract string HostCore { get; }

    /// <summary>See <see cref="Peer"/>.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>See <see cref="Deadline"/>.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>See <see cref="RequestHeaders"/>.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>See <see cref="CancellationToken"/>.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>See <see cref="ResponseTrailers"/>.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>See <see cref="Status"/>.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>See <see cref="WriteOptions"/>.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>See <see cref="AuthContext"/>.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>See <see cref="UserState"/>.</summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends the response headers now, before the first message. At most once.</summary>
    /// <param name="responseHeaders">Metadata to send.</param>
    /// <exception cref="InvalidOperationException">Headers were sent already.</exception>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Carries deadline and cancellation of this call into calls that it makes.</summary>
    /// <param name="options">What to carry; null for both.</param>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) => CreatePropagationTokenCore(options);

    /// <summary>See <see cref="WriteResponseHeadersAsync"/>.</summary>
    /// <param name="responseHeaders">Metadata to send.</param>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>See <see cref="CreatePropagationToken"/>.</summary>
    /// <param name="options">What to carry.</param>
    protected virtual ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        new(options ?? ContextPropagationOptions.Default, DeadlineCore, CancellationTokenCore);
}
