using System.Data.Common;
using Dapper;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>
/// What is read again without being read: lists that a hub has kept are as the rows stand, whichever hub on the same catalogue changes them,
/// and how.
/// </summary>
public abstract class ChangeMarksContract : CatalogueContract
{
    private static readonly DateTimeOffset Later = SampleSubmissions.Time.AddDays(3);

    public static TheoryData<string> Changes =>
        ["commit", "supersede", "withdraw", "retain", "retain another day", "retain no longer", "erase rows", "purge"];

    /// <summary>A connection beside the catalogue's.</summary>
    protected abstract Task<DbConnection> RawAsync();

    [Theory(Timeout = Limit)]
    [MemberData(nameof(Changes))]
    public async Task Lists_AfterAChangeByAnotherHub_AreAsOneThatHasKeptNothingTellsThem(string change)
    {
        var (first, second, snapshot) = await KeptSnapshotAsync();
        if (change.StartsWith("retain ", StringComparison.Ordinal)) await RetainAsync(Catalogue, first, new DateOnly(2030, 1, 1));
        await using var other = await OpenAsync();
        var before = await Task.WhenAll(ToldAsync(Catalogue, snapshot), ToldAsync(other, snapshot));
        Assert.Equal(before[0], before[1]);

        switch (change)
        {
            case "commit":
                await CommitAsync(other, SampleSubmissions.Of("c", "2026"));
                break;
            case "supersede":
                await CommitAsync(other, SampleSubmissions.Of("c", "2024") with { Supersedes = first.Id });
                break;
            case "withdraw":
                await other.Submissions.WithdrawAsync(first.Organisation, first.Id, Later, Cancel);
                break;
            case "retain":
                await RetainAsync(other, first, new DateOnly(2030, 1, 1));
                break;
            case "retain another day":
                await RetainAsync(other, first, new DateOnly(2030, 1, 2));
                break;
            case "retain no longer":
                await RetainAsync(other, first, null);
                break;
            case "erase rows":
                var files = SubmissionFiles.Of(second);
                var fewer = files with { Observations = new LakeObject(SampleSubmissions.Sha256("less"), 9), ObservationRows = files.ObservationRows - 1 };
                Assert.True(await other.Submissions.ReplaceFilesAsync(second.Id, files, fewer, Proof, null, Cancel));
                break;
            case "purge":
                await other.Submissions.PurgeAsync(second.Id, Proof, Cancel);
                break;
        }

        var told = await ToldAsync(Catalogue, snapshot);
        Assert.NotEqual(before[0], told);
        Assert.Equal(told, await ToldAsync(other, snapshot));
        await using var fresh = await OpenAsync();
        Assert.Equal(await ToldAsync(fresh, snapshot), told);
    }

    [Fact(Timeout = Limit)]
    public async Task Lists_WhileNothingChanges_AreReadOnceAndShareWhatLives()
    {
        var (first, _, snapshot) = await KeptSnapshotAsync();
        await CommitAsync(Catalogue, SampleSubmissions.Of("elsewhere", "2024", project: new ProjectId("elsewhere")));
        var live = await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel);
        var read = await Catalogue.Submissions.InSnapshotAsync(snapshot, Cancel);

        Assert.Same(live[1], read![1]);
        await CommitAsync(Catalogue, SampleSubmissions.Of("elsewhere too", "2025", project: new ProjectId("elsewhere")));
        Assert.Same(live, await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel));
        Assert.Same(read, await Catalogue.Submissions.InSnapshotAsync(snapshot, Cancel));

        await Catalogue.Submissions.WithdrawAsync(first.Organisation, first.Id, Later, Cancel);
        Assert.NotSame(live, await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel));
        Assert.Equal(
            [SubmissionState.Withdrawn, SubmissionState.Live],
            (await Catalogue.Submissions.InSnapshotAsync(snapshot, Cancel))!.Select(s => s.State));
    }

    [Fact(Timeout = Limit)]
    public async Task Snapshots_MoreThanAreKept_AreEachTheirOwn()
    {
        var plan = SamplePlans.Of("many");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var all = new List<Submission>();
        for (var year = 1930; year < 2000; year++) all.Add(await CommitAsync(Catalogue, SampleSubmissions.Of($"of {year}", $"{year}")));
        var snapshots = all.Select((_, i) => Snapshot.Of(SampleSubmissions.Project, all.Take(i + 1))).ToList();
        foreach (var snapshot in snapshots) await Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, NewRunId(), Later, Cancel);

        foreach (var snapshot in snapshots.Concat(snapshots))
        {
            var read = await Catalogue.Submissions.InSnapshotAsync(snapshot.Hash, Cancel);
            Assert.Equal(snapshot.Submissions.Select(s => s.Id), read!.Select(s => s.Id));
        }
    }

    // A snapshot's members are written many to a statement: none is lost where one ends, and their order is kept.
    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(250)]
    public async Task Snapshot_OfManySubmissions_HoldsEachInOrder(int count)
    {
        var plan = SamplePlans.Of("many");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var all = new List<Submission>();
        for (var i = 0; i < count; i++) all.Add(await CommitAsync(Catalogue, SampleSubmissions.Of($"of {i}", $"{1700 + i}")));
        var snapshot = Snapshot.Of(SampleSubmissions.Project, all);

        await Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, NewRunId(), Later, Cancel);

        Assert.Equal(all.Select(s => s.Id), await Catalogue.Runs.SnapshotSubmissionsAsync(snapshot.Hash, Cancel));
        Assert.Equal(snapshot.Hash, Snapshot.Of(SampleSubmissions.Project, (await Catalogue.Submissions.InSnapshotAsync(snapshot.Hash, Cancel))!).Hash);
    }

    [Fact(Timeout = Limit)]
    public async Task ListInterventions_AfterAnotherHubsRegistration_HasIt()
    {
        var one = new Intervention(SampleSubmissions.Umea, new InterventionCode("a"), "ips", new BilingualText("Ett", "One"), null, null);
        var two = one with { Code = new InterventionCode("b"), Organisation = SampleSubmissions.Lund };
        await Catalogue.Plans.TryRegisterInterventionAsync(one, Cancel);
        Assert.Equal([one], await Catalogue.Plans.ListInterventionsAsync(null, Cancel));
        Assert.Same(await Catalogue.Plans.ListInterventionsAsync(null, Cancel), await Catalogue.Plans.ListInterventionsAsync(null, Cancel));
        await using var other = await OpenAsync();

        await other.Plans.TryRegisterInterventionAsync(two, Cancel);

        Assert.Equal([one, two], await Catalogue.Plans.ListInterventionsAsync(null, Cancel));
        Assert.Equal([two], await Catalogue.Plans.ListInterventionsAsync(SampleSubmissions.Lund, Cancel));
        Assert.Empty(await Catalogue.Plans.ListInterventionsAsync(new OrganisationId("0180"), Cancel));
    }

    /// <summary>Also a column that is added later, and a hand at the database: whatever is written moves the mark.</summary>
    [Theory(Timeout = Limit)]
    [InlineData("submission", "submissions early-support")]
    [InlineData("intervention", "interventions")]
    public async Task Marks_WhateverColumnIsWritten_Move(string table, string subject)
    {
        await CommitAsync(Catalogue, SampleSubmissions.Of("a", "2024"));
        await Catalogue.Plans.TryRegisterInterventionAsync(
            new Intervention(SampleSubmissions.Umea, new InterventionCode("a"), "ips", new BilingualText("Ett", "One"), null, null), Cancel);
        await using var raw = await RawAsync();
        var columns = new List<string>();
        await using (var reader = await raw.ExecuteReaderAsync($"SELECT * FROM {table} WHERE 1 = 0"))
        {
            for (var i = 0; i < reader.FieldCount; i++) columns.Add(reader.GetName(i));
        }

        Assert.True(columns.Count > 5, "There are columns to try.");
        var mark = await MarkAsync();
        foreach (var column in columns)
        {
            await raw.ExecuteAsync($"UPDATE {table} SET {column} = {column}");
            var moved = await MarkAsync();
            Assert.True(moved > mark, $"Writing {table}.{column} moves the mark.");
            mark = moved;
        }

        await raw.ExecuteAsync($"DELETE FROM {table}");
        Assert.True(await MarkAsync() > mark);

        Task<long> MarkAsync() => raw.QuerySingleAsync<long>("SELECT moved FROM change_mark WHERE subject = @subject", new { subject });
    }

    private static AuditEntry Proof => AuditEntry.OfHub(Later, "purge", "submissions/a", "OK");

    private static async Task<Submission> CommitAsync(ICatalogue catalogue, Submission draft) =>
        (await catalogue.Submissions.CommitAsync(draft, null, null, Cancel)).Submission;

    private static Task<Submission?> RetainAsync(ICatalogue catalogue, Submission of, DateOnly? until) =>
        catalogue.Submissions.RetainAsync(of.Organisation, of.Id, until, Cancel);

    private static async Task<string> ToldAsync(ICatalogue catalogue, string snapshot)
    {
        // In either order of asking: what a snapshot holds is taken from what lives where that has been read.
        var inSnapshot = await catalogue.Submissions.InSnapshotAsync(snapshot, Cancel);
        var inProject = await catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel);
        var again = await catalogue.Submissions.InSnapshotAsync(snapshot, Cancel);
        Assert.Equal(Lines(inSnapshot!), Lines(again!));
        return $"{Lines(inProject)}\n--\n{Lines(inSnapshot!)}";

        static string Lines(IEnumerable<Submission> all) => string.Join(
            "\n",
            all.Select(s => $"{s.Sequence} {s.Id} {s.State} {s.EndedAt:O} {s.RetainUntil:O} {s.PurgedAt:O} {s.ErasedRows} {s.LastErasedAt:O} "
                + $"{s.Observations.Sha256} {s.ObservationRows} {s.Participations?.Sha256} {s.Figures}"));
    }

    private async Task<(Submission First, Submission Second, string Snapshot)> KeptSnapshotAsync()
    {
        var plan = SamplePlans.Of("jobs");
        await Catalogue.Plans.TryRegisterPlanAsync(SamplePlans.Registered(plan), Cancel);
        var first = await CommitAsync(Catalogue, SampleSubmissions.Of("a", "2024"));
        var second = await CommitAsync(Catalogue, SampleSubmissions.Of("b", "2025"));
        var snapshot = Snapshot.Of(SampleSubmissions.Project, [first, second]);
        await Catalogue.Runs.EnqueueAsync(plan, snapshot, 1, NewRunId(), Later, Cancel);
        return (first, second, snapshot.Hash);
    }
}
