using System.Net;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Client;

/// <summary>A server that answers whatever a test writes, right or wrong.</summary>
internal sealed class HandMadeServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HandMadeServer(WebApplication app, GrpcChannel channel)
    {
        _app = app;
        Channel = channel;
    }

    public GrpcChannel Channel { get; }

    public TestService.TestServiceClient Client => new(Channel);

    public static async Task<HandMadeServer> StartAsync(RequestDelegate answer, GrpcChannelOptions? options = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync().Soon();
        return new HandMadeServer(app, GrpcChannel.ForAddress(app.Urls.Single(), options ?? new GrpcChannelOptions()));
    }

    /// <summary>A gRPC response: headers, bytes as they are, trailers.</summary>
    public static RequestDelegate Answer(byte[] body, string? status = "0", string? message = null, Action<HttpContext>? more = null) => async http =>
    {
        http.Response.ContentType = "application/grpc";
        more?.Invoke(http);
        await http.Response.BodyWriter.WriteAsync(body);
        if (status is not null) http.Response.AppendTrailer("grpc-status", status);
        if (message is not null) http.Response.AppendTrailer("grpc-message", message);
    };

    public static RequestDelegate Reset(int code) => http =>
    {
        http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(code);
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        using var stop = new CancellationTokenSource(Patience.Limit);
        await _app.StopAsync(stop.Token);
        await _app.DisposeAsync();
    }
}
