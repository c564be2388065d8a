using System.Diagnostics;
using System.Text.Json;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using EvaluationPlan = SiOutcomeLab.Domain.Plans.EvaluationPlan;
using Intervention = SiOutcomeLab.Domain.Plans.Intervention;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>A hub on free loopback ports and an empty folder, with clients and the data set of the NSW programme.</summary>
internal sealed class TestHub : IAsyncDisposable
{
    public const string NswOrganisation = "9901";

    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(120);

    private readonly GrpcChannel _channel;

    private TestHub(RunningHub hub, string folder, LogSink log)
    {
        Running = hub;
        Folder = folder;
        Log = log;
        _channel = GrpcChannel.ForAddress(hub.GrpcAddress);
        Intake = new IntakeService.IntakeServiceClient(_channel);
        Plans = new PlanService.PlanServiceClient(_channel);
        Runs = new EvaluationService.EvaluationServiceClient(_channel);
        Effects = new EffectService.EffectServiceClient(_channel);
    }

    public RunningHub Running { get; }

    public string Folder { get; }

    public LogSink Log { get; }

    public GrpcChannel Channel => _channel;

    public IntakeService.IntakeServiceClient Intake { get; }

    public PlanService.PlanServiceClient Plans { get; }

    public EvaluationService.EvaluationServiceClient Runs { get; }

    public EffectService.EffectServiceClient Effects { get; }

    public static string NswFile(string name) => Path.Combine(AppContext.BaseDirectory, "datasets", "nsw", name);

    public static async Task<TestHub> StartAsync(Func<DataPolicy, DisclosurePolicy>? policyOf = null, string? folder = null)
    {
        folder ??= Path.Combine(Path.GetTempPath(), "silab-test-" + Guid.NewGuid().ToString("N"));
        var log = new LogSink();
        var options = new HubOptions { DataFolder = folder, DueInterval = TimeSpan.FromMilliseconds(200) };
        var hub = await HubApplication.StartAsync(
            options, TimeProvider.System, logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Debug), policyOf ?? Policies.For, Cancel.Token);
        return new TestHub(hub, folder, log);
    }

    public async Task<Metadata> HeadersAsync(string organisation, params Role[] roles)
    {
        var caller = new Caller(new OrganisationId(organisation), "test", roles.ToHashSet());
        return new Metadata { { "authorization", "Bearer " + await Running.GrantAsync(caller, TimeSpan.FromHours(1), Cancel.Token) } };
    }

    public static IReadOnlyList<Intervention> NswInterventions() =>
        JsonSerializer.Deserialize<List<Intervention>>(File.ReadAllBytes(NswFile("interventions.json")), DomainJson.Options)!;

    public static IReadOnlyList<EvaluationPlan> NswPlans() =>
        JsonSerializer.Deserialize<List<EvaluationPlan>>(File.ReadAllBytes(NswFile("plans.json")), DomainJson.Options)!;

    /// <summary>Registers the intervention, pushes the data and registers the plans.</summary>
    public async Task LoadNswAsync(Metadata headers)
    {
        foreach (var intervention in NswInterventions())
        {
            await Plans.RegisterInterventionAsync(new RegisterInterventionRequest { Intervention = InterventionMapping.ToWire(intervention) }, headers);
        }

        var pushed = await PushAsync(headers, NswFile("manifest.json"), NswFile("observations.parquet"), NswFile("participations.parquet"));
        Assert.NotNull(pushed.Accepted);
        foreach (var plan in NswPlans()) await Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = PlanMapping.ToWire(plan) }, headers);
    }

    public Task<PushAnswer> PushAsync(Metadata headers, string manifest, string observations, string? participations) => PushAsync(
        headers, File.ReadAllBytes(manifest), File.ReadAllBytes(observations), participations is null ? null : File.ReadAllBytes(participations));

    /// <summary>The whole way of a submission: opened, sent, finalised.</summary>
    public async Task<PushAnswer> PushAsync(Metadata headers, byte[] manifest, byte[] observations, byte[]? participations, int chunk = 64 * 1024)
    {
        var created = await Intake.CreateUploadAsync(
            new CreateUploadRequest { Manifest = ByteString.CopyFrom(manifest) }, headers, Deadline.In(Timeout));
        if (created.Accepted is not null) return new PushAnswer(created.Accepted, null, WasThere: true);
        if (created.Refused is not null) return new PushAnswer(null, created.Refused, WasThere: false);
        await SendAsync(headers, created.Upload.Name, SubmissionFile.Observations, observations, 0, chunk);
        if (participations is not null) await SendAsync(headers, created.Upload.Name, SubmissionFile.Participations, participations, 0, chunk);
        var answer = await FinaliseAsync(headers, created.Upload.Name);
        return new PushAnswer(answer.Accepted, answer.Refused, WasThere: false);
    }

    public async Task<FinaliseUploadResponse> FinaliseAsync(Metadata headers, string upload) =>
        await Intake.FinaliseUploadAsync(new FinaliseUploadRequest { Name = upload }, headers, Deadline.In(Timeout));

    /// <summary>Sends a file, or what is given of it, from an offset; gives the durable bytes.</summary>
    public async Task<long> SendAsync(Metadata headers, string upload, SubmissionFile file, byte[] bytes, long offset, int chunk = 64 * 1024)
    {
        using var call = Intake.UploadFile(headers, Deadline.In(Timeout));
        try
        {
            await call.RequestStream.WriteAsync(Uploading.Start(upload, file, offset));
            for (var at = 0; at < bytes.Length; at += chunk)
            {
                await call.RequestStream.WriteAsync(Uploading.Chunk(bytes.AsMemory(at, Math.Min(chunk, bytes.Length - at)), offset + at));
            }

            await call.RequestStream.CompleteAsync();
        }
        catch (RpcException)
        {
            // The hub may answer before everything is sent; the answer is what counts.
        }

        return (await call.ResponseAsync).DurableBytes;
    }

    /// <summary>Waits until so many current effects of a plan can be read.</summary>
    public async Task<IReadOnlyList<Effect>> WaitForEffectsAsync(string plan, Metadata headers, int version = 1)
    {
        var waited = Stopwatch.StartNew();
        while (waited.Elapsed < Timeout)
        {
            var page = await Effects.ListEffectsAsync(new ListEffectsRequest { Filter = new EffectFilter { Plan = plan } }, headers);
            if (page.Effects.Any(e => e.PlanVersion >= version)) return page.Effects;
            await Task.Delay(100);
        }

        throw new TimeoutException($"No effect of plan {plan}, version {version}, appeared. The hub logged: {string.Join(Environment.NewLine, Log.Lines.TakeLast(20))}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
        File.Delete(Folder + ".key");
    }

    /// <summary>Stops the hub and leaves its folder.</summary>
    public async Task StopAsync()
    {
        _channel.Dispose();
        await Running.DisposeAsync();
    }
}

/// <summary>The token that ends every await of a test.</summary>
internal static class Cancel
{
    public static CancellationToken Token => TestContext.Current.CancellationToken;
}
