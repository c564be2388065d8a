using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class SubmissionCatalogueContract : CatalogueContract
{
    [Fact(Timeout = Limit)]
    public async Task Commit_NewContent_KeepsEveryPart()
    {
        var draft = SampleSubmissions.Of("a", "2025-Q1", "2025-Q4");

        var committed = await Catalogue.Submissions.CommitAsync(draft, Cancel);
        await ReopenAsync();
        var found = await Catalogue.Submissions.FindAsync(draft.Organisation, draft.Id, Cancel);

        Assert.False(committed.WasThere);
        Assert.Equal(1, committed.Submission.Sequence);
        Assert.NotNull(found);
        Assert.Equivalent(draft with { Sequence = 1 }, found, strict: true);
        Assert.Equal(draft.CommittedAt, found.CommittedAt);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_WithoutParticipations_KeepsThatThereAreNone()
    {
        var draft = SampleSubmissions.Of("a", "2025") with { Participations = null, ParticipationRows = 0, Warnings = [] };

        await Catalogue.Submissions.CommitAsync(draft, Cancel);
        var found = await Catalogue.Submissions.FindAsync(draft.Organisation, draft.Id, Cancel);

        Assert.NotNull(found);
        Assert.Null(found.Participations);
        Assert.Equal([draft.Observations.Sha256], await Catalogue.Submissions.NamedObjectsAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_SameContentTwice_ReturnsTheFirst()
    {
        var first = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel);
        var second = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel);

        Assert.True(second.WasThere);
        Assert.Equal(first.Submission.Id, second.Submission.Id);
        Assert.Equal(first.Submission.Sequence, second.Submission.Sequence);
        Assert.Single(await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_SameContentEightTimesAtOnce_IsOneSubmission()
    {
        var commits = Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel), Cancel));
        var committed = await Task.WhenAll(commits);

        Assert.Single(committed, c => !c.WasThere);
        Assert.Single(committed.Select(c => (c.Submission.Id, c.Submission.Sequence)).Distinct());
        var next = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("b", "2026"), Cancel);
        Assert.Equal(2, next.Submission.Sequence);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_ManyAtOnce_NumbersThemWithoutGaps()
    {
        var commits = Enumerable.Range(0, 24).Select(i => Task.Run(
            () => Catalogue.Submissions.CommitAsync(SampleSubmissions.Of($"c{i}", $"{2000 + i}"), Cancel), Cancel));
        await Task.WhenAll(commits);

        var all = await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel);
        Assert.Equal(Enumerable.Range(1, 24).Select(i => (long)i), all.Select(s => s.Sequence));
    }

    [Theory(Timeout = Limit)]
    [InlineData("2025", null, "2025", null)]
    [InlineData("2025-01", "2025-06", "2025-06", "2025-08")]
    [InlineData("2025-03", "2025-04", "2025-01", "2025-12")]
    [InlineData("2025", null, "2025-12", null)]
    [InlineData("2025-Q2", null, "2025-04", null)]
    [InlineData("2025-02", null, "2025-Q1", null)]
    public async Task Commit_PeriodAlreadyCovered_IsRefusedAndStoresNothing(string first, string? last, string newFirst, string? newLast)
    {
        var standing = SampleSubmissions.Of("a", first, last);
        await Catalogue.Submissions.CommitAsync(standing, Cancel);
        var draft = SampleSubmissions.Of("b", newFirst, newLast);

        var refused = await Assert.ThrowsAsync<PeriodOverlapException>(() => Catalogue.Submissions.CommitAsync(draft, Cancel));

        Assert.Equal(standing.FirstPeriod, refused.First);
        Assert.Equal(standing.LastPeriod, refused.Last);
        Assert.Single(await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel));
        var next = await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("c", "2030"), Cancel);
        Assert.Equal(2, next.Submission.Sequence);
    }

    [Theory(Timeout = Limit)]
    [InlineData("2025", "2026")]
    [InlineData("2025", "2024-12")]
    [InlineData("2025-Q2", "2025-03")]
    [InlineData("2025-Q2", "2025-07")]
    public async Task Commit_NeighbouringPeriod_IsTaken(string first, string second)
    {
        await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", first), Cancel);

        Assert.False((await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("b", second), Cancel)).WasThere);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_SamePeriodOfOtherOrganisationOrProject_IsTaken()
    {
        await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel);

        var otherOwner = await Catalogue.Submissions.CommitAsync(
            SampleSubmissions.Of("a", "2025", organisation: SampleSubmissions.Lund), Cancel);
        var otherProject = await Catalogue.Submissions.CommitAsync(
            SampleSubmissions.Of("a", "2025", project: new ProjectId("other")), Cancel);

        Assert.False(otherOwner.WasThere);
        Assert.False(otherProject.WasThere);
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_Cancelled_StoresNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), cancelled.Token));

        Assert.Empty(await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Find_OfAnotherOwner_IsAsAbsent()
    {
        var draft = SampleSubmissions.Of("a", "2025");
        await Catalogue.Submissions.CommitAsync(draft, Cancel);

        Assert.NotNull(await Catalogue.Submissions.FindAsync(SampleSubmissions.Umea, draft.Id, Cancel));
        Assert.Null(await Catalogue.Submissions.FindAsync(SampleSubmissions.Lund, draft.Id, Cancel));
        Assert.Null(await Catalogue.Submissions.FindAsync(SampleSubmissions.Umea, draft.Id + "x", Cancel));
        Assert.Null(await Catalogue.Submissions.FindByContentAsync(SampleSubmissions.Lund, draft.Project, draft.ContentHash, Cancel));
        Assert.Empty(await Catalogue.Submissions.ListAsync(SampleSubmissions.Lund, 0, 10, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task FindByContent_Committed_IsFound()
    {
        var draft = SampleSubmissions.Of("a", "2025");
        await Catalogue.Submissions.CommitAsync(draft, Cancel);

        var found = await Catalogue.Submissions.FindByContentAsync(draft.Organisation, draft.Project, draft.ContentHash, Cancel);

        Assert.Equal(draft.Id, found?.Id);
        Assert.Null(await Catalogue.Submissions.FindByContentAsync(draft.Organisation, new ProjectId("other"), draft.ContentHash, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task List_WhileOthersCommit_IsStableAndComplete()
    {
        for (var i = 0; i < 7; i++) await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of($"a{i}", $"{2010 + i}"), Cancel);

        List<Submission> seen = [];
        for (var page = 0; ; page++)
        {
            var items = await Catalogue.Submissions.ListAsync(SampleSubmissions.Umea, seen.Count == 0 ? 0 : seen[^1].Sequence, 3, Cancel);
            if (items.Count == 0) break;
            Assert.True(items.Count <= 3);
            seen.AddRange(items);
            if (page >= 2) continue;
            await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of($"b{page}", $"{2000 + page}"), Cancel);
            await Catalogue.Submissions.CommitAsync(
                SampleSubmissions.Of($"c{page}", $"{2000 + page}", organisation: SampleSubmissions.Lund), Cancel);
        }

        Assert.Equal(9, seen.Count);
        Assert.Equal(seen.Select(s => s.Sequence).Order().Distinct(), seen.Select(s => s.Sequence));
        Assert.All(seen, s => Assert.Equal(SampleSubmissions.Umea, s.Organisation));
    }

    [Fact(Timeout = Limit)]
    public async Task NamedObjects_SeveralSubmissions_HasEveryObjectOnce()
    {
        var a = SampleSubmissions.Of("a", "2025");
        var b = SampleSubmissions.Of("b", "2026") with { Observations = a.Observations };
        await Catalogue.Submissions.CommitAsync(a, Cancel);
        await Catalogue.Submissions.CommitAsync(b, Cancel);

        var named = await Catalogue.Submissions.NamedObjectsAsync(Cancel);

        string[] expected = [a.Observations.Sha256, a.Participations!.Sha256, b.Participations!.Sha256];
        Assert.Equal(expected.Order(), named.Order());
    }

    [Fact(Timeout = Limit)]
    public async Task List_WithoutRoom_IsMisuse() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Catalogue.Submissions.ListAsync(SampleSubmissions.Umea, 0, 0, Cancel));
}
