using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>What a reader sees who follows the changes of releases.</summary>
public abstract class EffectChangesContract : CatalogueContract
{
    private static readonly EffectFilter Everything = ReleaseStoreContract.Everything;

    [Fact(Timeout = Limit)]
    public async Task Changes_PublishedReplacedAndTakenBack_AreToldOnceEachAsTheyStand()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(first, SampleReleases.Of("effects/1", plan, first.Id), SampleReleases.Of("effects/2", plan, first.Id));
        var published = await AllAsync(null);
        Assert.Equal([("effects/1", null), ("effects/2", null)], published.Select(Told));
        Assert.Equal(published[0].ChangedAt, published[1].ChangedAt);

        var (_, second) = await QueueAsync(plan, "b");
        await CompleteAsync(second, SampleReleases.Of("effects/3", plan, second.Id));
        var replaced = await AllAsync(published[^1].ChangedAt);
        Assert.Equal([("effects/1", EffectEnding.Superseded), ("effects/2", EffectEnding.Superseded), ("effects/3", null)], replaced.Select(Told));
        Assert.Empty(await AllAsync(replaced[^1].ChangedAt));

        var submission = (await Catalogue.Submissions.InSnapshotAsync(second.SnapshotHash, Cancel))![0];
        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);
        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);
        var withdrawn = await AllAsync(replaced[^1].ChangedAt);
        Assert.Equal([("effects/3", EffectEnding.Withdrawn)], withdrawn.Select(Told));
        Assert.Equal(3, (await AllAsync(null)).Count);

        // Every commit here had the same clock; the times went on all the same.
        Assert.True(published[0].ChangedAt < replaced[0].ChangedAt && replaced[0].ChangedAt < withdrawn[0].ChangedAt);
    }

    [Fact(Timeout = Limit)]
    public async Task Changes_AnothersDataTakenBack_IsAChangeAndNoEnd()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs", organisation: SampleSubmissions.Lund), "a");
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var before = await AllAsync(null);
        var submission = (await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel))![0];

        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);

        Assert.Equal([("effects/1", null)], (await AllAsync(before[0].ChangedAt)).Select(Told));
    }

    [Fact(Timeout = Limit)]
    public async Task Changes_OlderRunThatEndedLate_IsATombstoneAndLeavesTheNewerOne()
    {
        var (plan, older) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var (_, newer) = await QueueAsync(plan, "b");
        await CompleteAsync(newer, SampleReleases.Of("effects/new", plan, newer.Id));
        var seen = (await AllAsync(null))[^1].ChangedAt;

        await CompleteAsync(older, SampleReleases.Of("effects/old", plan, older.Id));

        Assert.Equal([("effects/old", EffectEnding.Superseded)], (await AllAsync(seen)).Select(Told));
    }

    [Fact(Timeout = Limit)]
    public async Task Changes_FilteredAndByAudience_AreWhatFits()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        await CompleteAsync(
            run, SampleReleases.Of("effects/open", plan, run.Id, Audience.Public, method: "mst"), SampleReleases.Of("effects/inside", plan, run.Id, Audience.Analyst));

        Assert.Equal(["effects/open"], (await Catalogue.Releases.ChangesAsync(Everything, Audience.Public, null, 9, Cancel)).Select(c => c.Release.Value.Name));
        Assert.Empty(await Catalogue.Releases.ChangesAsync(Everything with { Method = "ips" }, Audience.Public, null, 9, Cancel));
        Assert.Equal(2, (await Catalogue.Releases.ChangesAsync(Everything, Audience.Analyst, null, 9, Cancel)).Count);
    }

    // The plan's participations start in 2024 and 2025.
    [Theory(Timeout = Limit)]
    [InlineData("2023", 0)]
    [InlineData("2024", 1)]
    [InlineData("2023-Q4", 0)]
    [InlineData("2024-Q1", 1)]
    [InlineData("2025-12", 1)]
    [InlineData("2026-01", 0)]
    public async Task List_ByPeriod_GivesTheEffectsThatStartedInIt(string period, int expected)
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        Assert.True(Period.TryParse(period, out var asked));
        var filter = Everything with { StartedIn = asked };

        Assert.Equal(expected, (await Catalogue.Releases.ListAsync(filter, Audience.Public, null, 9, Cancel)).Count);
        Assert.Equal(expected, (await Catalogue.Releases.ChangesAsync(filter, Audience.Public, null, 9, Cancel)).Count);
    }

    [Fact(Timeout = Limit)]
    public async Task Changes_FollowedWhileOthersPublish_MissNothingAndComeTwiceNever()
    {
        const int Plans = 24;
        var runs = new List<(Domain.Plans.EvaluationPlan Plan, Domain.Runs.Run[] Runs)>();
        for (var i = 0; i < Plans; i++)
        {
            var (plan, first) = await QueueAsync(SamplePlans.Of($"p{i:00}"), "a");
            var (_, second) = await QueueAsync(plan, "b");
            runs.Add((plan, [first, second]));
        }

        using var done = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, 3).Select(w => Task.Run(async () =>
        {
            foreach (var (plan, both) in runs.Where((_, i) => i % 3 == w))
            {
                foreach (var (run, at) in both.Select((r, at) => (r, at)))
                {
                    var claimed = await Catalogue.Runs.ClaimAsync(run.Id, Cancel);
                    // Clocks of three hubs, of which two are wrong.
                    var clock = SampleSubmissions.Time.AddMinutes(w == 1 ? -90 : w * 7);
                    var names = new[] { $"effects/{plan.Id}-{at}-a", $"effects/{plan.Id}-{at}-b" };
                    Assert.True(await Catalogue.Runs.CompleteAsync(
                        run.Id, claimed!.Epoch, new byte[] { 1 }, [.. names.Select(n => SampleReleases.Of(n, plan, run.Id))], clock, Cancel));
                }
            }
        }, Cancel))).ContinueWith(t => { done.Cancel(); return t; }, TaskScheduler.Default).Unwrap();

        var seen = new List<EffectChange>();
        EffectChangeCursor? after = null;
        while (true)
        {
            var isLast = done.IsCancellationRequested;
            var page = await Catalogue.Releases.ChangesAsync(Everything, Audience.Public, after, 3, Cancel);
            seen.AddRange(page);
            if (page.Count > 0) after = new EffectChangeCursor(page[^1].ChangedAt, page[^1].Release.Value.Name);
            if (isLast && page.Count == 0) break;
        }

        await writing;
        Assert.Equal(seen.Count, seen.Select(c => (c.Release.Value.Name, c.ChangedAt)).Distinct().Count());
        Assert.Equal(seen.OrderBy(c => c.ChangedAt).ThenBy(c => c.Release.Value.Name, StringComparer.Ordinal), seen);
        // As each was told last is as it stands.
        var last = seen.GroupBy(c => c.Release.Value.Name).ToDictionary(g => g.Key, g => g.Last().Ending);
        Assert.Equal(Plans * 4, last.Count);
        Assert.All(last, l => Assert.Equal(l.Key.Contains("-0-", StringComparison.Ordinal) ? EffectEnding.Superseded : (EffectEnding?)null, l.Value));
    }

    [Fact(Timeout = Limit)]
    public async Task Stamp_ChangesWithWhatReadersSee_AndWithNothingElse()
    {
        var empty = await Catalogue.Releases.StampAsync(Cancel);
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"));
        Assert.Equal(empty, await Catalogue.Releases.StampAsync(Cancel));
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var published = await Catalogue.Releases.StampAsync(Cancel);
        Assert.NotEqual(empty, published);
        var submission = (await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel))![0];
        await Catalogue.Submissions.RetainAsync(submission.Organisation, submission.Id, new DateOnly(2040, 1, 1), Cancel);
        Assert.Equal(published, await Catalogue.Releases.StampAsync(Cancel));

        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);

        Assert.NotEqual(published, await Catalogue.Releases.StampAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Changes_OwnDataReplacedErasedOrPastTheirDate_AreChangesAndNoEnds()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var submission = (await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel))![0];
        var seen = (await AllAsync(null))[0].ChangedAt;

        var files = SubmissionFiles.Of(submission);
        Assert.True(await Catalogue.Submissions.ReplaceFilesAsync(submission.Id, files, files with { ObservationRows = 300 }, Proof(1), Cancel));
        seen = await ToldAgainAsync(seen);
        await Catalogue.Submissions.CommitAsync(
            SampleSubmissions.Of("b", "2025", project: submission.Project) with { Supersedes = submission.Id }, Cancel);
        seen = await ToldAgainAsync(seen);
        await Catalogue.Submissions.PurgeAsync(submission.Id, Proof(2), Cancel);
        await ToldAgainAsync(seen);
        Assert.Equal(DataStanding.Erased, (await Catalogue.Releases.StandingAsync(["effects/1"], Cancel))["effects/1"]);

        async Task<DateTimeOffset> ToldAgainAsync(DateTimeOffset from)
        {
            var change = Assert.Single(await AllAsync(from));
            Assert.Equal(("effects/1", null), Told(change));
            return change.ChangedAt;
        }
    }

    // What is removed on its date has not been taken back; what had been taken back before stays so.
    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Changes_RowsRemovedOnTheirDate_IsAnEndOnlyWhereTheyWereTakenBackBefore(bool isWithdrawn)
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var submission = (await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel))![0];
        if (isWithdrawn) await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);

        await Catalogue.Submissions.PurgeAsync(submission.Id, Proof(1), Cancel);

        Assert.Equal([("effects/1", isWithdrawn ? EffectEnding.Withdrawn : (EffectEnding?)null)], (await AllAsync(null)).Select(Told));
    }

    // The result stands no more, so that its release does not change; what became of its data is told of it all the same.
    [Fact(Timeout = Limit)]
    public async Task Stamp_DataOfAResultThatStandsNoMore_ChangesWithEachThingThatBecomesOfThem()
    {
        var (plan, first) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        await CompleteAsync(first, SampleReleases.Of("effects/1", plan, first.Id));
        var (_, second) = await QueueAsync(plan, "b");
        await CompleteAsync(second, SampleReleases.Of("effects/2", plan, second.Id));
        var submission = (await Catalogue.Submissions.InSnapshotAsync(first.SnapshotHash, Cancel))![0];
        var stamps = new List<string> { await Catalogue.Releases.StampAsync(Cancel) };

        var files = SubmissionFiles.Of(submission);
        await Catalogue.Submissions.ReplaceFilesAsync(submission.Id, files, files with { ObservationRows = 300 }, Proof(1), Cancel);
        stamps.Add(await Catalogue.Releases.StampAsync(Cancel));
        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);
        stamps.Add(await Catalogue.Releases.StampAsync(Cancel));
        await Catalogue.Submissions.PurgeAsync(submission.Id, Proof(2), Cancel);
        stamps.Add(await Catalogue.Releases.StampAsync(Cancel));

        Assert.Equal(stamps.Distinct(), stamps);
    }

    [Fact(Timeout = Limit)]
    public async Task Version_GoesOnWithWhatReadersSee_AndWithNothingElse()
    {
        var (plan, run) = await QueueAsync(SamplePlans.Of("jobs"), "a");
        var before = Catalogue.Releases.Version;
        await QueueAsync(SamplePlans.Of("other"), "b");
        Assert.Equal(before, Catalogue.Releases.Version);

        await CompleteAsync(run, SampleReleases.Of("effects/1", plan, run.Id));
        var published = Catalogue.Releases.Version;
        Assert.True(published > before);
        var submission = (await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel))![0];
        await Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, SampleSubmissions.Time, Cancel);
        Assert.True(Catalogue.Releases.Version > published);
    }

    private static AuditEntry Proof(int days) => AuditEntry.OfHub(SampleSubmissions.Time.AddDays(days), "erase", "submissions/x", "OK");

    private static (string, EffectEnding?) Told(EffectChange change) => (change.Release.Value.Name, change.Ending);

    private Task<IReadOnlyList<EffectChange>> AllAsync(DateTimeOffset? from) => Catalogue.Releases.ChangesAsync(
        Everything, Audience.Analyst, from is { } at ? new EffectChangeCursor(at, null) : null, 1000, Cancel);
}
