using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Custody;

/// <summary>What stays in the lake and what goes, while commits and removals meet.</summary>
public sealed class LakeGateTests
{
    [Fact]
    public async Task Remove_ObjectThatACommitHolds_LeavesItAndTheHolderRemovesIt()
    {
        await using var lab = await CustodyLab.OpenAsync();
        await using (var hold = lab.Gate.Hold())
        {
            var held = await hold.PutAsync(Name(1), Content(1), CustodyLab.Token);

            await lab.Gate.RemoveAsync([held], CustodyLab.Token);
            Assert.Equal(0, await lab.Gate.SweepAsync(CustodyLab.Token));

            Assert.True(await IsThereAsync(lab, 1));
        }

        Assert.False(await IsThereAsync(lab, 1));
    }

    [Fact]
    public async Task Dispose_ObjectThatAnotherCommitHolds_LeavesItToTheLast()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var last = lab.Gate.Hold();
        await using (var first = lab.Gate.Hold())
        {
            await first.PutAsync(Name(1), Content(1), CustodyLab.Token);
            await last.PutAsync(Name(1), Content(1), CustodyLab.Token);
        }

        Assert.True(await IsThereAsync(lab, 1));
        await last.DisposeAsync();
        Assert.False(await IsThereAsync(lab, 1));
    }

    [Fact]
    public async Task Dispose_ObjectThatASubmissionNames_Stays()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([1]);
        await using (var hold = lab.Gate.Hold())
        {
            await using var same = await lab.Lake.OpenReadAsync(submission.Observations, CustodyLab.Token);
            await hold.PutAsync(submission.Observations.Sha256, same, CustodyLab.Token);
        }

        Assert.Single(await lab.RowsAsync(submission.Observations));
    }

    [Fact]
    public async Task Commit_WhenAnotherProgramHasRemovedAnObject_CommitsNothing()
    {
        await using var lab = await CustodyLab.OpenAsync();
        await using var hold = lab.Gate.Hold();
        await hold.PutAsync(Name(1), Content(1), CustodyLab.Token);
        await lab.Lake.EraseAsync(Name(1), CustodyLab.Token);
        var committed = false;

        await Assert.ThrowsAsync<LakeObjectMissingException>(() => hold.CommitAsync(_ => Task.FromResult(committed = true), CustodyLab.Token));

        Assert.False(committed);
    }

    [Fact]
    public async Task Sweep_ObjectsThatNobodyNames_TakesThemWhateverTheirAge()
    {
        await using var lab = await CustodyLab.OpenAsync();
        var submission = await lab.CommitAsync([1]);
        await lab.PutAsync([2]);

        Assert.Equal(1, await lab.Gate.SweepAsync(CustodyLab.Token));

        Assert.Single(await lab.RowsAsync(submission.Observations));
    }

    /// <summary>Another gate on the same catalogue and lake is another hub.</summary>
    [Fact]
    public async Task Sweep_ByAnotherHub_LeavesWhatThisOneHolds()
    {
        await using var lab = await CustodyLab.OpenAsync();
        using var other = new LakeGate(lab.Catalogue, lab.Lake, lab.Time);
        await using var hold = lab.Gate.Hold();
        var held = await hold.PutAsync(Name(1), Content(1), CustodyLab.Token);

        Assert.Equal(0, await other.SweepAsync(CustodyLab.Token));
        await other.RemoveAsync([held], CustodyLab.Token);

        Assert.True(await IsThereAsync(lab, 1));
    }

    [Fact]
    public async Task Commit_AfterStandingStillPastTheHold_IsRefusedAndCanBePutAgain()
    {
        await using var lab = await CustodyLab.OpenAsync();
        using var other = new LakeGate(lab.Catalogue, lab.Lake, lab.Time);
        await using var hold = lab.Gate.Hold();
        var put = await hold.PutAsync(Name(1), Content(1), CustodyLab.Token);
        lab.Time.Now += LakeGate.Lease;
        Assert.Equal(1, await other.SweepAsync(CustodyLab.Token));
        var draft = (HeldObjects held) => lab.CommitDraftAsync(put, held);

        // Put there by somebody meanwhile: only the catalogue knows that nothing keeps it.
        await lab.Lake.PutAsync(Name(1), Content(1), CustodyLab.Token);
        await Assert.ThrowsAsync<LakeObjectMissingException>(() => hold.CommitAsync(draft, CustodyLab.Token));

        await hold.PutAsync(Name(1), Content(1), CustodyLab.Token);
        await hold.CommitAsync(draft, CustodyLab.Token);
        Assert.Equal(0, await other.SweepAsync(CustodyLab.Token));
        Assert.True(await IsThereAsync(lab, 1));
    }

    /// <summary>A sweeper that stood still past its turn deletes nothing of what others have put since.</summary>
    [Fact]
    public async Task Sweep_AfterStandingStillPastTheTurn_LeavesWhatHasComeSince()
    {
        await using var lab = await CustodyLab.OpenAsync();
        await lab.PutAsync([2]);
        using var other = new LakeGate(lab.Catalogue, lab.Lake, lab.Time);
        await using var hold = other.Hold();
        using var gate = new LakeGate(
            lab.Catalogue,
            new StoppedSweepLake(lab.Lake, async () =>
            {
                lab.Time.Now += LakeGate.Lease;
                await hold.PutAsync(Name(1), Content(1), CustodyLab.Token);
            }),
            lab.Time);

        Assert.Equal(1, await gate.SweepAsync(CustodyLab.Token));

        Assert.True(await IsThereAsync(lab, 1));
    }

    private static MemoryStream Content(byte number) => new([number]);

    private static string Name(byte number) => Convert.ToHexStringLower(SHA256.HashData([number]));

    private static async Task<bool> IsThereAsync(CustodyLab lab, byte number)
    {
        try
        {
            await (await lab.Lake.OpenReadAsync(new LakeObject(Name(number), 1), CustodyLab.Token)).DisposeAsync();
            return true;
        }
        catch (LakeObjectMissingException)
        {
            return false;
        }
    }

    /// <summary>A lake whose sweep stands still between the list of what stays and the first look at the lake.</summary>
    private sealed class StoppedSweepLake(ILake lake, Func<Task> meanwhile) : ILake
    {
        public Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken) =>
            lake.PutAsync(sha256, content, cancellationToken);

        public Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken) => lake.OpenReadAsync(lakeObject, cancellationToken);

        public async Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken)
        {
            await meanwhile();
            return await lake.SweepAsync(named, olderThan, cancellationToken);
        }

        public Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken) => lake.EraseAsync(sha256, cancellationToken);
    }
}
