using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Benchmarks.Query;

/// <summary><c>query</c>: reads of a hub over many connections beside an empty call on the same hub, in turns.</summary>
internal static class QueryBenchmark
{
    private const double Gate = 0.5;
    private const string Effects = "sioutcomelab.effects.v1.EffectService";
    private const string Plans = "sioutcomelab.plans.v1.PlanService";
    private const string Benchmarks = "sioutcomelab.benchmarks.v1.BenchmarkService";
    private const string Costs = "sioutcomelab.costs.v1.CostService";

    public static async Task<int> RunAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        if (arguments.Text("serve", "no") == "yes") return await QueryHub.ServeAsync(arguments, cancellationToken);
        var (connections, rounds) = (arguments.Number("connections", 32), arguments.Number("rounds", 5));
        var time = TimeSpan.FromMilliseconds(arguments.Number("milliseconds", 2000));
        var scratch = Directory.CreateTempSubdirectory("silab-query-");
        using var process = SelfProcess.Start("query", "--serve", "yes", "--data", scratch.FullName, "--plans", $"{arguments.Number("plans", 40)}");
        try
        {
            var address = JsonSerializer.Deserialize<QueryAddress>((await process.StandardOutput.ReadLineAsync(cancellationToken))!)!;
            var before = Machine.Read();
            var rows = new List<QueryRow>();
            using var load = new QueryLoad(address.Address, connections);
            foreach (var (who, headers) in new[] { ("anonymous", new Metadata()), ("analyst", new Metadata { { "authorization", "Bearer " + address.Token } }) })
            {
                var kinds = await KindsAsync(address.Address, headers);
                var asked = kinds.Select(k => new QueryRow(who, k.Name)).ToArray();
                // The first round only warms up.
                for (var round = -1; round < rounds; round++)
                {
                    foreach (var (kind, row) in kinds.Zip(asked))
                    {
                        var used = await UseAsync(process, cancellationToken);
                        var result = await load.RunAsync(kind.Calls, headers, time, cancellationToken);
                        if (round >= 0) row.Add(result, used, await UseAsync(process, cancellationToken), time);
                        else await UseAsync(process, cancellationToken);
                    }
                }

                rows.AddRange(asked);
                foreach (var row in asked) Console.WriteLine(row.Line(asked[0]));
            }

            var path = await ResultFiles.WriteAsync(
                arguments.Text("out", ResultFiles.Folder()),
                "query",
                Markdown(before, Machine.Read(), connections, rounds, time, rows),
                new { machine = before, connections, rounds, rows },
                TimeProvider.System,
                cancellationToken);
            Console.WriteLine($"{path}.md");
            return 0;
        }
        finally
        {
            process.StandardInput.Close();
            if (!process.WaitForExit(10_000)) process.Kill(entireProcessTree: true);
            scratch.Delete(recursive: true);
        }
    }

    private static async Task<(string Name, RawCall[] Calls)[]> KindsAsync(string address, Metadata headers)
    {
        using var channel = GrpcChannel.ForAddress(address);
        var effects = new EffectService.EffectServiceClient(channel);
        var names = (await effects.ListEffectsAsync(new ListEffectsRequest { PageSize = 200 }, headers)).Effects.Select(e => (e.Name, e.Plan)).ToArray();
        var empty = RawCall.Of("grpc.health.v1.Health", "Check", new Google.Protobuf.WellKnownTypes.Empty());
        RawCall[] get = [.. names.Select(n => RawCall.Of(Effects, "GetEffect", new GetEffectRequest { Name = n.Name }))];
        RawCall[] list =
        [
            .. names.Select(n => RawCall.Of(Effects, "ListEffects", new ListEffectsRequest { PageSize = 5, Filter = new EffectFilter { Plan = n.Plan } })),
        ];
        RawCall[] plans = [.. names.Select(n => RawCall.Of(Plans, "GetPlan", new GetPlanRequest { Name = "plans/" + n.Plan }))];
        var kronor = await new CostService.CostServiceClient(channel).ListSavingsAsync(new ListSavingsRequest { IncludeMissing = true, PageSize = 200 }, headers);
        RawCall[] savings =
        [
            .. kronor.Savings.Select(s => RawCall.Of(Costs, "GetSaving", new GetSavingRequest { Name = s.Name })),
            .. names.Select(n => RawCall.Of(
                Costs, "ListSavings", new ListSavingsRequest { IncludeMissing = true, PageSize = 5, Filter = new CostFilter { Plan = n.Plan } })),
        ];
        var pooled = await new BenchmarkService.BenchmarkServiceClient(channel).ListBenchmarksAsync(new ListBenchmarksRequest(), headers);
        RawCall[] benchmarks =
        [
            .. pooled.Benchmarks.Select(b => RawCall.Of(Benchmarks, "GetBenchmark", new GetBenchmarkRequest { Name = b.Name })),
            RawCall.Of(Benchmarks, "ListBenchmarks", new ListBenchmarksRequest { PageSize = 10 }),
        ];
        var few = names.Length / 4;
        var listPlans = RawCall.Of(Plans, "ListPlans", new ListPlansRequest { PageSize = 10 });
        return
        [
            ("empty call", [empty]),
            ("get an effect, kept", get),
            ("list a plan's effects, kept", list),
            ("benchmarks", benchmarks),
            ("kronor", savings),
            ("mixed: effects, plans", [.. get, .. list, .. plans, .. Enumerable.Repeat(listPlans, few)]),
            ("mixed: with benchmarks, kronor",
                [.. get, .. list, .. plans, .. Enumerable.Repeat(listPlans, few), .. savings, .. Enumerable.Repeat(benchmarks, few).SelectMany(b => b)]),
        ];
    }

    private static async Task<QueryUse> UseAsync(Process process, CancellationToken cancellationToken)
    {
        await process.StandardInput.WriteLineAsync();
        await process.StandardInput.FlushAsync(cancellationToken);
        return JsonSerializer.Deserialize<QueryUse>((await process.StandardOutput.ReadLineAsync(cancellationToken))!)!;
    }

    private static string Markdown(Machine before, Machine after, int connections, int rounds, TimeSpan time, IReadOnlyList<QueryRow> rows)
    {
        var text = new StringBuilder();
        text.AppendLine(
            $"""
            # Reads of a hub beside an empty call

            {after.Processor}, {after.Cores} cores, {after.MemoryGigabytes} GB; {after.System}; {after.Runtime}; load average {before.Load} at the start,
            {after.Load} at the end. {connections} connections with one call under way each, medians of {rounds} rounds of {time.TotalSeconds:0.#} s, the kinds
            in turns; the hub in a process of its own on loopback, asked by one that only moves bytes. The empty call is the health check: same
            door, same credentials, same interceptors. *kept* = answered before and unchanged since; plans, benchmarks
            and kronor are read from the catalogue each time.

            | who | read | calls/s | over empty | p50 ms | p99 ms | answer bytes | hub CPU µs a call | over empty | hub allocates KB a call |
            |---|---|---|---|---|---|---|---|---|---|
            """);
        foreach (var row in rows)
        {
            var empty = rows.First(r => r.Who == row.Who);
            text.AppendLine(
                $"| {row.Who} | {row.Name} | {row.Calls:F0} | {row.Calls / empty.Calls:F2} | {row.P50:F2} | {row.P99:F2} | {row.AnswerBytes:F0} "
                + $"| {row.CpuMicroseconds:F0} | {row.CpuMicroseconds / empty.CpuMicroseconds:F2} | {row.Kilobytes:F1} |");
        }

        text.AppendLine().AppendLine("## Gate");
        foreach (var row in rows.Where(r => r.Name.EndsWith("kept", StringComparison.Ordinal)))
        {
            var ratio = row.Calls / rows.First(r => r.Who == row.Who).Calls;
            text.AppendLine($"- {row.Who}, {row.Name}: {ratio:F2} of the empty call's calls/s, gate {Gate:F1}: {(ratio >= Gate ? "met" : "NOT met")}");
        }

        return text.ToString();
    }
}
