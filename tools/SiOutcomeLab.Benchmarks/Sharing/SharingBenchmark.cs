using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Npgsql;
using SiOutcomeLab.Benchmarks.Query;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Operation;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Benchmarks.Sharing;

/// <summary><c>sharing</c>: how many runs a second one, two and three hub processes make of the same plans, on one PostgreSQL catalogue and lake.</summary>
internal static class SharingBenchmark
{
    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Text("serve", "") is { Length: > 0 } name) return await ServeAsync(arguments.Text("data", ""), name, cancellationToken);
        var server = arguments.Text("postgres", "");
        if (server.Length == 0)
        {
            Console.Error.WriteLine("sharing needs --postgres with the connection text of a database in which schemas may be made.");
            return Environment.GetEnvironmentVariable("SILAB_REQUIRE") == "all" ? 1 : 0;
        }

        var plans = arguments.Number("plans", 120);
        var before = Machine.Read();
        var rows = new List<SharingRow>();
        foreach (var processes in new[] { 1, 2, 3 })
        {
            var row = await MeasureAsync(server, processes, plans, cancellationToken);
            Console.WriteLine($"{row.Processes} processes: {row.Runs} runs in {row.Seconds:F1} s, {row.Runs / row.Seconds:F1} runs/s");
            rows.Add(row);
        }

        var text = new StringBuilder();
        var after = Machine.Read();
        text.AppendLine(
            $"""
            # Hub processes that share a catalogue

            {after.Processor}, {after.Cores} cores, {after.MemoryGigabytes} GB; {after.System}; {after.Runtime}; load average {before.Load} at the start,
            {after.Load} at the end. {plans} plans over the teaching data, alike but for their names; PostgreSQL catalogue and scheduler on the same
            machine, lake in a folder. Seconds from the first run queued to the last one finished.

            | processes | runs | seconds | runs/s | over one |
            |---|---|---|---|---|
            """);
        foreach (var row in rows)
        {
            var one = rows[0].Runs / rows[0].Seconds;
            text.AppendLine($"| {row.Processes} | {row.Runs} | {row.Seconds:F1} | {row.Runs / row.Seconds:F1} | {row.Runs / row.Seconds / one:F2} |");
        }

        var path = await ResultFiles.WriteAsync(
            arguments.Text("out", ResultFiles.Folder()), "sharing", text.ToString(), new { machine = before, plans, rows }, TimeProvider.System, cancellationToken);
        Console.WriteLine($"{path}.md");
        return 0;
    }

    private static async Task<SharingRow> MeasureAsync(string server, int processes, int plans, CancellationToken cancellationToken)
    {
        var scratch = Directory.CreateTempSubdirectory("silab-sharing-");
        var schema = $"sharing_{Environment.ProcessId}_{processes}";
        var hubs = new List<Process>();
        try
        {
            await ExecuteAsync(server, $"CREATE SCHEMA {schema}", cancellationToken);
            var text = new NpgsqlConnectionStringBuilder(server) { SearchPath = schema }.ConnectionString;
            await File.WriteAllTextAsync(Path.Combine(scratch.FullName, "connection"), text, cancellationToken);
            await HubKeys.MakeAsync(Options(scratch.FullName, "hub-1"), TimeProvider.System, cancellationToken);
            var (first, address) = await StartAsync(scratch.FullName, "hub-1", cancellationToken);
            hubs.Add(first);
            using var channel = GrpcChannel.ForAddress(address.Address);
            var headers = new Metadata { { "authorization", "Bearer " + address.Token } };
            await QueryHub.SendAsync(channel, headers, cancellationToken);

            // One run before anything is measured: the follow-up is read, the code compiled.
            await QueryHub.RegisterAsync(channel, headers, ["sharing-warm"], cancellationToken);
            await DoneAsync(channel, headers, 1, cancellationToken);
            for (var i = 2; i <= processes; i++) hubs.Add((await StartAsync(scratch.FullName, $"hub-{i}", cancellationToken)).Process);
            await QueryHub.RegisterAsync(channel, headers, [.. Enumerable.Range(0, plans).Select(i => $"sharing-{i:000}")], cancellationToken);
            var runs = (await DoneAsync(channel, headers, plans + 1, cancellationToken)).Where(r => r.Plan != "sharing-warm").ToArray();
            var seconds = (runs.Max(r => r.FinishedAt.ToDateTimeOffset()) - runs.Min(r => r.QueuedAt.ToDateTimeOffset())).TotalSeconds;
            return new SharingRow(processes, runs.Length, seconds);
        }
        finally
        {
            foreach (var hub in hubs) hub.StandardInput.Close();
            foreach (var hub in hubs)
            {
                if (!hub.WaitForExit(30_000)) hub.Kill(entireProcessTree: true);
                hub.Dispose();
            }

            await ExecuteAsync(server, $"DROP SCHEMA IF EXISTS {schema} CASCADE", CancellationToken.None);
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<Run>> DoneAsync(GrpcChannel channel, Metadata headers, int wanted, CancellationToken cancellationToken)
    {
        var client = new EvaluationService.EvaluationServiceClient(channel);
        while (true)
        {
            var page = await client.ListRunsAsync(new ListRunsRequest { PageSize = 200 }, headers, cancellationToken: cancellationToken);
            if (page.Runs.Count(r => r.State == RunState.Succeeded) >= wanted) return page.Runs;
            await Task.Delay(100, cancellationToken);
        }
    }

    private static HubOptions Options(string folder, string name) => new()
    {
        DataFolder = Path.Combine(folder, name),
        KeyFile = Path.Combine(folder, "hub.key"),
        DueInterval = TimeSpan.FromMilliseconds(300),
        Catalogue = new CatalogueOptions
        {
            Kind = CatalogueKind.Postgres, ConnectionFile = Path.Combine(folder, "connection"), CheckIn = TimeSpan.FromSeconds(1),
        },
        Lake = new LakeOptions { Folder = Path.Combine(folder, "lake") },
    };

    private static async Task<int> ServeAsync(string folder, string name, CancellationToken cancellationToken)
    {
        await using var hub = await HubApplication.StartAsync(Options(folder, name), TimeProvider.System, logging: null, cancellationToken);
        var caller = new Caller(new OrganisationId("9901"), "benchmark", new HashSet<Role> { Role.Submitter, Role.Analyst });
        var token = await hub.GrantAsync(caller, TimeSpan.FromHours(2), cancellationToken);
        Console.WriteLine(JsonSerializer.Serialize(new QueryAddress(hub.GrpcAddress.ToString(), token)));
        await Console.In.ReadToEndAsync(cancellationToken);
        return 0;
    }

    private static async Task<(Process Process, QueryAddress Address)> StartAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var process = SelfProcess.Start("sharing", "--serve", name, "--data", folder);
        return (process, JsonSerializer.Deserialize<QueryAddress>((await process.StandardOutput.ReadLineAsync(cancellationToken))!)!);
    }

    private static async Task ExecuteAsync(string server, string sql, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>What so many processes came to.</summary>
internal sealed record SharingRow(int Processes, int Runs, double Seconds);
