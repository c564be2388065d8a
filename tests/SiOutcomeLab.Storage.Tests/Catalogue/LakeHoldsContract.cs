using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Catalogue;

/// <summary>What keeps one hub's removal from another's commit; two holders stand for two hubs.</summary>
public abstract class LakeHoldsContract : CatalogueContract
{
    private static readonly DateTimeOffset Now = SampleSubmissions.Time;
    private static readonly DateTimeOffset End = Now.AddMinutes(1);
    private static readonly string Object = SampleSubmissions.Sha256("an object");

    private ILakeHolds Holds => Catalogue.Holds;

    [Fact(Timeout = Limit)]
    public async Task TakeTurn_NamedAndHeld_StayAndNothingElse()
    {
        var named = (await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel)).Submission;
        await Holds.TryWriteAsync("one", Object, Now, End, Cancel);

        var turn = await Holds.TryTakeTurnAsync(Now, End, Cancel);

        Assert.Equal(new[] { Object, named.Observations.Sha256, named.Participations!.Sha256 }.Order(), turn!.Staying.Order());
    }

    [Fact(Timeout = Limit)]
    public async Task TakeTurn_WhileAnotherHasIt_IsRefusedUntilItEndsOrExpires()
    {
        var first = await Holds.TryTakeTurnAsync(Now, End, Cancel);

        Assert.Null(await Holds.TryTakeTurnAsync(End.AddTicks(-1), End, Cancel));
        var second = await Holds.TryTakeTurnAsync(End, End.AddMinutes(1), Cancel);
        Assert.True(second!.Epoch > first!.Epoch);

        // The first one has lost it: it renews nothing, and its end ends nobody else's turn.
        Assert.False(await Holds.RenewTurnAsync(first.Epoch, End.AddMinutes(9), Cancel));
        await Holds.EndTurnAsync(first.Epoch, Cancel);
        Assert.Null(await Holds.TryTakeTurnAsync(End, End.AddMinutes(1), Cancel));
        Assert.True(await Holds.RenewTurnAsync(second.Epoch, End.AddMinutes(2), Cancel));
        Assert.Null(await Holds.TryTakeTurnAsync(End.AddMinutes(1), End.AddMinutes(3), Cancel));
        await Holds.EndTurnAsync(second.Epoch, Cancel);
        Assert.NotNull(await Holds.TryTakeTurnAsync(End, End.AddMinutes(1), Cancel));
        Assert.False(await Holds.RenewTurnAsync(second.Epoch, End, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Write_WhileObjectsAreRemoved_Waits()
    {
        var turn = await Holds.TryTakeTurnAsync(Now, End, Cancel);

        Assert.False(await Holds.TryWriteAsync("one", Object, Now, End, Cancel));
        await Holds.EndTurnAsync(turn!.Epoch, Cancel);
        Assert.True(await Holds.TryWriteAsync("one", Object, Now, End, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Write_OfWhatAnotherWrites_WaitsUntilItIsWrittenOrExpires()
    {
        Assert.True(await Holds.TryWriteAsync("one", Object, Now, End, Cancel));
        Assert.False(await Holds.TryWriteAsync("two", Object, Now, End, Cancel));
        Assert.True(await Holds.TryWriteAsync("one", Object, Now, End, Cancel));
        Assert.True(await Holds.TryWriteAsync("two", SampleSubmissions.Sha256("another"), Now, End, Cancel));

        await Holds.WrittenAsync("one", Object, Cancel);
        Assert.True(await Holds.TryWriteAsync("two", Object, Now, End, Cancel));
        Assert.False(await Holds.TryWriteAsync("three", Object, Now, End, Cancel));
        Assert.True(await Holds.TryWriteAsync("three", Object, End, End.AddMinutes(1), Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Commit_UnderAHold_IsTakenAndWithoutOneRefused()
    {
        var draft = SampleSubmissions.Of("a", "2025");
        string[] names = [draft.Observations.Sha256, draft.Participations!.Sha256];
        foreach (var name in names) await Holds.TryWriteAsync("one", name, Now, End, Cancel);
        await Holds.WrittenAsync("one", names[0], Cancel);

        // The second object is not written yet, and the other holder has nothing.
        await Assert.ThrowsAsync<LakeHoldLostException>(() => Catalogue.Submissions.CommitAsync(draft, null, new HeldObjects("one", names), Cancel));
        await Holds.WrittenAsync("one", names[1], Cancel);
        await Assert.ThrowsAsync<LakeHoldLostException>(() => Catalogue.Submissions.CommitAsync(draft, null, new HeldObjects("two", names), Cancel));
        Assert.Empty(await Catalogue.Submissions.KeptAsync(null, Cancel));

        Assert.False((await Catalogue.Submissions.CommitAsync(draft, null, new HeldObjects("one", names), Cancel)).WasThere);
    }

    /// <summary>A hub that stood still past its hold, while another removed: it commits nothing.</summary>
    [Fact(Timeout = Limit)]
    public async Task Commit_HoldThatARemovalHasEnded_IsRefused()
    {
        var draft = SampleSubmissions.Of("a", "2025") with { Participations = null, ParticipationRows = 0 };
        var held = new HeldObjects("one", [draft.Observations.Sha256]);
        await Holds.TryWriteAsync("one", draft.Observations.Sha256, Now, End, Cancel);
        await Holds.WrittenAsync("one", draft.Observations.Sha256, Cancel);
        await Holds.RenewAsync("one", End.AddMinutes(1), Cancel);
        var turn = await Holds.TryTakeTurnAsync(End, End.AddMinutes(1), Cancel);
        Assert.Contains(draft.Observations.Sha256, turn!.Staying);
        await Holds.EndTurnAsync(turn.Epoch, Cancel);

        turn = await Holds.TryTakeTurnAsync(End.AddMinutes(1), End.AddMinutes(2), Cancel);

        Assert.Empty(turn!.Staying);
        await Assert.ThrowsAsync<LakeHoldLostException>(() => Catalogue.Submissions.CommitAsync(draft, null, held, Cancel));
        await Holds.RenewAsync("one", End.AddMinutes(9), Cancel);
        await Assert.ThrowsAsync<LakeHoldLostException>(() => Catalogue.Submissions.CommitAsync(draft, null, held, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task ReplaceFiles_WithoutTheHold_ReplacesNothing()
    {
        var s = (await Catalogue.Submissions.CommitAsync(SampleSubmissions.Of("a", "2025"), Cancel)).Submission;
        var standing = SubmissionFiles.Of(s);
        var renewed = standing with { Observations = new LakeObject(Object, 7), ObservationRows = 320 };
        var proof = Domain.Identity.AuditEntry.OfHub(Now, "erase", "submissions/" + s.Id, "OK");
        var held = new HeldObjects("one", [Object]);

        await Assert.ThrowsAsync<LakeHoldLostException>(
            () => Catalogue.Submissions.ReplaceFilesAsync(s.Id, standing, renewed, proof, held, Cancel));
        Assert.Equal(0, (await Catalogue.Audit.HeadAsync(Cancel)).Sequence);

        await Holds.TryWriteAsync("one", Object, Now, End, Cancel);
        await Holds.WrittenAsync("one", Object, Cancel);
        Assert.True(await Catalogue.Submissions.ReplaceFilesAsync(s.Id, standing, renewed, proof, held, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Mark_GivenTwice_IsTheFirst()
    {
        Assert.Equal("first", await Holds.MarkAsync("first", Cancel));
        await ReopenAsync();
        Assert.Equal("first", await Holds.MarkAsync("second", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Release_OneHolder_LeavesTheOthers()
    {
        foreach (var holder in (string[])["one", "two"])
        {
            await Holds.TryWriteAsync(holder, Object, Now, End, Cancel);
            await Holds.WrittenAsync(holder, Object, Cancel);
        }

        await Holds.ReleaseAsync("one", Cancel);
        Assert.Single((await Holds.TryTakeTurnAsync(Now, End, Cancel))!.Staying);

        await Holds.ClearAsync(Cancel);
        Assert.Empty((await Holds.TryTakeTurnAsync(Now, End, Cancel))!.Staying);
    }
}
