using System.Net;
using System.Net.Security;
using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Hub.Errors;
using SiOutcomeLab.Hub.Features.Audit;
using SiOutcomeLab.Hub.Features.Benchmarks;
using SiOutcomeLab.Hub.Features.Costs;
using SiOutcomeLab.Hub.Features.Custody;
using SiOutcomeLab.Hub.Features.Effects;
using SiOutcomeLab.Hub.Features.Explaining;
using SiOutcomeLab.Hub.Features.Identity;
using SiOutcomeLab.Hub.Features.Intake;
using SiOutcomeLab.Hub.Features.Plans;
using SiOutcomeLab.Hub.Features.Runs;
using SiOutcomeLab.Hub.Health;
using SiOutcomeLab.Hub.Identity;
using SiOutcomeLab.Hub.Json;
using SiOutcomeLab.Hub.Operation;
using SiOutcomeLab.Hub.Telemetry;
using SiOutcomeLab.Hub.Web;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Feasibility;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Rpc.AspNetCore;
using SiOutcomeLab.Storage;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Hub;

/// <summary>Puts a hub together and starts it. Without TLS it listens on loopback and nowhere else.</summary>
public static class HubApplication
{
    /// <summary>Starts a hub.</summary>
    /// <param name="options">Its options.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logging">How it logs; null for warnings on standard error.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="HubOptionsException">The options cannot be had.</exception>
    /// <exception cref="DataFolderInUseException">Another hub holds the data folder.</exception>
    public static Task<RunningHub> StartAsync(
        HubOptions options, TimeProvider time, Action<ILoggingBuilder>? logging, CancellationToken cancellationToken) =>
        StartAsync(options, time, logging, Policies.For, cancellationToken);

    /// <summary>As above, with the disclosure policies given: a test puts a canary in their place.</summary>
    internal static async Task<RunningHub> StartAsync(
        HubOptions options, TimeProvider time, Action<ILoggingBuilder>? logging, Func<DataPolicy, DisclosurePolicy> policyOf, CancellationToken cancellationToken)
    {
        var breaches = options.Breaches().ToArray();
        if (breaches.Length > 0) throw new HubOptionsException(breaches);
        var folder = DataFolder.Open(options.DataFolder);
        HubStores? stores = null;
        HubTelemetry? telemetry = null;
        WebApplication? started = null;
        try
        {
            telemetry = HubTelemetry.Start(options.Telemetry, CodeVersion());
            stores = await HubStores.OpenAsync(options, folder, time, cancellationToken);
            var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ApplicationName = "SiOutcomeLab.Hub" });
            Listen(builder, options);
            Log(builder, logging);
            AddStores(builder.Services, options, folder, stores, time);
            AddPipelines(builder.Services, options, folder, stores, policyOf);
            builder.Services.AddIdentity(options);
            AddCalls(builder.Services, options);
            var app = started = builder.Build();
            MapCalls(app, options);
            await app.StartAsync(cancellationToken);
            app.Services.GetRequiredService<StartState>().Started();
            var (grpc, json) = Addresses(app);
            var (held, sender) = (stores, telemetry);
            return new RunningHub(app, grpc, json, stores.Catalogue, time, async () =>
            {
                sender?.Dispose();
                await held.DisposeAsync();
                folder.Dispose();
            });
        }
        catch
        {
            // What has begun in the background ends before what it works on is let go.
            if (started is not null) await started.DisposeAsync();
            telemetry?.Dispose();
            if (stores is not null) await stores.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    private static void Listen(WebApplicationBuilder builder, HubOptions options) => builder.WebHost.ConfigureKestrel(kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.UseTunedHttp2Limits();
        var certificate = kestrel.ApplicationServices.GetService<ServerCertificate>();
        // Without TLS, Kestrel speaks HTTP/2 only where it speaks nothing else: hence two addresses.
        Listen(kestrel, options.GrpcPort, HttpProtocols.Http2, SslApplicationProtocol.Http2);
        if (certificate is null) Listen(kestrel, options.JsonPort, HttpProtocols.Http1);
        else Listen(kestrel, options.JsonPort, HttpProtocols.Http1AndHttp2, SslApplicationProtocol.Http2, SslApplicationProtocol.Http11);

        void Listen(KestrelServerOptions server, int port, HttpProtocols protocols, params SslApplicationProtocol[] inTls) =>
            server.Listen(IPAddress.Parse(options.ListenAddress), port, listen =>
            {
                listen.Protocols = protocols;
                if (certificate is not null) listen.UseHttps(certificate.Handshake(inTls));
            });
    });

    private static void Log(WebApplicationBuilder builder, Action<ILoggingBuilder>? logging)
    {
        builder.Logging.ClearProviders();
        if (logging is not null)
        {
            logging(builder.Logging);
            return;
        }

        builder.Logging.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(o => o.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private static void AddStores(IServiceCollection services, HubOptions options, DataFolder folder, HubStores stores, TimeProvider time)
    {
        var catalogue = stores.Catalogue;
        services.AddSingleton(stores.Keys);
        services.AddSingleton(options);
        services.AddSingleton(_ => new HubMeter(folder.Path));
        services.Replace(ServiceDescriptor.Singleton(time));
        services.AddSingleton(catalogue);
        services.AddSingleton(catalogue.Submissions);
        services.TryAddSingleton(catalogue.Uploads);
        services.TryAddSingleton(catalogue.Projects);
        services.AddSingleton(catalogue.Plans);
        services.AddSingleton(catalogue.Runs);
        services.AddSingleton(catalogue.Releases);
        services.AddSingleton<IBenchmarkReleases>(catalogue.Benchmarks);
        services.AddSingleton<ICostReleases>(catalogue.Costs);
        services.AddSingleton(catalogue.Tokens);
        services.AddSingleton(catalogue.Identity);
        services.AddSingleton(catalogue.Audit);
        services.AddSingleton<ILake>(stores.Lake);
        // Twice what may be declared: a file and its copy under the hub's pseudonyms are there together for a moment.
        services.AddSingleton(new UploadSpool(PhysicalDisk.Instance, folder.SpoolPath, 2 * options.SpoolBytes, time));
    }

    private static void AddPipelines(
        IServiceCollection services, HubOptions options, DataFolder folder, HubStores stores, Func<DataPolicy, DisclosurePolicy> policyOf)
    {
        services.AddSingleton(options.Uploads.ToLimits(options.MaximumFileBytes, options.SpoolBytes));
        services.AddSingleton<IIntakeAnswers, IntakeAnswers>();
        var scratch = ScratchOf(folder);
        services.AddSingleton(s => new IntakePipeline(
            s.GetRequiredService<ICatalogue>(),
            s.GetRequiredService<LakeGate>(),
            s.GetRequiredService<KeptSecrets>(),
            s.GetRequiredService<IIntakeAnswers>(),
            s.GetRequiredService<TimeProvider>()) { Scratch = scratch });
        services.AddSingleton<UploadDesk>();
        services.AddSingleton<FinaliseDesk>();
        services.AddSingleton<FileReception>();
        services.AddHostedService<UploadKeeping>();
        services.TryAddSingleton<KeptSecrets>();
        services.AddSingleton<LakeGate>();
        services.AddSingleton<PersonErasure>();
        services.AddSingleton<OwnDataReturn>();
        services.AddSingleton<RetentionSweep>();
        services.AddHostedService<CustodySweeper>();
        services.AddSingleton<PlanRegistration>();
        services.AddSingleton<BenchmarkQuestion>();
        services.AddSingleton<CostQuestion>();
        services.AddSingleton<UnitCostList>();
        services.AddSingleton<PlanDrafts>();
        services.AddSingleton(new FollowUpCache(options.Evaluation.MemoryBytes, options.Evaluation.ReadThreads));
        services.AddSingleton(s => new RunExecutor(
            s.GetRequiredService<ICatalogue>(),
            s.GetRequiredService<ILake>(),
            s.GetRequiredService<FollowUpCache>(),
            policyOf,
            CodeVersion(),
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<RunExecutor>>()));
        services.AddSingleton(s => new Reproduction(
            s.GetRequiredService<ICatalogue>(), s.GetRequiredService<ILake>(), s.GetRequiredService<FollowUpCache>(), CodeVersion()));
        services.AddSingleton<ReproductionTurn>();
        services.AddSingleton<EffectAnswers>();
        services.AddSingleton<EffectExplanations>();
        services.AddSingleton(options.Costing.ToTerms());
        services.AddSingleton(s => new RunCosting(
            s.GetRequiredService<ICatalogue>(),
            s.GetRequiredService<ILake>(),
            s.GetRequiredService<FollowUpCache>(),
            s.GetRequiredService<CostingTerms>(),
            policyOf,
            s.GetRequiredService<TimeProvider>(),
            s.GetRequiredService<ILogger<RunCosting>>()));
        services.AddSingleton(s => new CostPooling(
            s.GetRequiredService<ICatalogue>(),
            s.GetRequiredService<ILake>(),
            s.GetRequiredService<FollowUpCache>(),
            s.GetRequiredService<CostingTerms>(),
            policyOf,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new ChangeDecomposition(
            s.GetRequiredService<ICatalogue>(), s.GetRequiredService<ILake>(), s.GetRequiredService<FollowUpCache>(), policyOf));
        services.AddSingleton(s => new KronorChanges(
            s.GetRequiredService<ICatalogue>().Costs, s.GetRequiredService<CostingTerms>(), policyOf));
        services.AddSingleton(s => new FeasibilityAssessment(
            s.GetRequiredService<ICatalogue>(),
            s.GetRequiredService<ILake>(),
            s.GetRequiredService<FollowUpCache>(),
            policyOf,
            s.GetRequiredService<TimeProvider>()));
        services.AddSingleton(s => new BenchmarkPipeline(
            s.GetRequiredService<ICatalogue>(),
            s.GetRequiredService<ILake>(),
            s.GetRequiredService<FollowUpCache>(),
            policyOf,
            CodeVersion(),
            s.GetRequiredService<TimeProvider>()));
        services.AddEvaluationScheduler(
            stores.Scheduler, options.DueInterval, options.Evaluation.ConcurrentRuns, options.Evaluation.Night()!.Value);
    }

    /// <summary>A folder for checks' scratch files, on the data folder's disk; what a killed process left in it is removed.</summary>
    private static string ScratchOf(DataFolder folder)
    {
        var scratch = Directory.CreateDirectory(Path.Combine(folder.Path, "scratch")).FullName;
        foreach (var left in Directory.EnumerateFiles(scratch, CheckScratch.FilePrefix + "*")) File.Delete(left);
        return scratch;
    }

    private static void AddCalls(IServiceCollection services, HubOptions options)
    {
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<TelemetryInterceptor>();
            grpc.Interceptors.Add<AuditInterceptor>();
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<IdleLimitInterceptor>();
        });
        services.AddReadiness();
        services.AddPages();
        if (options.ReflectionIsOn) services.AddGrpcReflection();
    }

    private static void MapCalls(WebApplication app, HubOptions options)
    {
        app.UsePageForNothing();
        app.UseMiddleware<AdmissionMiddleware>();
        app.UseMiddleware<ConnectUnary>();
        app.MapGrpcService<IntakeServiceImpl>();
        app.MapGrpcService<CustodyServiceImpl>();
        app.MapGrpcService<PlanServiceImpl>();
        app.MapGrpcService<EvaluationServiceImpl>();
        app.MapGrpcService<EffectServiceImpl>();
        app.MapGrpcService<ExplanationServiceImpl>();
        app.MapGrpcService<BenchmarkServiceImpl>();
        app.MapGrpcService<CostServiceImpl>();
        app.MapGrpcService<IdentityServiceImpl>();
        app.MapGrpcService<AuditServiceImpl>();
        app.MapGrpcHealthChecksService();
        app.MapReadiness();
        app.MapPages();
        if (options.ReflectionIsOn) app.MapGrpcReflectionService();
    }

    private static (Uri Grpc, Uri Json) Addresses(WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(a => new Uri(a)).ToArray();
        return (addresses[0], addresses[1]);
    }

    private static string CodeVersion() =>
        typeof(HubApplication).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
