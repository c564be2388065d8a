using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Rpc.AspNetCore;

namespace SiOutcomeLab.Benchmarks.Rpc;

/// <summary>A server process: says its address, then answers each line with what it has used, until its input closes.</summary>
internal static class ServerRole
{
    public static async Task<int> RunAsync(string stack, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // The same limits for both stacks: what is compared is what stands on Kestrel.
            kestrel.UseTunedHttp2Limits();
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        if (stack == Worker.Ours) builder.Services.AddGrpc();
        await using var app = builder.Build();
        if (stack == Worker.Ours)
        {
            app.UseRouting();
            app.MapGrpcService<EchoService>();
        }
        else
        {
            app.Run(BareServer.AnswerAsync);
        }

        await app.StartAsync(cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(app.Urls.Single()));
        while (await Console.In.ReadLineAsync(cancellationToken) is not null) Console.WriteLine(JsonSerializer.Serialize(Usage.Now()));
        await app.StopAsync(cancellationToken);
        return 0;
    }
}
