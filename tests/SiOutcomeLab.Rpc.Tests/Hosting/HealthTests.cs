using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SiOutcomeLab.Rpc.AspNetCore;
using SiOutcomeLab.Rpc.Tests.Interop;
using SiOutcomeLab.Rpc.Tests.Server;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace SiOutcomeLab.Rpc.Tests.Hosting;

public sealed class HealthTests
{
    [Fact]
    public async Task Check_ByService_RunsTheChecksThatStandForIt()
    {
        var disk = HealthStatus.Healthy;
        await using var server = await StartAsync(() => disk);
        var client = new Grpc.Health.V1.Health.HealthClient(server.Channel());
        Assert.Equal(ServingStatus.Serving, await CheckAsync(client, ""));
        Assert.Equal(ServingStatus.Serving, await CheckAsync(client, "intake"));
        disk = HealthStatus.Unhealthy;
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(client, ""));
        Assert.Equal(ServingStatus.NotServing, await CheckAsync(client, "intake"));
        Assert.Equal(ServingStatus.Serving, await CheckAsync(client, "query"));
        disk = HealthStatus.Degraded;
        Assert.Equal(ServingStatus.Serving, await CheckAsync(client, ""));
        Assert.Equal(StatusCode.NotFound, await InteropCases.CodeOf(() => CheckAsync(client, "nothing")));
    }

    [Fact]
    public async Task List_AllMapped_AreGiven()
    {
        await using var server = await StartAsync(() => HealthStatus.Healthy);
        var list = await new Grpc.Health.V1.Health.HealthClient(server.Channel()).ListAsync(new HealthListRequest()).ResponseAsync.Soon();
        Assert.Equal(["", "intake", "query"], list.Statuses.Keys.Order());
    }

    [Fact]
    public async Task Watch_StatusChanges_AreSentOnceEach()
    {
        await using var server = await StartAsync(() => HealthStatus.Healthy);
        var board = server.Services.GetRequiredService<HealthBoard>();
        using var call = new Grpc.Health.V1.Health.HealthClient(server.Channel()).Watch(new HealthCheckRequest { Service = "intake" });
        Assert.Equal(ServingStatus.Serving, await Next());
        await PublishAsync(HealthStatus.Healthy);
        await PublishAsync(HealthStatus.Unhealthy);
        Assert.Equal(ServingStatus.NotServing, await Next());
        await PublishAsync(HealthStatus.Unhealthy);
        await PublishAsync(HealthStatus.Healthy);
        Assert.Equal(ServingStatus.Serving, await Next());

        async Task<ServingStatus> Next()
        {
            Assert.True(await call.ResponseStream.MoveNext().Soon());
            return call.ResponseStream.Current.Status;
        }

        Task PublishAsync(HealthStatus status) => board.PublishAsync(
            new HealthReport(new Dictionary<string, HealthReportEntry> { ["disk"] = new(status, null, TimeSpan.Zero, null, null) }, TimeSpan.Zero),
            CancellationToken.None);
    }

    [Fact]
    public async Task Watch_UnknownService_IsToldAndKeptOpen()
    {
        await using var server = await StartAsync(() => HealthStatus.Healthy);
        using var call = new Grpc.Health.V1.Health.HealthClient(server.Channel()).Watch(new HealthCheckRequest { Service = "nothing" });
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        Assert.Equal(ServingStatus.ServiceUnknown, call.ResponseStream.Current.Status);
        var next = call.ResponseStream.MoveNext();
        Assert.NotSame(next, await Task.WhenAny(next, Task.Delay(200)));
    }

    [Fact]
    public async Task Watch_ServerStops_EndsInsteadOfHoldingTheShutdown()
    {
        var server = await StartAsync(() => HealthStatus.Healthy);
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(server.Address);
        using var call = new Grpc.Health.V1.Health.HealthClient(channel).Watch(new HealthCheckRequest());
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        var stopping = server.DisposeAsync().AsTask();
        Assert.True(await call.ResponseStream.MoveNext().Soon());
        Assert.Equal(ServingStatus.NotServing, call.ResponseStream.Current.Status);
        Assert.False(await call.ResponseStream.MoveNext().Soon());
        await stopping.Soon();
    }

    private static async Task<ServingStatus> CheckAsync(Grpc.Health.V1.Health.HealthClient client, string service) =>
        (await client.CheckAsync(new HealthCheckRequest { Service = service }).ResponseAsync.Soon()).Status;

    private static Task<TestServer> StartAsync(Func<HealthStatus> disk) => TestServer.StartAsync(
        services: s => s
            .AddGrpcHealthChecks(o =>
            {
                o.Services.Map("intake", c => c.Tags.Contains("storage"));
                o.Services.Map("query", c => c.Name == "other");
            })
            .AddCheck("disk", () => new HealthCheckResult(disk()), ["storage"])
            .AddCheck("other", () => HealthCheckResult.Healthy()),
        map: app => app.MapGrpcHealthChecksService());
}
