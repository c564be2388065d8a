using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Samples;

/// <summary>A lake and a catalogue of a test's own, in a folder that goes with it.</summary>
internal sealed class TestLab : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);

    private const AllowedUses All = AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers;

    private readonly TemporaryFolder _folder;
    private int _commits;

    private TestLab(TemporaryFolder folder, SqliteCatalogue catalogue, FolderLake lake, SettableTime time)
    {
        _folder = folder;
        Catalogue = catalogue;
        Lake = lake;
        Time = time;
    }

    public SqliteCatalogue Catalogue { get; }

    public FolderLake Lake { get; }

    public SettableTime Time { get; }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public string SpoolPath => _folder.File("spool");

    public string DataPath => _folder.File("data");

    public string KeyPath => _folder.File("hub.key");

    public string[] LakeFiles => Directory.GetFiles(_folder.File("lake/objects"), "*", SearchOption.AllDirectories);

    public static async Task<TestLab> OpenAsync()
    {
        var folder = new TemporaryFolder();
        var time = new SettableTime(Start);
        var lab = new TestLab(folder, await SqliteCatalogue.OpenAsync(folder.File("catalogue.db"), time, Token), new FolderLake(folder.File("lake"), time), time);
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(SamplePlans.Intervention, Token);
        return lab;
    }

    public async Task<Submission> CommitAsync(
        FollowUp data, string organisation = SamplePlans.Municipality, AllowedUses uses = All, DataPolicy policy = DataPolicy.Standard, string project = "early-support", bool isInLakeFormat = true)
    {
        var periods = data.Periods.ToArray();
        var content = Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(++_commits)));
        var draft = new Submission(
            $"s-{_commits}",
            new OrganisationId(organisation),
            new ProjectId(project),
            periods[0].Length,
            periods[0],
            periods[^1],
            uses,
            policy,
            content,
            "{}",
            (await PutAsync(data.Observations(isInLakeFormat)))!,
            data.Rows,
            await PutAsync(data.Participations(isInLakeFormat)),
            data.Starts,
            [],
            Time.Now,
            0);
        return (await Catalogue.Submissions.CommitAsync(draft, Token)).Submission;
    }

    /// <summary>What runs have read; shared by them.</summary>
    public FollowUpCache FollowUp { get; init; } = new(1L << 30, 2);

    public async Task<Cohort> CohortAsync(EvaluationPlan plan) => (await TrialsAsync(plan)).For(0);

    public async Task<TrialCohort> TrialsAsync(EvaluationPlan plan, FollowUpCache? cache = null) => await new CohortBuilder(Lake, Catalogue, cache ?? FollowUp).BuildTrialsAsync(
        plan, SamplePlans.Intervention, CohortBuilder.SnapshotFor(plan, await Catalogue.Submissions.InProjectAsync(plan.Project, Token)), Token);

    public async Task<RegisteredPlan> RegisterAsync(EvaluationPlan plan, PlanTiming timing = PlanTiming.Prospective) =>
        await Catalogue.Plans.TryRegisterPlanAsync(new RegisteredPlan(plan, PlanHash.Of(plan), timing, "anna", Time.Now), Token)
        ?? throw new InvalidOperationException("Another plan stands there.");

    /// <summary>Queues the run of a registered plan on everything it may read.</summary>
    public async Task<Run> EnqueueAsync(EvaluationPlan plan, string runId = "11111111aaaa", int look = 1)
    {
        var snapshot = CohortBuilder.SnapshotFor(plan, await Catalogue.Submissions.InProjectAsync(plan.Project, Token));
        return await Catalogue.Runs.EnqueueAsync(plan, snapshot, look, runId, Time.Now, Token);
    }

    public RunExecutor Executor(ILake? lake = null, FollowUpCache? cache = null, ILogger<RunExecutor>? log = null) =>
        new(Catalogue, lake ?? Lake, cache ?? FollowUp, Policies.For, "0.1.0-test", Time, log ?? NullLogger<RunExecutor>.Instance);

    public NightlyTurn Nightly() => new(Catalogue, new TimeOnly(2, 30), Time, NullLogger<NightlyTurn>.Instance);

    public DueRuns Due() => new(Catalogue, Nightly(), Time, NullLogger<DueRuns>.Instance);

    public async ValueTask DisposeAsync()
    {
        await Catalogue.DisposeAsync();
        Lake.Dispose();
        FollowUp.Dispose();
        _folder.Dispose();
    }

    private async Task<LakeObject?> PutAsync(byte[]? bytes)
    {
        if (bytes is null) return null;
        using var stream = new MemoryStream(bytes);
        return await Lake.PutAsync(Convert.ToHexStringLower(SHA256.HashData(bytes)), stream, Token);
    }
}
