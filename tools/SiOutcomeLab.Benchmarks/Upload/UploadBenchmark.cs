using System.Net;
using System.Text;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using SiOutcomeLab.Benchmarks.Rpc;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Rpc.AspNetCore;

namespace SiOutcomeLab.Benchmarks.Upload;

/// <summary>
/// <c>upload</c>: a file into a hub (checksums, encryption, hash, flushes to the disk) beside the same chunks into services that take them
/// and do less, in one run, the three taking turns.
/// </summary>
internal static class UploadBenchmark
{
    private const double Gate = 0.7;

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var (megabytes, rounds) = (arguments.Number("megabytes", 128), arguments.Number("rounds", 7));
        var scratch = Directory.CreateTempSubdirectory("silab-upload-");
        try
        {
            var options = new HubOptions { DataFolder = Path.Combine(scratch.FullName, "hub"), KeyFile = Path.Combine(scratch.FullName, "hub.key") };
            await using var hub = await HubApplication.StartAsync(options, TimeProvider.System, logging: null, cancellationToken);
            var sender = new Caller(new OrganisationId("9901"), "benchmark", new HashSet<Role> { Role.Submitter });
            var token = await hub.GrantAsync(sender, TimeSpan.FromHours(1), cancellationToken);
            await using var echo = await ServeAsync<EchoService>(null, cancellationToken);
            await using var spool = await ServeAsync<PlainSpoolService>(new PlainSpoolService(scratch.FullName), cancellationToken);
            using var toHub = GrpcChannel.ForAddress(hub.GrpcAddress);
            using var toEcho = GrpcChannel.ForAddress(echo.Urls.Single());
            using var toSpool = GrpcChannel.ForAddress(spool.Urls.Single());
            var file = new byte[megabytes * 1_000_000];
            new Random(20261122).NextBytes(file);
            "PAR1"u8.CopyTo(file);
            var before = Machine.Read();
            var rows = new List<UploadRow>();
            foreach (var chunk in new[] { 64, 256, 1024 })
            {
                var load = new UploadLoad(file, chunk * 1024);
                var row = new UploadRow(chunk);
                for (var round = -1; round < rounds; round++)
                {
                    var times = new UploadRound(
                        await UploadTime.OfAsync(() => load.ToHubAsync(toHub, token, cancellationToken)),
                        await UploadTime.OfAsync(() => load.ToServiceAsync(toSpool, cancellationToken)),
                        await UploadTime.OfAsync(() => load.ToServiceAsync(toEcho, cancellationToken)));
                    // The first round only warms up.
                    if (round >= 0) row.Rounds.Add(times);
                }

                rows.Add(row);
                Console.WriteLine(row.Line());
            }

            var costs = UploadCosts.Measure(scratch.FullName);
            var path = await ResultFiles.WriteAsync(
                arguments.Text("out", ResultFiles.Folder()),
                "upload",
                Markdown(before, Machine.Read(), megabytes, rounds, rows, costs),
                new { machine = before, megabytes, rows, costs },
                TimeProvider.System,
                cancellationToken);
            Console.WriteLine($"{path}.md");
            return 0;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<WebApplication> ServeAsync<T>(T? instance, CancellationToken cancellationToken)
        where T : class
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.UseTunedHttp2Limits();
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc();
        if (instance is not null) builder.Services.AddSingleton(instance);
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<T>();
        await app.StartAsync(cancellationToken);
        return app;
    }

    private static string Markdown(Machine before, Machine after, int megabytes, int rounds, IReadOnlyList<UploadRow> rows, UploadCosts costs)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"""
            # A file into a hub beside plain chunk streaming

            {after.Processor}, {after.Cores} cores, {after.MemoryGigabytes} GB; {after.System}; {after.Runtime}; load average {before.Load} at the start,
            {after.Load} at the end. {megabytes} MB, medians of {rounds} rounds, the three in turns; sender and all servers in one process on loopback.

            **hub** = the upload call: CRC-32C taken and checked, AES-256-GCM, SHA-256, fsync every 8 MiB and at the end, lease re-checked.
            **plain** = the way before: each chunk into a plain file, SHA-256, no flush. **echo** = chunks taken and dropped.

            | chunk KiB | | hub | plain | echo | hub over plain | hub over echo |
            |---|---|---|---|---|---|---|
            """);
        foreach (var row in rows)
        {
            var mb = megabytes * 1.0;
            text.AppendLine(
                $"| {row.ChunkKib} | MB/s | {mb / row.Median(r => r.Hub.Seconds):F0} | {mb / row.Median(r => r.Plain.Seconds):F0} "
                + $"| {mb / row.Median(r => r.Echo.Seconds):F0} | {row.Median(r => r.Plain.Seconds / r.Hub.Seconds):F2} | {row.Median(r => r.Echo.Seconds / r.Hub.Seconds):F2} |");
            text.AppendLine(
                $"| {row.ChunkKib} | CPU ms per 100 MB, both ends | {row.Median(r => r.Hub.Cpu) * 1e5 / mb:F0} | {row.Median(r => r.Plain.Cpu) * 1e5 / mb:F0} "
                + $"| {row.Median(r => r.Echo.Cpu) * 1e5 / mb:F0} | {row.Median(r => r.Plain.Cpu / r.Hub.Cpu):F2} | {row.Median(r => r.Echo.Cpu / r.Hub.Cpu):F2} |");
        }

        text.AppendLine().AppendLine(
            $"By itself, per 100 MB on one core: CRC-32C {costs.Crc:F0} ms (twice: sender and hub), AES-256-GCM {costs.Cipher:F0} ms, SHA-256 {costs.Hash:F0} ms; "
            + $"write and fsync by 8 MiB {costs.Flush:F0} ms of the disk's time.");
        text.AppendLine().AppendLine("## Gate");
        foreach (var row in rows)
        {
            var (ratio, cpu) = (row.Median(r => r.Plain.Seconds / r.Hub.Seconds), row.Median(r => r.Plain.Cpu / r.Hub.Cpu));
            text.AppendLine($"- chunks of {row.ChunkKib} KiB: hub over plain {ratio:F2} (by CPU {cpu:F2}), gate {Gate:F1}: {(ratio >= Gate ? "met" : "NOT met")}");
        }

        return text.ToString();
    }
}
