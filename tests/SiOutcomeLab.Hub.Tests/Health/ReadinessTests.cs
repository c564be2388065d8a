using System.Net;
using Grpc.Health.V1;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Hub.Health;
using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace SiOutcomeLab.Hub.Tests.Health;

/// <summary>What keeps a hub running asks whether it lives, and what sends it traffic whether it is ready.</summary>
public sealed class ReadinessTests : IDisposable
{
    private static readonly HttpClient Http = new() { Timeout = TestHub.Timeout };
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("silab-ready-");

    private string Data => Path.Combine(_root.FullName, "data");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Ready_HubInOrder_SaysSoEverywhere()
    {
        await using var hub = await StartAsync(new HealthOptions());

        Assert.Equal((HttpStatusCode.OK, "alive\n"), await AskAsync(hub, HealthDoor.Live));
        Assert.Equal((HttpStatusCode.OK, "ready\n"), await AskAsync(hub, HealthDoor.Ready));
        Assert.Equal(ServingStatus.Serving, await GrpcAsync(hub));
    }

    [Fact]
    public async Task Ready_DiskWithLessRoomThanWanted_SaysNoAndLives()
    {
        await using var hub = await StartAsync(new HealthOptions { MinimumFreeBytes = long.MaxValue });

        Assert.Equal((HttpStatusCode.OK, "alive\n"), await AskAsync(hub, HealthDoor.Live));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: disk\n"), await AskAsync(hub, HealthDoor.Ready));
        Assert.Equal(ServingStatus.NotServing, await GrpcAsync(hub));
    }

    [Fact]
    public async Task Ready_CatalogueLost_SaysNoAndNamesNothingOfItsContent()
    {
        await using var hub = await StartAsync(new HealthOptions { CatalogueTimeout = TimeSpan.FromMilliseconds(300) });
        await using (var vandal = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(Data, "catalogue.db"), Pooling = false }.ToString()))
        {
            await vandal.OpenAsync(Cancel.Token);
            await using var command = vandal.CreateCommand();
            command.CommandText = "ALTER TABLE access_token RENAME TO lost";
            await command.ExecuteNonQueryAsync(Cancel.Token);
        }

        // The answer of a moment ago counts for a second.
        await Task.Delay(1100, Cancel.Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "not ready: catalogue\n"), await AskAsync(hub, HealthDoor.Ready));
    }

    private Task<RunningHub> StartAsync(HealthOptions health) => HubApplication.StartAsync(
        new HubOptions { DataFolder = Data, Health = health }, TimeProvider.System, l => l.SetMinimumLevel(LogLevel.None), Cancel.Token);

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(RunningHub hub, string path)
    {
        using var response = await Http.GetAsync(new Uri(hub.JsonAddress, path), Cancel.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel.Token));
    }

    private static async Task<ServingStatus> GrpcAsync(RunningHub hub)
    {
        using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(hub.GrpcAddress);
        var client = new Grpc.Health.V1.Health.HealthClient(channel);
        return (await client.CheckAsync(new HealthCheckRequest(), deadline: Deadline.In(TestHub.Timeout), cancellationToken: Cancel.Token)).Status;
    }
}
