using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>A call that came by another way than gRPC: headers are kept for the caller, nothing is written.</summary>
internal sealed class DirectServerCallContext : ServerCallContext, IHttpCall
{
    private bool _headersSent;

    public DirectServerCallContext(HttpContext http, string method, Metadata requestHeaders, DateTime deadline, CancellationToken cancellationToken)
    {
        HttpContext = http;
        MethodCore = method;
        RequestHeadersCore = requestHeaders;
        DeadlineCore = deadline;
        CancellationTokenCore = cancellationToken;
    }

    public HttpContext HttpContext { get; }

    public Metadata SentHeaders { get; private set; } = Metadata.Empty;

    protected override string MethodCore { get; }

    protected override string HostCore => HttpContext.Request.Host.Value ?? "";

    protected override string PeerCore => Peers.AddressOf(HttpContext);

    protected override DateTime DeadlineCore { get; }

    protected override Metadata RequestHeadersCore { get; }

    protected override CancellationToken CancellationTokenCore { get; }

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore => Peers.AuthContextOf(HttpContext);

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders)
    {
        if (_headersSent) throw new InvalidOperationException("Response headers were sent already.");
        _headersSent = true;
        SentHeaders = responseHeaders;
        return Task.CompletedTask;
    }
}
