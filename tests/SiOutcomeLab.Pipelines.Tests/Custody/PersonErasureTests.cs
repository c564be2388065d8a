using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Custody;

public sealed class PersonErasureTests
{
    [Fact]
    public async Task Erase_PersonOfTwoSubmissions_LeavesEveryOtherRowAndNoByteOfThePerson()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var first = await lab.CommitAsync([1, 2, 1, 3, 1, 1, 1, 1, 2], participants: [2, 1]);
        var second = await lab.CommitAsync([1]);
        var untouched = await lab.CommitAsync([2, 3]);
        var person = await lab.LakePersonAsync(1);
        Assert.NotEmpty(lab.FilesWith(person));
        var before = await lab.RowsAsync(first.Observations);

        var outcome = await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Equal(new ErasureOutcome(2, 8, 0), outcome);
        var now = (await lab.Catalogue.Submissions.FindAsync(CustodyLab.Owner, first.Id, CustodyLab.Token))!;
        Assert.Equal((3L, 1L, 7L, lab.Time.Now), (now.ObservationRows, now.ParticipationRows, now.ErasedRows, now.LastErasedAt!.Value));
        Assert.Equal([before[1], before[3], before[8]], await lab.RowsAsync(now.Observations));
        var emptied = (await lab.Catalogue.Submissions.FindAsync(CustodyLab.Owner, second.Id, CustodyLab.Token))!;
        Assert.Empty(await lab.RowsAsync(emptied.Observations));
        var same = (await lab.Catalogue.Submissions.FindAsync(CustodyLab.Owner, untouched.Id, CustodyLab.Token))!;
        Assert.Equal((SubmissionFiles.Of(untouched), null), (SubmissionFiles.Of(same), same.LastErasedAt));
        Assert.Empty(lab.FilesWith(person));
        Assert.Empty(lab.FilesWith(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(person))));
        Assert.Empty(lab.FilesWith(Encoding.ASCII.GetBytes(CustodyLab.Sent(1).ToHex())));
    }

    [Fact]
    public async Task Erase_PersonWhomOthersSentToo_TouchesTheOwnersRowsOfTheProjectAlone()
    {
        await using var lab = await CustodyLab.OpenAsync();
        await lab.CommitAsync([1, 2]);
        var others = await lab.CommitAsync([1, 3], organisation: CustodyLab.Other);
        var otherProject = await lab.CommitAsync([1, 4], project: new ProjectId("other"));

        await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Equal(2, (await lab.RowsAsync(others.Observations)).Length);
        Assert.Equal(2, (await lab.RowsAsync(otherProject.Observations, otherProject.Project)).Length);
    }

    [Fact]
    public async Task Erase_FromSubmissionsThatShareAnObject_RenewsBothAndDeletesIt()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var one = await lab.CommitAsync([1, 2]);
        var two = await lab.CommitAsync([1, 2]);
        Assert.Equal(one.Observations, two.Observations);

        var outcome = await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Equal((2, 2L), (outcome.Submissions, outcome.Rows));
        Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(1)));
    }

    [Fact]
    public async Task Erase_WithAnUploadOnItsWay_CancelsItAndForbidsThePerson()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var secrets = lab.Secrets;
        foreach (var (id, project) in new[] { ("u-1", CustodyLab.Project), ("u-2", new ProjectId("other")) })
        {
            var upload = new Upload(
                id, CustodyLab.Owner, project, id, "{}", 9, secrets.NewUploadKey(id), lab.Time.Now, lab.Time.Now.AddDays(7));
            await lab.Catalogue.Uploads.OpenAsync(upload, new UploadQuota(9, 99), CustodyLab.Token);
            await using var file = lab.Spool.Create(id, "observations", secrets.UploadKey(upload), 9);
            await file.AppendAsync(0, new byte[] { 1, 2, 3 }, CustodyLab.Token);
            await file.FlushAsync(CustodyLab.Token);
        }

        var outcome = await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Equal(1, outcome.CancelledUploads);
        Assert.Equal(["u-2"], lab.Spool.Uploads());
        Assert.Equal(UploadState.Cancelled, (await lab.Catalogue.Uploads.FindAsync(CustodyLab.Owner, "u-1", CustodyLab.Token))!.State);
        var forbidden = await ForbiddenPersons.OfAsync(
            lab.Catalogue.Submissions, CustodyLab.Owner, CustodyLab.Project, CustodyLab.Token);
        Assert.True(forbidden.Contains(await lab.LakePersonAsync(1)));
        Assert.False(forbidden.Contains(await lab.LakePersonAsync(2)));
    }

    [Fact]
    public async Task Erase_OnePersonAfterAnother_KeepsTheNumbersThatTheSenderKnows()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([5, 1, 2, 3, 2, 1, 4, 3, 2, 1]);
        foreach (var person in (int[])[2, 5, 1])
        {
            await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(person), CustodyLab.Token);
        }

        var now = (await lab.Catalogue.Submissions.FindAsync(CustodyLab.Owner, submission.Id, CustodyLab.Token))!;
        var returned = await OwnDataReturnTests.ReturnedAsync(lab, now.Observations);

        Assert.Equal([4L, 7L, 8L], returned.Numbers);
        Assert.Equal(["-", "-", "row 8"], returned.Labels);
    }

    [Fact]
    public async Task Erase_WhileAnotherErasureDeletesTheFile_GoesOnWithWhatStandsNow()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([1, 2, 3], participants: [2, 1]);
        var lake = new InterruptedLake(
            lab.Lake, () => lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(2), CustodyLab.Token));

        var outcome = await lab.ErasureOn(lake).EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Equal(new ErasureOutcome(1, 2, 0), outcome);
        var now = (await lab.Catalogue.Submissions.FindAsync(CustodyLab.Owner, submission.Id, CustodyLab.Token))!;
        Assert.Equal((1L, 0L, 4L), (now.ObservationRows, now.ParticipationRows, now.ErasedRows));
        Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(1)));
        Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(2)));
    }

    [Fact]
    public async Task Erase_ManyPersonsAtOnce_RemovesEachAndLosesNoOther()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([1, 2, 3, 4, 5, 6, 7, 1, 2, 3]);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 6).Select(person => Task.Run(() => lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(person), CustodyLab.Token)))).WaitAsync(TimeSpan.FromMinutes(1), CustodyLab.Token);

        Assert.Equal(9, outcomes.Sum(o => o.Rows));
        var now = (await lab.Catalogue.Submissions.FindAsync(CustodyLab.Owner, submission.Id, CustodyLab.Token))!;
        Assert.Single(await lab.RowsAsync(now.Observations));
        for (var person = 1; person <= 6; person++) Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(person)));
        Assert.NotEmpty(lab.FilesWith(await lab.LakePersonAsync(7)));
    }

    [Fact]
    public async Task Erase_WhenAnObjectIsMissingIndeed_SaysSo()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([1, 2]);
        await lab.Lake.EraseAsync(submission.Observations.Sha256, CustodyLab.Token);

        await Assert.ThrowsAsync<LakeObjectMissingException>(() => lab.Erasure
            .EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token)
            .WaitAsync(TimeSpan.FromMinutes(1), CustodyLab.Token));
    }

    [Fact]
    public async Task Erase_WithObjectsThatNoSubmissionNames_RemovesThem()
    {
        await using var lab = await CustodyLab.OpenAsync();
        await lab.CommitAsync([1, 2]);
        await lab.PutAsync([1, 5]);

        await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(1)));
        Assert.Empty(lab.FilesWith(await lab.LakePersonAsync(5)));
        Assert.NotEmpty(lab.FilesWith(await lab.LakePersonAsync(2)));
    }

    [Fact]
    public async Task Erase_CutShort_HasTheProofOfWhatIsGoneAlready()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var first = await lab.CommitAsync([1, 2, 1], participants: [1]);
        var second = await lab.CommitAsync([1, 3]);
        await lab.Lake.EraseAsync(second.Observations.Sha256, CustodyLab.Token);

        await Assert.ThrowsAsync<LakeObjectMissingException>(
            () => lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token));

        var proof = Assert.Single(await lab.Catalogue.Audit.ListAsync(null, 0, 10, CustodyLab.Token)).Entry;
        Assert.Equal(
            (CustodyLab.Owner, CustodyLab.Caller.Subject, "hub/erase", "submissions/" + first.Id, "ERASED 3 ROWS"),
            (proof.Organisation, proof.Subject, proof.Call, proof.Resource, proof.Outcome));
        Assert.Null((await lab.Catalogue.Audit.VerifyAsync(null, CustodyLab.Token)).Break);
    }

    [Fact]
    public async Task Erase_Again_FindsNothingMore()
    {
        await using var lab = await CustodyLab.OpenAsync();
        await lab.CommitAsync([1, 2]);
        await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        var again = await lab.Erasure.EraseAsync(CustodyLab.Caller, CustodyLab.Project, CustodyLab.Sent(1), CustodyLab.Token);

        Assert.Equal(new ErasureOutcome(0, 0, 0), again);
    }
}
