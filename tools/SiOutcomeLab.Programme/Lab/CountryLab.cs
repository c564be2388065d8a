using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Planning;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Benchmarks;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Programme.Lab;

/// <summary>A hub's stores and pipelines in a folder, put together as a hub does, without its door and its scheduler's clockwork.</summary>
internal sealed class CountryLab : IAsyncDisposable
{
    /// <summary>A file of the folder that names the PostgreSQL database with the catalogue; where there is none, the catalogue is a file too.</summary>
    public const string ConnectionFile = "connection";

    // A spool takes no more at once.
    private const int SentAtOnce = 4 << 20;

    private readonly HubKeyRing _keys;
    private readonly UploadDesk _desk;
    private readonly FinaliseDesk _finalise;
    private readonly LakeGate _gate;
    private readonly FolderLake _lake;
    private readonly FollowUpCache _followUp;

    private CountryLab(string folder, ICatalogue catalogue, LabClock clock, long memoryBytes, int readThreads)
    {
        var keyPath = Path.Combine(folder, "hub.key");
        var data = Path.Combine(folder, "data");
        (Catalogue, Clock) = (catalogue, clock);
        _keys = File.Exists(keyPath) ? HubKeyRing.Load(keyPath, data) : HubKeyRing.Create(keyPath, data, clock);
        _lake = new FolderLake(Path.Combine(folder, "lake"), clock);
        _followUp = new FollowUpCache(memoryBytes, readThreads);
        var (limits, answers) = (new UploadLimits(), new PlainAnswers());
        var kept = new KeptSecrets(catalogue.Uploads, catalogue.Projects, _keys);
        var spool = new UploadSpool(PhysicalDisk.Instance, Path.Combine(folder, "spool"), 2 * limits.SpoolBytes, clock);
        _gate = new LakeGate(catalogue, _lake, clock);
        _desk = new UploadDesk(catalogue, spool, kept, answers, limits, clock);
        _finalise = new FinaliseDesk(catalogue, _desk, new IntakePipeline(catalogue, _gate, kept, answers, clock) { Scratch = folder }, limits);
        Executor = new RunExecutor(
            catalogue, _lake, _followUp, Policies.For, CodeVersion, clock, NullLogger<RunExecutor>.Instance);
        Due = new DueRuns(
            catalogue, new NightlyTurn(catalogue, NightBegins, clock, NullLogger<NightlyTurn>.Instance), clock, NullLogger<DueRuns>.Instance);
        Benchmarks = new BenchmarkPipeline(catalogue, _lake, _followUp, Policies.For, CodeVersion, clock);
        DueBenchmarks = new DueBenchmarks(catalogue);
        Reproduction = new Reproduction(catalogue, _lake, _followUp, CodeVersion);
        Erasure = new PersonErasure(catalogue, _lake, _gate, _finalise, kept, clock);
    }

    /// <summary>The version of the engine, with the commit it was built from.</summary>
    public static string CodeVersion { get; } =
        typeof(RunExecutor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>When a hub's night begins that nobody has told otherwise.</summary>
    public static TimeOnly NightBegins { get; } = new(2, 30);

    public ICatalogue Catalogue { get; }

    public LabClock Clock { get; }

    public RunExecutor Executor { get; }

    public DueRuns Due { get; }

    public BenchmarkPipeline Benchmarks { get; }

    public DueBenchmarks DueBenchmarks { get; }

    public Reproduction Reproduction { get; }

    public PersonErasure Erasure { get; }

    /// <summary>Opens the lab in a folder; makes it when it is not there.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="today">The day that its clock begins at.</param>
    /// <param name="memoryBytes">Bytes that follow-up may take in memory.</param>
    /// <param name="readThreads">Threads that read the lake.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    public static async Task<CountryLab> OpenAsync(
        string folder, DateOnly today, long memoryBytes, int readThreads, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        var clock = new LabClock(new DateTimeOffset(today, new TimeOnly(12, 0), TimeSpan.Zero));
        var catalogue = await OpenCatalogueAsync(folder, clock, cancellationToken);
        return new CountryLab(folder, catalogue, clock, memoryBytes, readThreads);
    }

    /// <summary>Registers what a municipality runs, so that its participations are known.</summary>
    public async Task RegisterInterventionsAsync(MunicipalityDesign design, CancellationToken cancellationToken)
    {
        foreach (var intervention in design.Interventions)
        {
            await Catalogue.Plans.TryRegisterInterventionAsync(CountryPlans.InterventionOf(design, intervention), cancellationToken);
        }
    }

    /// <summary>Takes a delivery in as an upload: spooled, checked, rewritten, committed.</summary>
    /// <exception cref="InvalidOperationException">It was refused; the generator and the contract disagree.</exception>
    public async Task SendAsync(SubmissionManifest manifest, byte[] observations, byte[]? participations, CancellationToken cancellationToken)
    {
        if ((await _desk.OpenAsync(manifest, cancellationToken)).Opened is not { } opened) return;
        await WriteAsync(manifest, opened.Upload.Id, SubmissionPart.Observations, observations, cancellationToken);
        if (participations is not null)
        {
            await WriteAsync(manifest, opened.Upload.Id, SubmissionPart.Participations, participations, cancellationToken);
        }

        var outcome = await _finalise.FinaliseAsync(manifest.Organisation, opened.Upload.Id, cancellationToken);
        if (outcome.IsAccepted) return;
        var rules = string.Join(", ", outcome.Findings.Select(f => $"{f.Rule} in {f.Column}").Distinct());
        throw new InvalidOperationException($"A delivery of {manifest.Organisation} was refused: {rules}.");
    }

    /// <summary>Registers a plan.</summary>
    /// <exception cref="InvalidOperationException">It was not taken.</exception>
    public async Task RegisterAsync(EvaluationPlan plan, CancellationToken cancellationToken)
    {
        foreach (var (field, problem) in PlanRules.Breaches(plan)) throw new InvalidOperationException($"Plan {plan.Id}, {field}: {problem}");
        var outcome = await new PlanRegistration(Catalogue, Clock).RegisterAsync(plan, null, "programme", cancellationToken);
        if (outcome.Registered is null) throw new InvalidOperationException($"Plan {plan.Id} was not registered.");
    }

    /// <summary>Runs everything that is due, as the scheduler's recurring job finds it.</summary>
    /// <returns>How many runs.</returns>
    public async Task<int> RunDueAsync(CancellationToken cancellationToken)
    {
        var due = await Due.FindAsync(cancellationToken);
        foreach (var run in due) await Executor.ExecuteAsync(run.Id, cancellationToken);
        return due.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _finalise.DisposeAsync();
        _desk.Dispose();
        _gate.Dispose();
        await Catalogue.DisposeAsync();
        _lake.Dispose();
        _followUp.Dispose();
        _keys.Dispose();
    }

    private static async Task<ICatalogue> OpenCatalogueAsync(string folder, LabClock clock, CancellationToken cancellationToken)
    {
        var file = Path.Combine(folder, ConnectionFile);
        if (!File.Exists(file)) return await SqliteCatalogue.OpenAsync(Path.Combine(folder, "catalogue.db"), clock, cancellationToken);
        var connection = PostgresConnection.TryParse(await File.ReadAllTextAsync(file, cancellationToken))
            ?? throw new InvalidDataException($"{ConnectionFile} is no connection text: Host=…;Database=…;Username=….");
        return await PostgresCatalogue.OpenAsync(connection, clock, cancellationToken);
    }

    private async Task WriteAsync(
        SubmissionManifest manifest, string id, SubmissionPart part, byte[] bytes, CancellationToken cancellationToken)
    {
        await using var writer = await _desk.WriteAsync(manifest.Organisation, id, part, cancellationToken);
        for (var at = 0; at < bytes.Length; at += SentAtOnce)
        {
            await writer.AppendAsync(at, bytes.AsMemory(at, Math.Min(SentAtOnce, bytes.Length - at)), cancellationToken);
        }

        await writer.FlushAsync(cancellationToken);
    }
}
