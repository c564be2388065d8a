using System.Text;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Intake;

/// <summary>The end of an upload: once, whoever asks and however often, and the same answer to all.</summary>
public sealed class FinaliseDeskTests : IAsyncLifetime
{
    private readonly SmallYears _data = SmallYears.From(2024);
    private TestLab _lab = null!;

    public async ValueTask InitializeAsync() => _lab = await TestLab.OpenAsync();

    public ValueTask DisposeAsync() => _lab.DisposeAsync();

    [Fact]
    public async Task Finalise_AtOnceAgainAndAfterARestart_GivesTheSameBytesAndOneSubmission()
    {
        byte[][] answers;
        string id;
        await using (var intake = new TestIntake(_lab))
        {
            id = await SentAsync(intake, _data);
            var atOnce = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => FinaliseAsync(intake, id))));
            _lab.Time.Now += TimeSpan.FromHours(1);
            answers = [.. atOnce.Select(o => o.Answer.ToArray()), (await FinaliseAsync(intake, id)).Answer.ToArray()];
            Assert.Empty(intake.SpoolFiles);
        }

        await using var restarted = new TestIntake(_lab);
        var last = await FinaliseAsync(restarted, id);

        Assert.All(answers, a => Assert.Equal(last.Answer.ToArray(), a));
        Assert.StartsWith("receipt ", Encoding.UTF8.GetString(last.Answer.Span), StringComparison.Ordinal);
        var submission = Assert.Single(await _lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token));
        Assert.Equal(
            last.Answer.ToArray(),
            (await _lab.Catalogue.Submissions.ReceiptAsync(submission.Organisation, submission.Id, TestLab.Token))!.Value.ToArray());
    }

    [Fact]
    public async Task Finalise_WhenTheCallerHangsUp_GoesOnAndTheNextJoins()
    {
        var lake = new GatedLake(_lab.Lake);
        await using var intake = new TestIntake(_lab, lake: lake);
        var id = await SentAsync(intake, _data);
        using var hangUp = new CancellationTokenSource();
        var first = intake.Finalise.FinaliseAsync(_data.Manifest.Organisation, id, hangUp.Token);
        await lake.UntilWaitingAsync(1);
        Assert.Equal(UploadStage.Committing, intake.Finalise.StageOf(id));

        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var second = FinaliseAsync(intake, id);
        lake.Open();

        Assert.True((await second).IsAccepted);
        Assert.Equal(2, lake.Puts);
    }

    [Fact]
    public async Task Finalise_WhenTheHubStops_IsToldSoAndDoneAtTheNextStart()
    {
        var lake = new GatedLake(_lab.Lake);
        string id;
        await using (var intake = new TestIntake(_lab, lake: lake))
        {
            id = await SentAsync(intake, _data);
            var asked = FinaliseAsync(intake, id);
            await lake.UntilWaitingAsync(1);
            await intake.Keeping.StopAsync(TestLab.Token);

            Assert.Equal(UploadProblem.Stopping, (await Assert.ThrowsAsync<UploadException>(() => asked)).Problem);
            Assert.Equal(UploadProblem.Stopping, (await Assert.ThrowsAsync<UploadException>(() => FinaliseAsync(intake, id))).Problem);
        }

        await using var restarted = new TestIntake(_lab);
        Assert.True((await FinaliseAsync(restarted, id)).IsAccepted);
        Assert.Single(await _lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token));
    }

    [Fact]
    public async Task Finalise_MoreThanMayBeCheckedAtOnce_WaitForTheirTurn()
    {
        var lake = new GatedLake(_lab.Lake);
        await using var intake = new TestIntake(_lab, new UploadLimits { MaximumChecks = 2 }, lake);
        var all = Enumerable.Range(0, 4).Select(i => SmallYears.From(2000 + (3 * i))).ToArray();
        var asked = new List<Task<IntakeOutcome>>();
        foreach (var data in all) asked.Add(FinaliseAsync(intake, await SentAsync(intake, data)));
        await lake.UntilWaitingAsync(2);
        await Task.Delay(300, TestLab.Token);
        Assert.Equal(2, lake.Waiting);
        lake.Open();

        Assert.All(await Task.WhenAll(asked), o => Assert.True(o.IsAccepted));
    }

    [Fact]
    public async Task Finalise_WithBytesMissing_SaysWhichAndStaysOpen()
    {
        await using var intake = new TestIntake(_lab);
        var id = (await intake.Desk.OpenAsync(_data.Manifest, TestLab.Token)).Opened!.Upload.Id;
        await intake.WriteAsync(_data.Manifest, id, SubmissionPart.Observations, _data.Observations);
        await intake.WriteAsync(_data.Manifest, id, SubmissionPart.Participations, _data.Participations.AsMemory(0, 9));

        var e = await Assert.ThrowsAsync<UploadException>(() => FinaliseAsync(intake, id));

        Assert.Equal(UploadProblem.Incomplete, e.Problem);
        Assert.Contains(("file", "participations"), e.Facts);
        Assert.Contains(("durable_bytes", "9"), e.Facts);
        await intake.WriteAsync(_data.Manifest, id, SubmissionPart.Participations, _data.Participations.AsMemory(9), offset: 9);
        Assert.True((await FinaliseAsync(intake, id)).IsAccepted);
    }

    [Fact]
    public async Task Finalise_OfAPeriodThatStands_LeavesTheUploadOpen()
    {
        await using var intake = new TestIntake(_lab);
        var first = await FinaliseAsync(intake, await SentAsync(intake, _data));
        var id = await SentAsync(intake, SmallYears.From(2025, earnings: 7));

        await Assert.ThrowsAsync<PeriodOverlapException>(() => FinaliseAsync(intake, id));
        await _lab.Catalogue.Submissions.WithdrawAsync(_data.Manifest.Organisation, first.Submission!.Id, _lab.Time.Now, TestLab.Token);

        Assert.True((await FinaliseAsync(intake, id)).IsAccepted);
    }

    [Fact]
    public async Task Finalise_OfWhatIsRefused_RemembersTheFindings()
    {
        await using var intake = new TestIntake(_lab);
        var manifest = _data.Manifest with { Observations = _data.Manifest.Observations with { Rows = 7 } };
        var id = (await intake.Desk.OpenAsync(manifest, TestLab.Token)).Opened!.Upload.Id;
        await intake.WriteAsync(manifest, id, SubmissionPart.Observations, _data.Observations);
        await intake.WriteAsync(manifest, id, SubmissionPart.Participations, _data.Participations);

        var first = await FinaliseAsync(intake, id);
        var again = await FinaliseAsync(intake, id);

        Assert.False(first.IsAccepted);
        Assert.Equal("refusal FILE_ROWS_MISMATCH", Encoding.UTF8.GetString(first.Answer.Span));
        Assert.Equal(first.Answer.ToArray(), again.Answer.ToArray());
        Assert.Empty(intake.SpoolFiles);
        Assert.Empty(_lab.LakeFiles);
    }

    [Fact]
    public async Task Finalise_WithAnotherPseudonymKey_IsRefusedNotUnlinked()
    {
        await using var intake = new TestIntake(_lab);
        var pinned = _data with { Manifest = _data.Manifest with { PseudonymKey = "0123456789abcdef" } };
        var later = SmallYears.From(2030);
        Assert.True((await FinaliseAsync(intake, await SentAsync(intake, pinned))).IsAccepted);

        var other = await FinaliseAsync(intake, await SentAsync(intake, later with { Manifest = later.Manifest with { PseudonymKey = "fedcba9876543210" } }));
        var none = await FinaliseAsync(intake, await SentAsync(intake, later));

        Assert.All([other, none], o => Assert.Contains(o.Findings, f => f.Rule == "MANIFEST_PSEUDONYM_KEY"));
    }

    [Fact]
    public async Task Finalise_TheLake_HoldsNoPseudonymAsSent()
    {
        await using var intake = new TestIntake(_lab);
        Assert.True((await FinaliseAsync(intake, await SentAsync(intake, _data))).IsAccepted);
        var sent = Convert.FromHexString(FollowUp.Person(0x1a2b3c0));

        foreach (var path in _lab.LakeFiles)
        {
            var bytes = await File.ReadAllBytesAsync(path, TestLab.Token);
            Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(FollowUp.Person(0x1a2b3c0))));
            Assert.Equal(-1, bytes.AsSpan().IndexOf(sent.AsSpan(16)));
        }
    }

    [Fact]
    public async Task Finalise_OfFilesThatTheDiskHasChanged_EndsTheUploadAndTakesTheContentAnew()
    {
        await using var intake = new TestIntake(_lab);
        var id = await SentAsync(intake, _data);
        foreach (var path in intake.SpoolFiles.Where(f => f.Contains("observations", StringComparison.Ordinal)))
        {
            var bytes = await File.ReadAllBytesAsync(path, TestLab.Token);
            bytes[^9] ^= 1;
            await File.WriteAllBytesAsync(path, bytes, TestLab.Token);
        }

        var e = await Assert.ThrowsAsync<UploadException>(() => FinaliseAsync(intake, id));

        Assert.Equal(UploadProblem.Damaged, e.Problem);
        Assert.Equal(UploadState.Expired, (await intake.Desk.FindAsync(_data.Manifest.Organisation, id, TestLab.Token))!.State);
        Assert.Empty(intake.SpoolFiles);
        Assert.True((await FinaliseAsync(intake, await SentAsync(intake, _data))).IsAccepted);
    }

    [Fact]
    public async Task Finalise_WhenASenderTakesTheFileUnderTheCheck_SaysThatItLostTheLease()
    {
        var projects = new GatedProjects(_lab.Catalogue.Projects);
        await using var intake = new TestIntake(_lab, projects: projects);
        var id = await SentAsync(intake, _data);
        var asked = FinaliseAsync(intake, id);
        await projects.UntilAskedAsync();
        await using (await intake.Desk.WriteAsync(_data.Manifest.Organisation, id, SubmissionPart.Observations, TestLab.Token))
        {
            projects.Open();

            var e = await Assert.ThrowsAsync<UploadException>(() => asked.WaitAsync(TimeSpan.FromSeconds(60), TestLab.Token));
            Assert.Equal(UploadProblem.LeaseLost, e.Problem);
        }

        Assert.True((await FinaliseAsync(intake, id)).IsAccepted);
    }

    [Fact]
    public async Task Cancel_WhileItIsChecked_WaitsForTheCheckWhichTellsTheState()
    {
        var projects = new GatedProjects(_lab.Catalogue.Projects);
        await using var intake = new TestIntake(_lab, projects: projects);
        var id = await SentAsync(intake, _data);
        var asked = FinaliseAsync(intake, id);
        await projects.UntilAskedAsync();

        var cancelled = intake.Finalise.CancelAsync(id, TestLab.Token);
        await Task.Delay(300, TestLab.Token);
        Assert.False(cancelled.IsCompleted);
        projects.Open();

        Assert.Equal(UploadState.Cancelled, (await cancelled.WaitAsync(TimeSpan.FromSeconds(60), TestLab.Token))!.State);
        var e = await Assert.ThrowsAsync<UploadException>(() => asked);
        Assert.Equal(UploadProblem.Closed, e.Problem);
        Assert.Contains(("state", "cancelled"), e.Facts);
        Assert.Empty(intake.SpoolFiles);
        Assert.Empty(_lab.LakeFiles);
    }

    private static async Task<string> SentAsync(TestIntake intake, SmallYears data)
    {
        var id = (await intake.Desk.OpenAsync(data.Manifest, TestLab.Token)).Opened!.Upload.Id;
        await intake.WriteAsync(data.Manifest, id, SubmissionPart.Observations, data.Observations);
        await intake.WriteAsync(data.Manifest, id, SubmissionPart.Participations, data.Participations);
        return id;
    }

    private Task<IntakeOutcome> FinaliseAsync(TestIntake intake, string id) =>
        intake.Finalise.FinaliseAsync(_data.Manifest.Organisation, id, TestLab.Token);
}
