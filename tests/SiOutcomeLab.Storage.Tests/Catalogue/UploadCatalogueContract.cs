using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

public abstract class UploadCatalogueContract : CatalogueContract
{
    private static readonly UploadQuota Ample = new(10, 1_000_000);

    [Fact(Timeout = Limit)]
    public async Task Open_NewContent_KeepsEveryPart()
    {
        var draft = Draft("a");

        var opened = await Catalogue.Uploads.OpenAsync(draft, Ample, Cancel);
        await ReopenAsync();
        var found = await Catalogue.Uploads.FindAsync(draft.Organisation, draft.Id, Cancel);

        Assert.False(opened.WasThere);
        Assert.NotNull(found);
        Assert.Equal(draft with { WrappedKey = default, Outcome = default }, found with { WrappedKey = default, Outcome = default });
        Assert.Equal(draft.WrappedKey.ToArray(), found.WrappedKey.ToArray());
        Assert.Null(await Catalogue.Uploads.FindAsync(SampleSubmissions.Lund, draft.Id, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_SameContentEightTimesAtOnce_IsOneUpload()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel), Cancel)));

        Assert.Single(opened, o => !o.WasThere);
        Assert.Single(opened.Select(o => o.Upload.Id).Distinct());
        Assert.Single(await Catalogue.Uploads.AllOpenAsync(Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_AfterTheSameContentEnded_IsANewUpload()
    {
        var first = await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel);
        await Catalogue.Uploads.EndAsync(first.Upload.Id, UploadState.Cancelled, default, Cancel);

        var second = await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel);

        Assert.False(second.WasThere);
        Assert.NotEqual(first.Upload.Id, second.Upload.Id);
    }

    [Theory(Timeout = Limit)]
    [InlineData(2, 1_000_000)]
    [InlineData(10, 2_999)]
    public async Task Open_OverTheQuota_IsRefusedAndStoresNothing(int uploads, long bytes)
    {
        var quota = new UploadQuota(uploads, bytes);
        await Catalogue.Uploads.OpenAsync(Draft("a"), quota, Cancel);
        await Catalogue.Uploads.OpenAsync(Draft("b"), quota, Cancel);

        await Assert.ThrowsAsync<UploadQuotaException>(() => Catalogue.Uploads.OpenAsync(Draft("c"), quota, Cancel));

        Assert.Equal(2, (await Catalogue.Uploads.AllOpenAsync(Cancel)).Count);
        Assert.True((await Catalogue.Uploads.OpenAsync(Draft("b"), quota, Cancel)).WasThere);
        var other = Draft("c") with { Organisation = SampleSubmissions.Lund };
        Assert.False((await Catalogue.Uploads.OpenAsync(other, quota, Cancel)).WasThere);
    }

    [Fact(Timeout = Limit)]
    public async Task Open_ExactlyTheQuota_IsTaken()
    {
        var quota = new UploadQuota(3, 3_000);
        foreach (var content in (string[])["a", "b", "c"]) await Catalogue.Uploads.OpenAsync(Draft(content), quota, Cancel);

        Assert.Equal(3, (await Catalogue.Uploads.AllOpenAsync(Cancel)).Count);
    }

    [Fact(Timeout = Limit)]
    public async Task TakeLease_Again_FencesTheEarlierWriter()
    {
        var upload = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;
        var first = await Catalogue.Uploads.TakeLeaseAsync(upload.Id, Cancel);
        var second = await Catalogue.Uploads.TakeLeaseAsync(upload.Id, Cancel);

        Assert.Equal((1L, 2L), (first!.Value, second!.Value));
        Assert.False(await Catalogue.Uploads.HoldsLeaseAsync(upload.Id, 1, Cancel));
        Assert.True(await Catalogue.Uploads.HoldsLeaseAsync(upload.Id, 2, Cancel));
        Assert.Null(await Catalogue.Uploads.TakeLeaseAsync("none", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task End_Once_DestroysTheKeyAndStays()
    {
        var upload = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;
        await Catalogue.Uploads.TakeLeaseAsync(upload.Id, Cancel);

        var ended = await Catalogue.Uploads.EndAsync(upload.Id, UploadState.Refused, new byte[] { 7, 8 }, Cancel);
        var again = await Catalogue.Uploads.EndAsync(upload.Id, UploadState.Cancelled, new byte[] { 9 }, Cancel);

        Assert.NotNull(ended);
        Assert.True(ended.WrappedKey.IsEmpty);
        Assert.Equal(UploadState.Refused, again!.State);
        Assert.Equal([7, 8], again.Outcome.ToArray());
        Assert.Null(await Catalogue.Uploads.TakeLeaseAsync(upload.Id, Cancel));
        Assert.False(await Catalogue.Uploads.HoldsLeaseAsync(upload.Id, 1, Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Catalogue.Uploads.EndAsync(upload.Id, UploadState.Accepted, default, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Overdue_AtItsTime_IsToldThenForgottenOnlyOnceEnded()
    {
        var upload = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;

        Assert.Empty(await Catalogue.Uploads.OverdueAsync(upload.ExpiresAt.AddTicks(-1), Cancel));
        Assert.Equal(upload.Id, Assert.Single(await Catalogue.Uploads.OverdueAsync(upload.ExpiresAt, Cancel)).Id);
        Assert.Equal(0, await Catalogue.Uploads.ForgetAsync(upload.ExpiresAt, Cancel));
        await Catalogue.Uploads.EndAsync(upload.Id, UploadState.Expired, default, Cancel);
        Assert.Equal(1, await Catalogue.Uploads.ForgetAsync(upload.ExpiresAt, Cancel));
        Assert.Null(await Catalogue.Uploads.FindAsync(upload.Organisation, upload.Id, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Rewrap_FromTheStandingWrapping_ReplacesItOnce()
    {
        var upload = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;

        Assert.True(await Catalogue.Uploads.RewrapAsync(upload.Id, upload.WrappedKey, new byte[] { 1 }, Cancel));
        Assert.False(await Catalogue.Uploads.RewrapAsync(upload.Id, upload.WrappedKey, new byte[] { 2 }, Cancel));
        Assert.Equal([1], (await Catalogue.Uploads.FindAsync(upload.Organisation, upload.Id, Cancel))!.WrappedKey.ToArray());
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_OfAnUpload_EndsItWithTheReceipt()
    {
        var upload = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;
        var draft = SampleSubmissions.Of("a", "2025");

        await Catalogue.Submissions.CommitAsync(draft, new UploadEnd(upload.Id, new byte[] { 4, 5 }), Cancel);
        await ReopenAsync();

        var ended = await Catalogue.Uploads.FindAsync(upload.Organisation, upload.Id, Cancel);
        Assert.Equal(UploadState.Accepted, ended!.State);
        Assert.Equal(draft.Id, ended.SubmissionId);
        Assert.True(ended.WrappedKey.IsEmpty);
        Assert.Equal([4, 5], ended.Outcome.ToArray());
        Assert.Equal([4, 5], (await Catalogue.Submissions.ReceiptAsync(draft.Organisation, draft.Id, Cancel))!.Value.ToArray());
        Assert.Null(await Catalogue.Submissions.ReceiptAsync(SampleSubmissions.Lund, draft.Id, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_OfContentThatIsThere_AnswersTheFirstReceipt()
    {
        var first = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;
        await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), new UploadEnd(first.Id, new byte[] { 4 }), Cancel);
        var second = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;

        var committed = await Catalogue.Submissions.CommitAsync(
            SampleSubmissions.Of("a", "2025"), new UploadEnd(second.Id, new byte[] { 5 }), Cancel);

        Assert.True(committed.WasThere);
        Assert.Equal([4], (await Catalogue.Uploads.FindAsync(second.Organisation, second.Id, Cancel))!.Outcome.ToArray());
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_OfAnUploadThatHasEnded_StoresNothing()
    {
        var upload = (await Catalogue.Uploads.OpenAsync(Draft("a"), Ample, Cancel)).Upload;
        await Catalogue.Uploads.EndAsync(upload.Id, UploadState.Expired, default, Cancel);

        var refused = await Assert.ThrowsAsync<UploadEndedException>(
            () => Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), new UploadEnd(upload.Id, new byte[] { 4 }), Cancel));

        Assert.Equal(UploadState.Expired, refused.Upload!.State);
        Assert.Empty(await Catalogue.Submissions.InProjectAsync(SampleSubmissions.Project, Cancel));
        Assert.Null(await Catalogue.Projects.FindAsync(SampleSubmissions.Project, Cancel));
    }

    private static Upload Draft(string content) => new(
        "u-" + Guid.NewGuid().ToString("N"),
        SampleSubmissions.Umea,
        SampleSubmissions.Project,
        SampleSubmissions.Sha256("content " + content),
        """{"note":"åäö"}""",
        1_000,
        new byte[] { 1, 2, 3, 255 },
        SampleSubmissions.Time,
        SampleSubmissions.Time.AddDays(7));
}
