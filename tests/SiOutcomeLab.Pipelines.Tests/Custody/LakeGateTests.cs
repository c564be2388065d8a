using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
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

        await Assert.ThrowsAsync<LakeObjectMissingException>(() => hold.CommitAsync(() => Task.FromResult(committed = true), CustodyLab.Token));

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
}
