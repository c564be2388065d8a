using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class SubmissionLifeContract : CatalogueContract
{
    private static readonly DateTimeOffset Later = SampleSubmissions.Time.AddDays(3);

    [Fact(Timeout = Limit)]
    public async Task Withdraw_OwnSubmission_TakesItOutOfTheProjectAndKeepsItsFiles()
    {
        var s = await CommitAsync(SampleSubmissions.Of("a", "2025"));

        var withdrawn = await Catalogue.Submissions.WithdrawAsync(s.Organisation, s.Id, Later, Cancel);
        var again = await Catalogue.Submissions.WithdrawAsync(s.Organisation, s.Id, Later.AddDays(1), Cancel);

        Assert.Equal((SubmissionState.Withdrawn, Later), (withdrawn!.State, withdrawn.EndedAt!.Value));
        Assert.Equal(Later, again!.EndedAt);
        Assert.Empty(await Catalogue.Submissions.InProjectAsync(s.Project, Cancel));
        Assert.Equal(s.Id, Assert.Single(await Catalogue.Submissions.KeptAsync(s.Project, Cancel)).Id);
        Assert.Contains(s.Observations.Sha256, await Catalogue.Submissions.NamedObjectsAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task LiveOf_OwnerAndProject_LeavesOutOthersAndWhatHasEnded()
    {
        var ended = await CommitAsync(SampleSubmissions.Of("a", "2023") with { PseudonymKeyId = "0123456789abcdef" });
        var own = await CommitAsync(SampleSubmissions.Of("b", "2024") with { PseudonymKeyId = "0123456789abcdef" });
        await CommitAsync(SampleSubmissions.Of("c", "2024") with { Organisation = SampleSubmissions.Lund, PseudonymKeyId = "0123456789abcdef" });
        await CommitAsync(SampleSubmissions.Of("d", "2024") with { Project = new ProjectId("other-project"), PseudonymKeyId = null });
        await Catalogue.Submissions.WithdrawAsync(ended.Organisation, ended.Id, Later, Cancel);

        Assert.Equal([own.Id], (await Catalogue.Submissions.LiveOfAsync(own.Organisation, own.Project, Cancel)).Select(s => s.Id));
    }

    // The list is kept between questions: nothing that may become of a submission may leave it as it was.
    [Fact(Timeout = Limit)]
    public async Task InProject_AfterEveryKindOfChange_IsAsItStandsNow()
    {
        var one = await CommitAsync(SampleSubmissions.Of("a", "2023"));
        var two = await CommitAsync(SampleSubmissions.Of("b", "2024"));
        Assert.Equal([one.Id, two.Id], (await NowAsync()).Select(s => s.Id));
        Assert.Same(await NowAsync(), await NowAsync());

        await Catalogue.Submissions.RetainAsync(one.Organisation, one.Id, new DateOnly(2030, 1, 1), Cancel);
        Assert.Equal(new DateOnly(2030, 1, 1), (await NowAsync())[0].RetainUntil);
        await Catalogue.Submissions.RetainAsync(one.Organisation, one.Id, new DateOnly(2030, 1, 2), Cancel);
        Assert.Equal(new DateOnly(2030, 1, 2), (await NowAsync())[0].RetainUntil);
        var files = SubmissionFiles.Of(one);
        var fewer = files with { Observations = new LakeObject(SampleSubmissions.Sha256("less"), 9), ObservationRows = files.ObservationRows - 1 };
        await Catalogue.Submissions.ReplaceFilesAsync(one.Id, files, fewer, Proof(Later), Cancel);
        Assert.Equal(fewer.Observations, (await NowAsync())[0].Observations);
        var three = await CommitAsync(SampleSubmissions.Of("c", "2025"));
        Assert.Equal(3, (await NowAsync()).Count);
        await Catalogue.Submissions.WithdrawAsync(two.Organisation, two.Id, Later, Cancel);
        Assert.Equal([one.Id, three.Id], (await NowAsync()).Select(s => s.Id));
        await Catalogue.Submissions.PurgeAsync(three.Id, Proof(Later), Cancel);
        Assert.Equal([one.Id], (await NowAsync()).Select(s => s.Id));

        Task<IReadOnlyList<Submission>> NowAsync() => Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel);
    }

    [Fact(Timeout = Limit)]
    public async Task PseudonymKey_OfAProject_IsWhatItsLiveSubmissionsNameButForTheReplaced()
    {
        var only = await CommitAsync(SampleSubmissions.Of("a", "2024") with { PseudonymKeyId = "0123456789abcdef" });

        Assert.Equal("0123456789abcdef", await Catalogue.Submissions.PseudonymKeyAsync(only.Project, null, Cancel));
        Assert.Null(await Catalogue.Submissions.PseudonymKeyAsync(only.Project, only.Id, Cancel));
        Assert.Null(await Catalogue.Submissions.PseudonymKeyAsync(new ProjectId("other-project"), null, Cancel));
        await Catalogue.Submissions.WithdrawAsync(only.Organisation, only.Id, Later, Cancel);
        Assert.Null(await Catalogue.Submissions.PseudonymKeyAsync(only.Project, null, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Withdraw_SomebodyElses_IsAsIfItWereNotThere()
    {
        var s = await CommitAsync(SampleSubmissions.Of("a", "2025"));

        Assert.Null(await Catalogue.Submissions.WithdrawAsync(SampleSubmissions.Lund, s.Id, Later, Cancel));
        Assert.Null(await Catalogue.Submissions.RetainAsync(SampleSubmissions.Lund, s.Id, new DateOnly(2030, 1, 1), Cancel));
        Assert.Equal(SubmissionState.Live, Assert.Single(await Catalogue.Submissions.InProjectAsync(s.Project, Cancel)).State);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_ContentThatWasWithdrawn_IsANewSubmission()
    {
        var s = await CommitAsync(SampleSubmissions.Of("a", "2025"));
        await Catalogue.Submissions.WithdrawAsync(s.Organisation, s.Id, Later, Cancel);

        var again = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel);

        Assert.False(again.WasThere);
        Assert.Equal(2, again.Submission.Sequence);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_Superseding_ReplacesTheOldInOneStep()
    {
        var old = await CommitAsync(SampleSubmissions.Of("a", "2025-Q1", "2025-Q4"));
        var draft = SampleSubmissions.Of("b", "2025-Q1", "2026-Q1") with { Supersedes = old.Id, CommittedAt = Later };

        var replaced = await CommitAsync(draft);

        Assert.Equal(old.Id, replaced.Supersedes);
        Assert.Equal(replaced.Id, Assert.Single(await Catalogue.Submissions.InProjectAsync(old.Project, Cancel)).Id);
        var ended = await Catalogue.Submissions.FindAsync(old.Organisation, old.Id, Cancel);
        Assert.Equal((SubmissionState.Superseded, Later), (ended!.State, ended.EndedAt!.Value));
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_SupersedingButOverlappingAThird_LeavesAllAsItWas()
    {
        var old = await CommitAsync(SampleSubmissions.Of("a", "2025"));
        await CommitAsync(SampleSubmissions.Of("b", "2026"));

        await Assert.ThrowsAsync<PeriodOverlapException>(
            () => CommitAsync(SampleSubmissions.Of("c", "2025", "2026") with { Supersedes = old.Id }));

        Assert.Equal(2, (await Catalogue.Submissions.InProjectAsync(old.Project, Cancel)).Count);
    }

    [Theory(Timeout = Limit)]
    [InlineData("unknown")]
    [InlineData("other owner")]
    [InlineData("other project")]
    [InlineData("withdrawn")]
    public async Task Commit_SupersedingWhatIsNotThere_IsRefused(string which)
    {
        var old = await CommitAsync(which switch
        {
            "other owner" => SampleSubmissions.Of("a", "2025", organisation: SampleSubmissions.Lund),
            "other project" => SampleSubmissions.Of("a", "2025", project: new ProjectId("other")),
            _ => SampleSubmissions.Of("a", "2025"),
        });
        if (which == "withdrawn") await Catalogue.Submissions.WithdrawAsync(old.Organisation, old.Id, Later, Cancel);
        var draft = SampleSubmissions.Of("b", "2025") with { Supersedes = which == "unknown" ? "none" : old.Id };

        var refused = await Assert.ThrowsAsync<SupersededUnknownException>(() => CommitAsync(draft));

        Assert.Equal(draft.Supersedes, refused.Id);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_WithAnotherPseudonymKey_IsRefusedWhoeverSends()
    {
        const string Key = "0123456789abcdef";
        await CommitAsync(SampleSubmissions.Of("a", "2025") with { PseudonymKeyId = Key });

        foreach (var other in (string?[])["fedcba9876543210", null])
        {
            var draft = SampleSubmissions.Of("b", "2025", organisation: SampleSubmissions.Lund) with { PseudonymKeyId = other };
            var refused = await Assert.ThrowsAsync<PseudonymKeyException>(() => CommitAsync(draft));
            Assert.Equal(Key, refused.Pinned);
        }

        var same = SampleSubmissions.Of("b", "2025", organisation: SampleSubmissions.Lund) with { PseudonymKeyId = Key };
        Assert.Equal(Key, (await CommitAsync(same)).PseudonymKeyId);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_WithAKeyAfterOneWithout_IsTakenAndHoldsTheNextToIt()
    {
        const string Key = "0123456789abcdef";
        await CommitAsync(SampleSubmissions.Of("a", "2025"));
        await CommitAsync(SampleSubmissions.Of("b", "2026") with { PseudonymKeyId = Key });

        var refused = await Assert.ThrowsAsync<PseudonymKeyException>(() => CommitAsync(SampleSubmissions.Of("c", "2027")));

        Assert.Equal(Key, refused.Pinned);
        Assert.Equal(Key, (await Catalogue.Projects.FindAsync(SampleSubmissions.Project, Cancel))!.PseudonymKeyId);
        Assert.Equal(2, (await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel)).Count);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_AfterTheOnlyOneThatNamedAKeyIsWithdrawn_TakesAnother()
    {
        var first = await CommitAsync(SampleSubmissions.Of("a", "2025") with { PseudonymKeyId = "0123456789abcdef" });
        await Catalogue.Submissions.WithdrawAsync(first.Organisation, first.Id, Later, Cancel);
        Assert.Null((await Catalogue.Projects.FindAsync(SampleSubmissions.Project, Cancel))!.PseudonymKeyId);

        var second = await CommitAsync(SampleSubmissions.Of("b", "2026") with { PseudonymKeyId = "fedcba9876543210" });

        Assert.Equal(second.PseudonymKeyId, (await Catalogue.Projects.FindAsync(SampleSubmissions.Project, Cancel))!.PseudonymKeyId);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_InPlaceOfTheOnlyOneThatNamedAKey_TakesAnother()
    {
        var first = await CommitAsync(SampleSubmissions.Of("a", "2025") with { PseudonymKeyId = "0123456789abcdef" });

        var second = await CommitAsync(SampleSubmissions.Of("b", "2025") with { PseudonymKeyId = "fedcba9876543210", Supersedes = first.Id });

        Assert.Equal(second.PseudonymKeyId, (await Catalogue.Projects.FindAsync(SampleSubmissions.Project, Cancel))!.PseudonymKeyId);
    }

    [Fact(Timeout = Limit)]
    public async Task PersonKey_AskedByManyAtOnce_IsOneAndStays()
    {
        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            () => Catalogue.Projects.PersonKeyAsync(SampleSubmissions.Project, new[] { (byte)i }, Cancel), Cancel)));
        var one = Assert.Single(keys.Select(k => k.ToArray()[0]).Distinct());
        await CommitAsync(SampleSubmissions.Of("a", "2025") with { PseudonymKeyId = "0123456789abcdef" });
        await ReopenAsync();

        var record = await Catalogue.Projects.FindAsync(SampleSubmissions.Project, Cancel);

        Assert.Equal([one], record!.WrappedPersonKey.ToArray());
        Assert.Equal("0123456789abcdef", record.PseudonymKeyId);
        Assert.True(await Catalogue.Projects.RewrapAsync(record.Project, new[] { one }, new byte[] { 99 }, Cancel));
        Assert.False(await Catalogue.Projects.RewrapAsync(record.Project, new[] { one }, new byte[] { 98 }, Cancel));
        Assert.Equal([99], Assert.Single(await Catalogue.Projects.ListAsync(Cancel)).WrappedPersonKey.ToArray());
    }

    [Fact(Timeout = Limit)]
    public async Task Retain_UntilADay_IsOverdueTheDayAfterAndPurgedOnce()
    {
        var until = new DateOnly(2030, 6, 30);
        var s = await CommitAsync(SampleSubmissions.Of("a", "2025") with { Figures = "{}" });
        await Catalogue.Submissions.RetainAsync(s.Organisation, s.Id, until, Cancel);

        Assert.Empty(await Catalogue.Submissions.OverdueAsync(until, Cancel));
        Assert.Equal(s.Id, Assert.Single(await Catalogue.Submissions.OverdueAsync(until.AddDays(1), Cancel)).Id);
        await Catalogue.Submissions.PurgeAsync(s.Id, Proof(Later), Cancel);
        await Catalogue.Submissions.PurgeAsync(s.Id, Proof(Later.AddDays(1)), Cancel);

        var purged = await Catalogue.Submissions.FindAsync(s.Organisation, s.Id, Cancel);
        Assert.Equal(Proof(Later), Assert.Single(await Catalogue.Audit.ListAsync(null, 0, 9, Cancel)).Entry);
        Assert.Equal((Later, SubmissionState.Withdrawn), (purged!.PurgedAt!.Value, purged.State));
        Assert.Null(purged.Figures);
        Assert.Empty(await Catalogue.Submissions.OverdueAsync(until.AddDays(1), Cancel));
        Assert.Empty(await Catalogue.Submissions.NamedObjectsAsync(Cancel));
        Assert.Empty(await Catalogue.Submissions.KeptAsync(null, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task ReplaceFiles_OfThoseThatStand_CountsTheErasedRows()
    {
        var s = await CommitAsync(SampleSubmissions.Of("a", "2025"));
        var standing = SubmissionFiles.Of(s);
        var renewed = standing with
        {
            Observations = new LakeObject(SampleSubmissions.Sha256("without"), 900), ObservationRows = standing.ObservationRows - 4,
            ParticipationRows = standing.ParticipationRows - 1,
        };

        Assert.True(await Catalogue.Submissions.ReplaceFilesAsync(s.Id, standing, renewed, Proof(Later), Cancel));
        Assert.False(await Catalogue.Submissions.ReplaceFilesAsync(s.Id, standing, renewed, Proof(Later), Cancel));

        var now = await Catalogue.Submissions.FindAsync(s.Organisation, s.Id, Cancel);
        Assert.Equal(renewed, SubmissionFiles.Of(now!));
        Assert.Equal(Proof(Later), Assert.Single(await Catalogue.Audit.ListAsync(null, 0, 9, Cancel)).Entry);
        await Catalogue.Audit.AppendAsync(Proof(Later.AddHours(1)), Cancel);
        var verdict = await Catalogue.Audit.VerifyAsync(null, Cancel);
        Assert.Equal((2L, null), (verdict.Checked, verdict.Break));
        Assert.Equal((5L, Later), (now!.ErasedRows, now.LastErasedAt!.Value));
        Assert.DoesNotContain(standing.Observations.Sha256, await Catalogue.Submissions.NamedObjectsAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task InSnapshot_AfterAWithdrawal_StillTellsWhatWasRead()
    {
        var (_, run) = await QueueAsync(SamplePlans.Of("p1"));
        var owner = SampleSubmissions.Umea;
        var id = Assert.Single((await Catalogue.Runs.SnapshotSubmissionsAsync(run.SnapshotHash, Cancel))!);
        await Catalogue.Submissions.WithdrawAsync(owner, id, Later, Cancel);

        var read = await Catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, Cancel);

        Assert.Equal(SubmissionState.Withdrawn, Assert.Single(read!).State);
        Assert.Null(await Catalogue.Submissions.InSnapshotAsync("none", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task ForbidPerson_Twice_IsKeptOnceForItsOwnerAndProjectAlone()
    {
        byte[] digest = [1, 2, 3];
        await Catalogue.Submissions.ForbidPersonAsync(SampleSubmissions.Umea, SampleSubmissions.Project, digest, Later, Cancel);
        await Catalogue.Submissions.ForbidPersonAsync(SampleSubmissions.Umea, SampleSubmissions.Project, digest, Later, Cancel);
        await ReopenAsync();

        var forbidden = await Catalogue.Submissions.ForbiddenPersonsAsync(SampleSubmissions.Umea, SampleSubmissions.Project, Cancel);

        Assert.Equal(digest, Assert.Single(forbidden).ToArray());
        Assert.Empty(await Catalogue.Submissions.ForbiddenPersonsAsync(SampleSubmissions.Lund, SampleSubmissions.Project, Cancel));
        Assert.Empty(await Catalogue.Submissions.ForbiddenPersonsAsync(SampleSubmissions.Umea, new ProjectId("other"), Cancel));
    }

    private static AuditEntry Proof(DateTimeOffset at) => AuditEntry.OfHub(at, "purge", "submissions/a", "OK");

    private async Task<Submission> CommitAsync(Submission draft) => (await Catalogue.Submissions.CommitAsync(draft, Cancel)).Submission;
}
