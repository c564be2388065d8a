using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Telemetry;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Hub.Tests.Telemetry;

/// <summary>Telemetry is lost before anything waits for it.</summary>
public sealed class LostCollectorTests : IDisposable
{
    private const int Calls = 300;

    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("silab-collector-");
    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);

    public void Dispose()
    {
        _silent.Dispose();
        _root.Delete(recursive: true);
    }

    [Theory]
    [InlineData(TelemetryProtocol.Grpc, false)]
    [InlineData(TelemetryProtocol.Grpc, true)]
    [InlineData(TelemetryProtocol.Http, true)]
    public async Task Calls_CollectorDownOrSilent_AreAnsweredAndTheEndIsInTime(TelemetryProtocol protocol, bool isThereAndSilent)
    {
        // Silent: takes connections, and never answers. Down: nobody listens.
        _silent.Start();
        var port = ((IPEndPoint)_silent.LocalEndpoint).Port;
        if (!isThereAndSilent) _silent.Stop();
        var options = new HubOptions
        {
            DataFolder = Path.Combine(_root.FullName, "data"),
            Telemetry = new TelemetryOptions { Endpoint = $"http://127.0.0.1:{port}", Protocol = protocol, Interval = TimeSpan.FromSeconds(1), Timeout = TimeSpan.FromSeconds(1) },
        };

        var hub = await HubApplication.StartAsync(options, TimeProvider.System, l => l.SetMinimumLevel(LogLevel.None), Cancel.Token);
        using (var channel = Grpc.Net.Client.GrpcChannel.ForAddress(hub.GrpcAddress))
        {
            var effects = new EffectService.EffectServiceClient(channel);
            for (var i = 0; i < Calls; i++)
            {
                await effects.ListEffectsAsync(new ListEffectsRequest(), deadline: Deadline.In(TimeSpan.FromSeconds(30)), cancellationToken: Cancel.Token);
            }
        }

        var ending = Stopwatch.StartNew();
        await hub.DisposeAsync();

        // Two seconds for what is left to send; the rest is for a busy machine.
        Assert.InRange(ending.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    [Fact]
    public void Start_WithoutEndpoint_DoesNothing() => Assert.Null(HubTelemetry.Start(new TelemetryOptions(), "test"));
}
