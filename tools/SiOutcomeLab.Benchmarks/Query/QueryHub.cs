using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using EvaluationPlan = SiOutcomeLab.Domain.Plans.EvaluationPlan;
using Intervention = SiOutcomeLab.Domain.Plans.Intervention;

namespace SiOutcomeLab.Benchmarks.Query;

/// <summary>The hub that is asked, in a process of its own: the teaching data under as many plans as wished, all evaluated.</summary>
internal static class QueryHub
{
    private const string Organisation = "9901";
    private static readonly string Nsw = Path.Combine("datasets", "nsw");

    /// <summary>The hub's process: loads itself, says where it is and what opens it, and what it has used whenever a line comes in.</summary>
    public static async Task<int> ServeAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        var folder = arguments.Text("data", "");
        var options = new HubOptions
        {
            DataFolder = Path.Combine(folder, "hub"), KeyFile = Path.Combine(folder, "hub.key"), DueInterval = TimeSpan.FromMilliseconds(300),
        };
        await using var hub = await HubApplication.StartAsync(options, TimeProvider.System, logging: null, cancellationToken);
        var caller = new Caller(new OrganisationId(Organisation), "benchmark", new HashSet<Role> { Role.Submitter, Role.Analyst });
        var token = await hub.GrantAsync(caller, TimeSpan.FromHours(2), cancellationToken);
        using (var channel = GrpcChannel.ForAddress(hub.GrpcAddress))
        {
            var headers = new Metadata { { "authorization", "Bearer " + token } };
            await SendAsync(channel, headers, cancellationToken);
            var plans = arguments.Number("plans", 40);
            await RegisterAsync(channel, headers, [.. Enumerable.Range(0, plans).Select(i => $"query-{i:000}")], cancellationToken);
            var effects = new EffectService.EffectServiceClient(channel);
            while (await CountAsync(effects, headers) < plans) await Task.Delay(200, cancellationToken);
            // The same plans by each set of unit costs, and pooled.
            var costs = new CostService.CostServiceClient(channel);
            var kronor = new ListSavingsRequest { IncludeMissing = true, PageSize = 200 };
            var least = Math.Min(plans * options.Costing.UnitCostSets.Count, kronor.PageSize);
            while ((await costs.ListSavingsAsync(kronor, headers, cancellationToken: cancellationToken)).Savings.Count < least)
            {
                await Task.Delay(200, cancellationToken);
            }

            var benchmarks = new BenchmarkService.BenchmarkServiceClient(channel);
            var pooled = new ListBenchmarksRequest();
            while ((await benchmarks.ListBenchmarksAsync(pooled, headers, cancellationToken: cancellationToken)).Benchmarks.Count == 0)
            {
                await Task.Delay(200, cancellationToken);
            }
        }

        Console.WriteLine(JsonSerializer.Serialize(new QueryAddress(hub.GrpcAddress.ToString(), token)));
        while (await Console.In.ReadLineAsync(cancellationToken) is not null)
        {
            using var self = Process.GetCurrentProcess();
            Console.WriteLine(JsonSerializer.Serialize(new QueryUse(Environment.CpuUsage.TotalTime.TotalSeconds, GC.GetTotalAllocatedBytes(), self.WorkingSet64)));
        }

        return 0;
    }

    /// <summary>Registers the intervention and sends the teaching data.</summary>
    public static async Task SendAsync(GrpcChannel channel, Metadata headers, CancellationToken cancellationToken)
    {
        var register = new PlanService.PlanServiceClient(channel);
        foreach (var intervention in await ReadAsync<Intervention>("interventions.json", cancellationToken))
        {
            var request = new RegisterInterventionRequest { Intervention = InterventionMapping.ToWire(intervention) };
            await register.RegisterInterventionAsync(request, headers, cancellationToken: cancellationToken);
        }

        await PushAsync(new IntakeService.IntakeServiceClient(channel), headers, cancellationToken);
    }

    /// <summary>Registers plans that are alike but for their names, all due.</summary>
    public static async Task RegisterAsync(GrpcChannel channel, Metadata headers, IReadOnlyList<string> plans, CancellationToken cancellationToken)
    {
        var register = new PlanService.PlanServiceClient(channel);
        var shape = (await ReadAsync<EvaluationPlan>("plans.json", cancellationToken))[0];
        foreach (var id in plans)
        {
            var request = new RegisterPlanRequest { Plan = PlanMapping.ToWire(shape with { Id = id }) };
            await register.RegisterPlanAsync(request, headers, cancellationToken: cancellationToken);
        }
    }

    private static async Task<int> CountAsync(EffectService.EffectServiceClient effects, Metadata headers)
    {
        var request = new ListEffectsRequest { PageSize = 200, Filter = new EffectFilter { HeadlineOnly = true } };
        return (await effects.ListEffectsAsync(request, headers)).Effects.Count;
    }

    private static async Task PushAsync(IntakeService.IntakeServiceClient intake, Metadata headers, CancellationToken cancellationToken)
    {
        var manifest = await File.ReadAllBytesAsync(Path.Combine(Nsw, "manifest.json"), cancellationToken);
        var create = new CreateUploadRequest { Manifest = ByteString.CopyFrom(manifest) };
        var upload = (await intake.CreateUploadAsync(create, headers, cancellationToken: cancellationToken)).Upload.Name;
        foreach (var (file, name) in new[] { (SubmissionFile.Observations, "observations.parquet"), (SubmissionFile.Participations, "participations.parquet") })
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(Nsw, name), cancellationToken);
            using var call = intake.UploadFile(headers, cancellationToken: cancellationToken);
            await call.RequestStream.WriteAsync(new UploadFileRequest { Start = new UploadStart { Upload = upload, File = file } }, cancellationToken);
            for (var at = 0; at < bytes.Length; at += 65_536)
            {
                var chunk = bytes.AsMemory(at, Math.Min(65_536, bytes.Length - at));
                var part = new UploadChunk { Offset = at, Data = ByteString.CopyFrom(chunk.Span), Crc32C = Crc32C.Of(chunk.Span) };
                await call.RequestStream.WriteAsync(new UploadFileRequest { Chunk = part }, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
            await call;
        }

        var finalise = new FinaliseUploadRequest { Name = upload };
        var answer = await intake.FinaliseUploadAsync(finalise, headers, cancellationToken: cancellationToken);
        if (answer.Accepted is null) throw new InvalidDataException("The hub refused the teaching data.");
    }

    private static async Task<List<T>> ReadAsync<T>(string name, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<List<T>>(await File.ReadAllBytesAsync(Path.Combine(Nsw, name), cancellationToken), DomainJson.Options)!;
}

/// <summary>Where the hub is, and what opens it.</summary>
internal sealed record QueryAddress(string Address, string Token);

/// <summary>What the hub's process has used since it started.</summary>
internal sealed record QueryUse(double CpuSeconds, long AllocatedBytes, long WorkingSet);
