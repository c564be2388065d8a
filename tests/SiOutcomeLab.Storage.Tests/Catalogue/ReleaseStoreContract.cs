using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class ReleaseStoreContract : CatalogueContract
{
    internal static readonly EffectFilter Everything = new(null, null, null, null, null, HeadlineOnly: false);

    [Fact(Timeout = Limit)]
    public async Task Find_ByAudience_ShowsAnalystsBothAndThePublicItsOwn()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        await CompleteAsync(
            run,
            SampleReleases.Of("effects/open", plan, run.Id, Audience.Public),
            SampleReleases.Of("effects/inside", plan, run.Id, Audience.Analyst));

        Assert.NotNull(await Catalogue.Releases.FindAsync("effects/open", Audience.Public, Cancel));
        Assert.Null(await Catalogue.Releases.FindAsync("effects/inside", Audience.Public, Cancel));
        Assert.NotNull(await Catalogue.Releases.FindAsync("effects/open", Audience.Analyst, Cancel));
        Assert.NotNull(await Catalogue.Releases.FindAsync("effects/inside", Audience.Analyst, Cancel));
        Assert.Null(await Catalogue.Releases.FindAsync("effects/absent", Audience.Analyst, Cancel));
        Assert.Equal(["effects/open"], await NamesAsync(Everything, Audience.Public));
        Assert.Equal(["effects/inside", "effects/open"], await NamesAsync(Everything, Audience.Analyst));
    }

    [Fact(Timeout = Limit)]
    public async Task Find_Stored_IsTheReleaseToTheByte()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        var release = SampleReleases.Of("effects/one", plan, run.Id);
        await CompleteAsync(run, release);
        await ReopenAsync();

        var found = await Catalogue.Releases.FindAsync("effects/one", Audience.Public, Cancel);

        Assert.Equal(ReleaseCodec.Encode(release), ReleaseCodec.Encode(found!));
        Assert.Equal(release.RuleVersion, found!.RuleVersion);
        Assert.Equal(release.Audience, found.Audience);
    }

    [Fact(Timeout = Limit)]
    public async Task List_AfterANewerRun_ShowsTheNewReleasesOnly()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (_, second) = await QueueAsync(plan, "b");
        var (otherPlan, other) = await QueueAsync(SamplePlans.Of("other"), "a");
        await CompleteAsync(first, SampleReleases.Of("effects/1", plan, first.Id), SampleReleases.Of("effects/2", plan, first.Id));
        await CompleteAsync(other, SampleReleases.Of("effects/9", otherPlan, other.Id));
        Assert.Equal(["effects/1", "effects/2", "effects/9"], await NamesAsync(Everything));

        await CompleteAsync(second, SampleReleases.Of("effects/3", plan, second.Id));

        Assert.Equal(["effects/3", "effects/9"], await NamesAsync(Everything));
        Assert.NotNull(await Catalogue.Releases.FindAsync("effects/1", Audience.Public, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task List_AfterANewerRunThatReleasedNothing_ShowsNothingOfThePlan()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (_, second) = await QueueAsync(plan, "b");
        await CompleteAsync(first, SampleReleases.Of("effects/1", plan, first.Id));

        await CompleteAsync(second);

        Assert.Empty(await NamesAsync(Everything));
    }

    [Fact(Timeout = Limit)]
    public async Task List_AfterAnOlderRunEndedLate_KeepsTheNewer()
    {
        var (plan, older) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (_, newer) = await QueueAsync(plan, "b");
        var (amended, newest) = await QueueAsync(SamplePlans.Of("jobs", 2), "a");
        await CompleteAsync(newer, SampleReleases.Of("effects/newer", plan, newer.Id));

        await CompleteAsync(older, SampleReleases.Of("effects/older", plan, older.Id));
        Assert.Equal(["effects/newer"], await NamesAsync(Everything));

        await CompleteAsync(newest, SampleReleases.Of("effects/newest", amended, newest.Id));
        Assert.Equal(["effects/newest"], await NamesAsync(Everything));
    }

    [Fact(Timeout = Limit)]
    public async Task Standing_AsItsDataEnd_TellsTheGravest()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var id = Assert.Single((await Catalogue.Runs.SnapshotSubmissionsAsync(run.SnapshotHash, Cancel))!);
        var submission = await Catalogue.Submissions.FindAsync(SampleSubmissions.Umea, id, Cancel);
        var later = SampleSubmissions.Time.AddDays(1);

        Assert.Equal(DataStanding.Current, await StandingAsync());
        await Catalogue.Submissions.WithdrawAsync(SampleSubmissions.Umea, id, later, Cancel);
        Assert.Equal(DataStanding.Withdrawn, await StandingAsync());
        var files = SubmissionFiles.Of(submission!);
        var fewer = files with { Observations = new LakeObject(SampleSubmissions.Sha256("less"), 9), ObservationRows = files.ObservationRows - 1 };
        await Catalogue.Submissions.ReplaceFilesAsync(id, files, fewer, AuditEntry.OfHub(later, "erase", "submissions/" + id, "OK"), Cancel);
        Assert.Equal(DataStanding.Erased, await StandingAsync());
        Assert.Empty(await Catalogue.Releases.StandingAsync(["effects/none"], Cancel));

        async Task<DataStanding> StandingAsync() => (await Catalogue.Releases.StandingAsync(["effects/1"], Cancel))["effects/1"];
    }

    [Fact(Timeout = Limit)]
    public async Task Standing_OfWhatWasQueuedAfterAnErasure_IsCurrent()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a", SampleSubmissions.Time.AddDays(1));
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var id = Assert.Single((await Catalogue.Runs.SnapshotSubmissionsAsync(run.SnapshotHash, Cancel))!);
        var files = SubmissionFiles.Of((await Catalogue.Submissions.FindAsync(SampleSubmissions.Umea, id, Cancel))!);

        await Catalogue.Submissions.ReplaceFilesAsync(
            id,
            files,
            files with { ObservationRows = files.ObservationRows - 1 },
            AuditEntry.OfHub(SampleSubmissions.Time.AddHours(23), "erase", "submissions/" + id, "OK"),
            Cancel);

        Assert.Equal(DataStanding.Current, (await Catalogue.Releases.StandingAsync(["effects/1"], Cancel))["effects/1"]);
    }

    [Fact(Timeout = Limit)]
    public async Task Standing_OfWhatRestsOnASupersededSubmission_IsSuperseded()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var id = Assert.Single((await Catalogue.Runs.SnapshotSubmissionsAsync(run.SnapshotHash, Cancel))!);
        var old = (await Catalogue.Submissions.FindAsync(SampleSubmissions.Umea, id, Cancel))!;

        await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("new", "2025", project: old.Project) with { Supersedes = id }, Cancel);

        Assert.Equal(DataStanding.Superseded, (await Catalogue.Releases.StandingAsync(["effects/1"], Cancel))["effects/1"]);
    }

    [Fact(Timeout = Limit)]
    public async Task List_Filtered_ShowsWhatEveryPartAllows()
    {
        var (umea, one) = await QueueAsync(SamplePlans.Of("umea", measure: "earnings"));
        var (lund, two) = await QueueAsync(SamplePlans.Of("lund", organisation: SampleSubmissions.Lund, measure: "absence"));
        await CompleteAsync(
            one,
            SampleReleases.Of("effects/u0", umea, one.Id),
            SampleReleases.Of("effects/u1", umea, one.Id, role: EstimateRole.Sensitivity, status: EffectStatus.Withheld));
        await CompleteAsync(two, SampleReleases.Of("effects/l0", lund, two.Id, method: "mst"));

        Assert.Equal(["effects/u0", "effects/u1"], await NamesAsync(Everything with { Organisation = "2480" }));
        Assert.Equal(["effects/l0"], await NamesAsync(Everything with { Plan = "lund" }));
        Assert.Equal(["effects/l0"], await NamesAsync(Everything with { Method = "mst" }));
        Assert.Equal(["effects/l0"], await NamesAsync(Everything with { Measure = "absence" }));
        Assert.Equal(["effects/u1"], await NamesAsync(Everything with { Status = EffectStatus.Withheld }));
        Assert.Equal(["effects/l0", "effects/u0"], await NamesAsync(Everything with { HeadlineOnly = true }));
        Assert.Empty(await NamesAsync(Everything with { Organisation = "2480", Method = "mst" }));
        Assert.Empty(await NamesAsync(Everything with { Plan = "' OR 1=1 --" }));
    }

    [Fact(Timeout = Limit)]
    public async Task List_InPagesWhileOthersComplete_IsStableAndComplete()
    {
        for (var i = 0; i < 7; i++)
        {
            var (plan, run) = await QueueAsync(SamplePlans.Of($"p{i}"));
            await CompleteAsync(run, SampleReleases.Of($"effects/m{i}", plan, run.Id));
        }

        List<string> seen = [];
        while (true)
        {
            var page = await Catalogue.Releases.ListAsync(Everything, Audience.Public, seen.LastOrDefault(), 3, Cancel);
            if (page.Count == 0) break;
            seen.AddRange(page.Select(r => r.Value.Name));
            var (plan, run) = await QueueAsync(SamplePlans.Of($"before{seen.Count}"));
            await CompleteAsync(run, SampleReleases.Of($"effects/a{seen.Count}", plan, run.Id));
        }

        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"effects/m{i}"), seen);
    }

    private async Task<string[]> NamesAsync(EffectFilter filter, Audience audience = Audience.Public) =>
        [.. (await Catalogue.Releases.ListAsync(filter, audience, null, 100, Cancel)).Select(r => r.Value.Name)];
}
