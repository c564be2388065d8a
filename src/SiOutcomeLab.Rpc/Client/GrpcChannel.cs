using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>
/// A way to a server over HTTP/2. Make one per server and keep it: connections are made when needed and shared by all calls.
/// Thread-safe.
/// </summary>
public sealed class GrpcChannel : ChannelBase, IDisposable
{
    private readonly HttpMessageInvoker _invoker;
    private readonly bool _ownsInvoker;
    private readonly CancellationTokenSource _disposal = new();
    private readonly ConcurrentDictionary<string, Uri> _methods = new(StringComparer.Ordinal);

    private GrpcChannel(Uri address, GrpcChannelOptions options) : base(address.Authority)
    {
        Address = address;
        Options = options;
        var secure = address.Scheme == Uri.UriSchemeHttps;
        if (options.Credentials is { } credentials && credentials.IsSecure != secure)
        {
            throw new InvalidOperationException(
                $"The channel's credentials are {(credentials.IsSecure ? "" : "not ")}for TLS, and its address {address} is {(secure ? "" : "not ")}https.");
        }

        if (options.HttpHandler is not null && options.HttpClient is not null)
        {
            throw new ArgumentException($"{nameof(options.HttpHandler)} and {nameof(options.HttpClient)} are set: set one.", nameof(options));
        }

        // Credentials of calls only go out over TLS.
        CallCredentials = secure || options.UnsafeUseInsecureChannelCallCredentials ? options.Credentials?.CallCredentials : null;
        SendsCallCredentials = secure || options.UnsafeUseInsecureChannelCallCredentials;
        _ownsInvoker = options.DisposeHttpClient || (options.HttpHandler is null && options.HttpClient is null);
        _invoker = options.HttpClient ?? new HttpMessageInvoker(options.HttpHandler ?? CreateHandler(), _ownsInvoker);
        Compression = new CompressionTable(options.CompressionProviders ?? [new GzipCompressionProvider(CompressionLevel.Fastest)]);
    }

    internal Uri Address { get; }

    internal GrpcChannelOptions Options { get; }

    internal CallCredentials? CallCredentials { get; }

    internal bool SendsCallCredentials { get; }

    internal CompressionTable Compression { get; }

    internal CancellationToken Disposed => _disposal.Token;

    /// <summary>A channel to a server.</summary>
    /// <param name="address"><c>http://host:port</c> (HTTP/2 without TLS, by prior knowledge) or <c>https://host:port</c>.</param>
    public static GrpcChannel ForAddress(string address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to a server.</summary>
    /// <param name="address"><c>http://host:port</c> (HTTP/2 without TLS, by prior knowledge) or <c>https://host:port</c>.</param>
    /// <param name="channelOptions">Options.</param>
    public static GrpcChannel ForAddress(string address, GrpcChannelOptions channelOptions) => ForAddress(new Uri(address), channelOptions);

    /// <summary>A channel to a server.</summary>
    /// <param name="address"><c>http://host:port</c> (HTTP/2 without TLS, by prior knowledge) or <c>https://host:port</c>.</param>
    public static GrpcChannel ForAddress(Uri address) => ForAddress(address, new GrpcChannelOptions());

    /// <summary>A channel to a server.</summary>
    /// <param name="address"><c>http://host:port</c> (HTTP/2 without TLS, by prior knowledge) or <c>https://host:port</c>.</param>
    /// <param name="channelOptions">Options.</param>
    /// <exception cref="ArgumentException">The address is not http or https, or the options contradict each other.</exception>
    public static GrpcChannel ForAddress(Uri address, GrpcChannelOptions channelOptions)
    {
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(channelOptions);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps))
        {
            throw new ArgumentException($"\"{address}\" is not an http:// or https:// address.", nameof(address));
        }

        return new GrpcChannel(address, channelOptions);
    }

    /// <inheritdoc/>
    public override CallInvoker CreateCallInvoker() => new HttpCallInvoker(this);

    /// <summary>Cancels all calls and closes the connections that the channel made.</summary>
    public void Dispose()
    {
        if (_disposal.IsCancellationRequested) return;
        _disposal.Cancel();
        if (_ownsInvoker) _invoker.Dispose();
    }

    /// <summary>Address of a method; parsing it for each call would cost more than anything else in the request's head.</summary>
    internal Uri AddressOf(IMethod method) => _methods.GetOrAdd(method.FullName, static (path, address) => new Uri(address, path), Address);

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _invoker is HttpClient client
            ? client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
            : _invoker.SendAsync(request, cancellationToken);

    /// <inheritdoc/>
    protected override Task ShutdownAsyncCore()
    {
        Dispose();
        return Task.CompletedTask;
    }

    private static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        // Over 100 streams, the usual limit of a server, a second connection beats waiting.
        EnableMultipleHttp2Connections = true,
        // A window of 64 KiB gives 3 MB/s at 20 ms; the handler grows it from here by measured round trips.
        InitialHttp2StreamWindowSize = 1 << 20,
        // A dead peer is noticed within 80 s also while a call only waits.
        KeepAlivePingDelay = TimeSpan.FromSeconds(60),
        KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
        // Metadata are bytes to HTTP; Latin-1 keeps each of them.
        ResponseHeaderEncodingSelector = static (_, _) => System.Text.Encoding.Latin1,
    };
}
