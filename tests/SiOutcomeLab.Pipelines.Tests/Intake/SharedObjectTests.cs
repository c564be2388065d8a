using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Custody;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Intake;

/// <summary>Deliveries of equal bytes share objects of the lake: none may lose what it has been acknowledged, and what is refused leaves nothing.</summary>
public sealed class SharedObjectTests : IAsyncLifetime
{
    private readonly SmallYears _data = SmallYears.From(2024);
    private TestLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await TestLab.OpenAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Finalise_WhileTheEarlierOfEqualBytesIsPurged_KeepsWhatItAcknowledges()
    {
        var lake = new GatedLake(_lab.Lake, isAfterPut: true);
        await using var intake = new TestIntake(_lab, lake: lake);
        var first = await new Func<Task<IntakeOutcome>>(async () =>
        {
            await using var plain = new TestIntake(_lab);
            return await plain.SendAsync(_data.Manifest, _data.Observations, _data.Participations);
        })();
        await _lab.Catalogue.Submissions.WithdrawAsync(_data.Manifest.Organisation, first.Submission!.Id, _lab.Time.Now, TestLab.Token);
        await _lab.Catalogue.Submissions.RetainAsync(_data.Manifest.Organisation, first.Submission.Id, new DateOnly(2026, 5, 31), TestLab.Token);
        var second = intake.SendAsync(_data.Manifest, _data.Observations, _data.Participations);
        await lake.UntilWaitingAsync(1);

        Assert.Equal(1, await new RetentionSweep(_lab.Catalogue, intake.Gate, _lab.Time).RunAsync(TestLab.Token));
        lake.Open();
        var outcome = await second.WaitAsync(TimeSpan.FromMinutes(1), TestLab.Token);

        Assert.True(outcome.IsAccepted);
        foreach (var named in (LakeObject[])[outcome.Submission!.Observations, outcome.Submission.Participations!])
        {
            await using var content = await _lab.Lake.OpenReadAsync(named, TestLab.Token);
            Assert.Equal(named.Bytes, content.Length);
        }
    }

    [Fact]
    public async Task Finalise_WhenAnotherProgramClearsTheLakeMeanwhile_PutsItAgain()
    {
        var lake = new GatedLake(_lab.Lake, isAfterPut: true);
        await using var intake = new TestIntake(_lab, lake: lake);
        var asked = intake.SendAsync(_data.Manifest, _data.Observations, _data.Participations);
        await lake.UntilWaitingAsync(1);

        Assert.Equal(1, await _lab.Lake.SweepAsync(new HashSet<string>(), DateTimeOffset.MaxValue, TestLab.Token));
        lake.Open();
        var outcome = await asked.WaitAsync(TimeSpan.FromMinutes(1), TestLab.Token);

        Assert.Equal(2, _lab.LakeFiles.Length);
        await (await _lab.Lake.OpenReadAsync(outcome.Submission!.Observations, TestLab.Token)).DisposeAsync();
    }

    [Fact]
    public async Task Finalise_OfWhatCannotBeCommitted_LeavesTheLakeAsItWas()
    {
        await using var intake = new TestIntake(_lab);
        Assert.True((await intake.SendAsync(_data.Manifest, _data.Observations, _data.Participations)).IsAccepted);
        var before = _lab.LakeFiles;
        var overlapping = SmallYears.From(2025, earnings: 7);
        var replacing = SmallYears.From(2030) is var other ? other with { Manifest = other.Manifest with { Supersedes = new string('a', 32) } } : other;

        await Assert.ThrowsAsync<PeriodOverlapException>(
            () => intake.SendAsync(overlapping.Manifest, overlapping.Observations, overlapping.Participations));
        await Assert.ThrowsAsync<SupersededUnknownException>(
            () => intake.SendAsync(replacing.Manifest, replacing.Observations, replacing.Participations));

        Assert.Equal(before, _lab.LakeFiles);
    }

    [Fact]
    public async Task Finalise_OfAnUploadThatIsCancelledAtItsCommit_LeavesTheLakeEmpty()
    {
        var lake = new GatedLake(_lab.Lake, isAfterPut: true);
        await using var intake = new TestIntake(_lab, lake: lake);
        var asked = intake.SendAsync(_data.Manifest, _data.Observations, _data.Participations);
        await lake.UntilWaitingAsync(1);
        var upload = Assert.Single(await _lab.Catalogue.Uploads.AllOpenAsync(TestLab.Token));
        await _lab.Catalogue.Uploads.EndAsync(upload.Id, UploadState.Cancelled, default, TestLab.Token);
        lake.Open();

        Assert.Equal(UploadProblem.Closed, (await Assert.ThrowsAsync<UploadException>(() => asked)).Problem);
        Assert.Empty(_lab.LakeFiles);
    }
}
