using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class BenchmarkCatalogueContract : CatalogueContract
{
    private static readonly BenchmarkFilter Everything = new(null, null);

    [Fact(Timeout = Limit)]
    public async Task Store_SameInputsTwice_KeepsOneToTheByte()
    {
        var benchmark = Of("a");

        Assert.True(await Catalogue.Benchmarks.StoreAsync(benchmark, Cancel));
        Assert.False(await Catalogue.Benchmarks.StoreAsync(benchmark, Cancel));
        await ReopenAsync();

        var found = await Catalogue.Benchmarks.FindAsync(benchmark.Stamp.Name, Audience.Analyst, Cancel);
        Assert.Equal(BenchmarkCodec.Encode(benchmark.Release), BenchmarkCodec.Encode(found!));
        Assert.Equal(benchmark.Result.ToArray(), await Catalogue.Benchmarks.ResultAsync(benchmark.Stamp.Name, Cancel));
        Assert.Equal(benchmark.Stamp, await Catalogue.Benchmarks.CurrentAsync(benchmark.Key, Cancel));
        Assert.NotNull(await Catalogue.Submissions.InSnapshotAsync(benchmark.Stamp.SnapshotHash, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Store_LaterAndEarlierRuns_TheNewestStaysCurrent()
    {
        var (first, second, late) = (Of("a", newestRun: 5), Of("b", newestRun: 7), Of("c", newestRun: 6));
        await Catalogue.Benchmarks.StoreAsync(first, Cancel);
        await Catalogue.Benchmarks.StoreAsync(second, Cancel);
        await Catalogue.Benchmarks.StoreAsync(late, Cancel);

        Assert.Equal([second.Stamp.Name], await NamesAsync(Everything, Audience.Analyst));
        Assert.NotNull(await Catalogue.Benchmarks.FindAsync(first.Stamp.Name, Audience.Analyst, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task List_ByAudienceFilterAndPage_ShowsNoMore()
    {
        StoredBenchmark[] all =
        [
            Of("a"), Of("b", method: "mst"), Of("c", measure: "days", horizon: 12), Of("d", method: "skolfam", audience: Audience.Public,
                horizon: 40),
        ];
        foreach (var one in all) await Catalogue.Benchmarks.StoreAsync(one, Cancel);

        string[] names = [.. all.Select(b => b.Stamp.Name).Order(StringComparer.Ordinal)];
        Assert.Equal(names, await NamesAsync(Everything, Audience.Analyst));
        Assert.Equal([all[3].Stamp.Name], await NamesAsync(Everything, Audience.Public));
        Assert.Null(await Catalogue.Benchmarks.FindAsync(all[0].Stamp.Name, Audience.Public, Cancel));
        Assert.Equal([all[1].Stamp.Name], await NamesAsync(new BenchmarkFilter("mst", null), Audience.Analyst));
        Assert.Equal([all[2].Stamp.Name], await NamesAsync(new BenchmarkFilter(null, "days"), Audience.Analyst));
        Assert.Equal([all[3].Stamp.Name], await NamesAsync(new BenchmarkFilter(null, null, 40), Audience.Analyst));
        Assert.Equal([all[2].Stamp.Name], await NamesAsync(new BenchmarkFilter("ips", "days", 12), Audience.Analyst));
        Assert.Equal(2, (await NamesAsync(new BenchmarkFilter(null, null, 4), Audience.Analyst)).Length);
        var page = await Catalogue.Benchmarks.ListAsync(Everything, Audience.Analyst, names[0], 2, Cancel);
        Assert.Equal(names[1..3], page.Select(r => r.Value.Name));
    }

    [Fact(Timeout = Limit)]
    public async Task Standing_AsItsDataEnd_TellsTheGravest()
    {
        var benchmark = Of("a");
        await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("one", "2025", project: benchmark.Key.Project), Cancel);
        var submission = Assert.Single(await Catalogue.Submissions.InProjectAsync(benchmark.Key.Project, Cancel));
        var snapshot = Snapshot.Of(benchmark.Key.Project, [submission]);
        await Catalogue.Benchmarks.StoreAsync(
            benchmark with { Snapshot = snapshot, Stamp = benchmark.Stamp with { SnapshotHash = snapshot.Hash } }, Cancel);
        await Catalogue.Benchmarks.StoreAsync(Of("b", method: "mst"), Cancel);

        Assert.Equal(DataStanding.Current, await StandingAsync());
        await Catalogue.Submissions.WithdrawAsync(SampleSubmissions.Umea, submission.Id, SampleSubmissions.Time.AddDays(1), Cancel);
        Assert.Equal(DataStanding.Withdrawn, await StandingAsync());
        var files = SubmissionFiles.Of(submission);
        var fewer = files with { ObservationRows = files.ObservationRows - 1 };
        var erased = AuditEntry.OfHub(SampleSubmissions.Time.AddDays(1), "erase", "submissions/" + submission.Id, "OK");
        await Catalogue.Submissions.ReplaceFilesAsync(submission.Id, files, fewer, erased, Cancel);
        Assert.Equal(DataStanding.Erased, await StandingAsync());
        Assert.Empty(await Catalogue.Benchmarks.StandingAsync(["benchmarks/none"], Cancel));

        async Task<DataStanding> StandingAsync() =>
            (await Catalogue.Benchmarks.StandingAsync([benchmark.Stamp.Name], Cancel))[benchmark.Stamp.Name];
    }

    [Fact(Timeout = Limit)]
    public async Task CurrentLooks_AmendedPlan_NamesNoRunOfTheOldVersion()
    {
        var intervention = new Intervention(SampleSubmissions.Umea, new("job-support"), "ips", new("Jobbstöd", "Job support"), null, null);
        await Catalogue.Plans.TryRegisterInterventionAsync(intervention, Cancel);
        var plan = SamplePlans.Of("jobs");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var run = await Catalogue.Runs.EnqueueAsync(plan, Snapshot.Of(plan.Project, []), 1, "r1", SampleSubmissions.Time, Cancel);
        Assert.Empty(await Catalogue.Benchmarks.CurrentLooksAsync(Cancel));
        var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
        await Catalogue.Runs.CompleteAsync(run.Id, claimed!.Epoch, new byte[] { 1 }, [], SampleSubmissions.Time, Cancel);

        var look = Assert.Single(await Catalogue.Benchmarks.CurrentLooksAsync(Cancel));
        Assert.Equal(("jobs", "ips", 1, "r1"), (look.Registered.Plan.Id, look.Method, look.Look, look.RunId));

        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(SamplePlans.Of("jobs", version: 2)), Cancel);
        Assert.Empty(await Catalogue.Benchmarks.CurrentLooksAsync(Cancel));
    }

    private async Task<string[]> NamesAsync(BenchmarkFilter filter, Audience audience) =>
        [.. (await Catalogue.Benchmarks.ListAsync(filter, audience, null, 10, Cancel)).Select(r => r.Value.Name)];

    private static StoredBenchmark Of(
        string inputs, string method = "ips", string measure = "earnings", long newestRun = 1, Audience audience = Audience.Analyst,
            int horizon = 4)
    {
        var outcome = new OutcomeDefinition(new(measure), horizon, OutcomeSummary.SumToHorizon);
        var key = new BenchmarkKey(SampleSubmissions.Project, method, PeriodLength.Quarter, outcome);
        var snapshot = Snapshot.Of(SampleSubmissions.Project, []);
        var name = key.NameOf(inputs);
        // Named parts, not the constructor: a release that gains a part is still read from what was stored before.
        var benchmark = new
        {
            Name = name,
            Key = key,
            Level = 0.95,
            Policy = DataPolicy.Standard,
            Status = BenchmarkStatus.NotPoolable,
            NotPoolable = NotPoolableReason.FewerThanThree,
            Model = BenchmarkModel.TwoStage,
            Municipalities = Array.Empty<ReleasedMunicipality>(),
            Absent = Array.Empty<BenchmarkAbsence>(),
            Balance = Array.Empty<ReleasedPooledBalance>(),
            Sentences = Array.Empty<BilingualText>(),
            Lineage = new BenchmarkLineage(snapshot.Hash, inputs, "0.1.0", SampleSubmissions.Time),
        };
        var envelope = new { RuleVersion = "standard-1", Audience = audience, Benchmark = benchmark };
        var release = BenchmarkCodec.Decode(JsonSerializer.SerializeToUtf8Bytes(envelope, DomainJson.Options));
        return new StoredBenchmark(
            key, new BenchmarkStamp(name, "runs of " + inputs, snapshot.Hash), newestRun, snapshot, new byte[] { 1, 2, 3 }, release,
                SampleSubmissions.Time);
    }
}
