using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>Everything of a request before its messages.</summary>
internal sealed class RequestHead
{
    private static readonly string UserAgent = $"silab-rpc/{typeof(RequestHead).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
        ?.InformationalVersion.Split('+')[0]}";

    private readonly GrpcChannel _channel;
    private readonly IMethod _method;
    private readonly string? _host;
    private readonly CallOptions _options;

    public RequestHead(GrpcChannel channel, IMethod method, string? host, CallOptions options)
    {
        _channel = channel;
        _method = method;
        _host = host;
        _options = options;
        var encoding = options.Headers?.GetValue(GrpcHeaders.EncodingRequest);
        if (!channel.Compression.TryGet(encoding, out var compression))
        {
            throw new InvalidOperationException($"The channel has no compression named \"{encoding}\": add it to CompressionProviders.");
        }

        Compression = compression;
        foreach (var entry in options.Headers ?? Metadata.Empty)
        {
            MetadataCodec.CheckSendable(entry);
        }
    }

    /// <summary>Compresses the requests; null for not.</summary>
    public ICompressionProvider? Compression { get; }

    public HttpRequestMessage CreateRequest(HttpContent content, DateTime? deadline)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, _channel.AddressOf(_method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        var headers = request.Headers;
        if (_host is not null) headers.Host = _host;
        headers.TryAddWithoutValidation("te", "trailers");
        headers.TryAddWithoutValidation("user-agent", UserAgent);
        headers.TryAddWithoutValidation(GrpcHeaders.AcceptEncoding, _channel.Compression.AcceptEncoding);
        if (Compression is not null) headers.TryAddWithoutValidation(GrpcHeaders.Encoding, Compression.EncodingName);
        if (deadline is { } d)
        {
            headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcTimeout.Format(d - _channel.Options.TimeProvider.GetUtcNow().UtcDateTime));
        }

        Add(headers, _options.Headers);
        return request;
    }

    /// <summary>Asks the credentials of channel and call for their metadata.</summary>
    public async Task AddCredentialsAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!_channel.SendsCallCredentials || (_channel.CallCredentials is null && _options.Credentials is null)) return;
        var context = new AuthInterceptorContext(
            new Uri(_channel.Address, "/" + _method.ServiceName).ToString(), _method.Name, cancellationToken);
        var metadata = new Metadata();
        foreach (var credentials in new[] { _channel.CallCredentials, _options.Credentials })
        {
            foreach (var interceptor in credentials?.Interceptors ?? [])
            {
                await interceptor(context, metadata);
            }
        }

        Add(request.Headers, metadata);
    }

    private static void Add(HttpRequestHeaders headers, Metadata? metadata)
    {
        foreach (var entry in metadata ?? Metadata.Empty)
        {
            MetadataCodec.CheckSendable(entry);
            if (!GrpcHeaders.IsReserved(entry.Key)) headers.TryAddWithoutValidation(entry.Key, MetadataCodec.ToHeaderValue(entry));
        }
    }
}
