using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>One call over HTTP: what its handler sees. Messages, deadline and ending are in the other parts of this class.</summary>
internal sealed partial class HttpServerCallContext : ServerCallContext, IHttpCall, IServerCallContextFeature, IAsyncDisposable
{
    private readonly IMethod _method;
    private readonly CallHost _host;
    private readonly FrameWriter _frameWriter;
    private FrameReader? _frameReader;
    private Metadata? _requestHeaders;
    private Metadata? _responseTrailers;
    private CancellationToken _callToken;

    public HttpServerCallContext(HttpContext http, IMethod method, CallHost host)
    {
        HttpContext = http;
        _method = method;
        _host = host;
        _frameWriter = new FrameWriter(host.Settings.MaxSendMessageSize);
        _callToken = http.RequestAborted;
    }

    public HttpContext HttpContext { get; }

    ServerCallContext IServerCallContextFeature.ServerCallContext => this;

    /// <summary>Whether the last request message came compressed.</summary>
    internal bool LastRequestWasCompressed => _frameReader?.LastWasCompressed ?? false;

    protected override string MethodCore => _method.FullName;

    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    protected override string PeerCore => Peers.AddressOf(HttpContext);

    protected override DateTime DeadlineCore => _deadline;

    protected override CancellationToken CancellationTokenCore => _callToken;

    protected override Metadata ResponseTrailersCore => _responseTrailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => Peers.AuthContextOf(HttpContext);

    /// <exception cref="RpcException">INTERNAL: a binary header is not base64.</exception>
    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    /// <summary>Reads what the headers say of encoding and time, and lifts the server's limits that streams would hit.</summary>
    /// <exception cref="RpcException">The headers ask for what cannot be done.</exception>
    public void Open(bool streamsRequests)
    {
        // The message limit takes the place of the body limit, which counts a whole stream (30 MB by default).
        if (HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;

        // A stream may rest for minutes. A single request may not: the rate limit keeps slow senders off.
        if (streamsRequests && HttpContext.Features.Get<Microsoft.AspNetCore.Server.Kestrel.Core.Features.IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        HttpContext.Response.ContentType = GrpcHeaders.ContentType;
        var encoding = HttpContext.Request.Headers[GrpcHeaders.Encoding];
        if (!_host.Settings.Compression.TryGet(encoding.Count == 0 ? null : encoding.ToString(), out var compression))
        {
            HttpContext.Response.Headers[GrpcHeaders.AcceptEncoding] = _host.Settings.Compression.AcceptEncoding;
            throw new RpcException(new Status(StatusCode.Unimplemented, "grpc-encoding names a compression that the server does not have."));
        }

        _frameReader = new FrameReader(HttpContext.Request.BodyReader, _host.Settings.MaxReceiveMessageSize, compression);
        StartDeadline();
    }

    private Metadata ReadRequestHeaders()
    {
        var headers = new Metadata();
        foreach (var (name, values) in HttpContext.Request.Headers)
        {
            if (GrpcHeaders.IsReserved(name) || !GrpcHeaders.IsMetadataKey(name)) continue;
            foreach (var value in values)
            {
                MetadataCodec.AddReceived(headers, name, value ?? "");
            }
        }

        return headers.Freeze();
    }
}
