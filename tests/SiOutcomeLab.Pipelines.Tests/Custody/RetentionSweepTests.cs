using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Pipelines.Custody;

namespace SiOutcomeLab.Pipelines.Tests.Custody;

public sealed class RetentionSweepTests
{
    [Fact]
    public async Task Run_TheDayAfterInSweden_RemovesTheFilesForGoodAndWritesItDown()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var overdue = await lab.CommitAsync([1, 2]);
        var kept = await lab.CommitAsync([3]);
        await lab.Catalogue.Submissions.RetainAsync(CustodyLab.Owner, overdue.Id, new DateOnly(2026, 6, 30), CustodyLab.Token);
        var sweep = new RetentionSweep(lab.Catalogue, lab.Gate, lab.Time);
        lab.Time.Now = new DateTimeOffset(2026, 6, 30, 21, 59, 59, TimeSpan.Zero);
        Assert.Equal(0, await sweep.RunAsync(CustodyLab.Token));

        // Midnight in Sweden, two hours before midnight UTC.
        lab.Time.Now = new DateTimeOffset(2026, 6, 30, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal(1, await sweep.RunAsync(CustodyLab.Token));
        Assert.Equal(0, await sweep.RunAsync(CustodyLab.Token));

        Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(1)));
        Assert.NotEmpty(lab.FilesWith(await lab.LakePersonAsync(3)));
        Assert.Equal([kept.Id], (await lab.Catalogue.Submissions.KeptAsync(null, CustodyLab.Token)).Select(s => s.Id));
        var entry = Assert.Single(await lab.Catalogue.Audit.ListAsync(null, 0, 10, CustodyLab.Token)).Entry;
        Assert.Equal(("hub/purge", "submissions/" + overdue.Id, OrganisationId.Lab), (entry.Call, entry.Resource, entry.Organisation));
    }

    [Fact]
    public async Task Run_ObjectThatAnotherSubmissionNames_StaysForIt()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var one = await lab.CommitAsync([1]);
        var two = await lab.CommitAsync([1]);
        await lab.Catalogue.Submissions.RetainAsync(CustodyLab.Owner, one.Id, new DateOnly(2026, 5, 1), CustodyLab.Token);

        Assert.Equal(1, await new RetentionSweep(lab.Catalogue, lab.Gate, lab.Time).RunAsync(CustodyLab.Token));

        Assert.Single(await lab.RowsAsync(two.Observations));
    }
}
