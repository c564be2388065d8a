using System.Text;
using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

public sealed class RunExecutorTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { LastIndex = SamplePlans.Year(2022), Sensitivity = [EstimatorKind.AugmentedInversePropensity] };

    [Fact]
    public async Task Execute_GoodRun_StoresTheResultAndItsReleases()
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        var done = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        Assert.Equal((RunState.Succeeded, RunStage.Done, null), (done!.State, done.Stage, done.Error));
        Assert.Equal(lab.Time.Now, done.FinishedAt);
        var result = JsonSerializer.Deserialize<EvaluationResult>((await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!, DomainJson.Options)!;
        Assert.Equal(new Lineage(PlanHash.Of(Plan), Snapshot.Of(Plan.Project, [submission]).Hash, "0.1.0-test", Plan.Seed, 1, lab.Time.Now), result.Lineage);
        Assert.Equal(DataPolicy.Standard, result.Policy);
        Assert.Equal("ips", result.Method);
        Assert.Equal(40, result.Estimates[0].Estimate!.Treated);
        var releases = await ReleasesAsync(lab);
        Assert.Equal(2, releases.Count);
        Assert.All(releases, r => Assert.Equal("standard-1", r.RuleVersion));
        Assert.Equal(Standing.Verified, releases[0].Value.Standing);
        Assert.StartsWith("Bättre.", releases[0].Value.Sentence.Sv, StringComparison.Ordinal);
        Assert.NotEqual(result.Estimates[0].Estimate!.Point, Point(releases[0]));
        Assert.Equal(result.Estimates[0].Estimate!.Point, Point(releases[0]), 0.6);
    }

    [Fact]
    public async Task Execute_SucceededOrUnknownRun_IsLeftAlone()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        var first = await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token);
        lab.Time.Now = lab.Time.Now.AddDays(1);

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        await lab.Executor().ExecuteAsync("no-such-run", TestLab.Token);

        Assert.Equal(first, await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token));
        Assert.Equal(1, (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!.Epoch);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Execute_WhatItWasToReadHasChanged_IsGivenUpAndNotTriedAgain(bool erased)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        if (erased)
        {
            var files = SubmissionFiles.Of(submission);
            var fewer = files with { Observations = new LakeObject(new string('a', 64), 9), ObservationRows = files.ObservationRows - 1 };
            await lab.Catalogue.Submissions.ReplaceFilesAsync(submission.Id, files, fewer, AuditEntry.OfHub(lab.Time.Now, "erase", "submissions/" + submission.Id, "OK"), TestLab.Token);
        }
        else
        {
            await lab.Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, lab.Time.Now, TestLab.Token);
        }

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        Assert.Equal(RunState.Obsolete, (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!.State);
        Assert.Empty(await lab.Catalogue.Runs.UnfinishedAsync(TestLab.Token));
        Assert.Empty(await ReleasesAsync(lab));
    }

    [Fact]
    public async Task Execute_ClaimedByAnotherMeanwhile_LeavesNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        var lake = new InterruptedLake(lab.Lake, async () => Assert.Equal(2, (await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token))!.Epoch));

        await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);

        Assert.Null(await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token));
        Assert.Empty(await ReleasesAsync(lab));
        var standing = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        Assert.Equal((RunState.Running, 2L), (standing!.State, standing.Epoch));
    }

    // A hub that has stood still finds its connections cut: that is no failure of a run that another has taken over.
    [Theory]
    [InlineData(false, "RunFailed", RunState.Failed, 1)]
    [InlineData(true, "RunFenced", RunState.Running, 2)]
    public async Task Execute_GoesWrong_IsToldAsAFailureOnlyWhileTheRunIsHeld(bool isTakenOver, string told, RunState state, long epoch)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        var log = new ToldEvents<RunExecutor>();
        var lake = new InterruptedLake(lab.Lake, async () =>
        {
            if (isTakenOver) await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token);
            throw new IOException("cut");
        });

        await lab.Executor(lake, log: log).ExecuteAsync(run.Id, TestLab.Token);

        Assert.Equal(["RunStarted", told], log.Names);
        var standing = (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!;
        Assert.Equal((state, epoch), (standing.State, standing.Epoch));
    }

    [Fact]
    public async Task Execute_ClaimedTooOftenBefore_GivesUpInsteadOfTakingTheProcessWithItAgain()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        // Each of these claims was the last thing its process did.
        for (var i = 0; i < RetryRule.MaximumAttempts; i++) await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token);

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        var given = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        Assert.Equal(RunState.Failed, given!.State);
        Assert.StartsWith("Given up after 5 attempts", given.Error, StringComparison.Ordinal);
        Assert.Null(await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token));
    }

    [Fact]
    public async Task Execute_FailsThenIsTriedAgain_TellsNoInternalsAndSucceeds()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        var lake = new InterruptedLake(lab.Lake, () => throw new IOException("/secret/path row 17 holds 12345"));

        await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);
        var failed = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);

        Assert.Equal(RunState.Failed, failed!.State);
        Assert.Equal("IOException; the hub's log tells more under this run.", failed.Error);
        var done = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        Assert.Equal((RunState.Succeeded, 2L, null), (done!.State, done.Epoch, done.Error));
        Assert.NotEmpty(await ReleasesAsync(lab));
    }

    [Fact]
    public async Task Execute_HubIsStopping_LeavesTheRunToBeTakenUpAgain()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestLab.Token);
        var lake = new InterruptedLake(lab.Lake, stopping.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.Executor(lake).ExecuteAsync(run.Id, stopping.Token));

        var left = await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token);
        Assert.Equal((RunState.Running, null), (left!.State, left.Error));
        Assert.Contains(await lab.Catalogue.Runs.UnfinishedAsync(TestLab.Token), r => r.Id == run.Id);
    }

    [Theory(Timeout = 180_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Execute_CancelledFromElsewhereMeanwhile_EndsEarlyAndLeavesNothing(bool inTheMidstOfReading)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        // A reading that never ends by itself: the hold on the run must notice, and end it.
        var lake = new EndlessLake(
            lab.Lake, () => lab.Catalogue.Runs.CancelAsync(run.Id, lab.Time.Now, TestLab.Token), isEndless: inTheMidstOfReading);

        await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);

        Assert.Equal(inTheMidstOfReading, lake.WasEnded);
        Assert.Equal(RunState.Cancelled, (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!.State);
        Assert.Null(await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token));
        Assert.Empty(await ReleasesAsync(lab));
        var question = new RegisteredPlan(Plan with { Version = 2 }, "", PlanTiming.Prospective, "", lab.Time.Now);
        Assert.Equal(0, await lab.Catalogue.Runs.SpentElsewhereAsync(question, TestLab.Token));
    }

    [Fact]
    public async Task Execute_TooFewParticipants_ReleasesTheReasonWithItsRemedy()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly(participants: 8));
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        Assert.Equal(RunState.Succeeded, (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!.State);
        var effect = Assert.Single(await ReleasesAsync(lab)).Value;
        Assert.Equal(EffectStatus.NotEstimable, effect.Status);
        Assert.Equal(NotEstimableReason.TooFewParticipants, effect.NotEstimable!.Reason);
        Assert.StartsWith("Vänta in fler deltagare", effect.Remedy!.Sv, StringComparison.Ordinal);
        Assert.All(effect.Flow, step => Assert.Equal(SuppressionReason.FewPersons, step.Treated.Suppression));
    }

    // One question, one error: what the first version's looks have spent an amended plan has not to spend again.
    [Fact]
    public async Task Execute_AmendedPlan_HasOnlyTheErrorThatItsEarlierVersionsLeft()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = Plan with { InterimLooks = [new InterimLook(Plan.LookDueOn.AddDays(-100), Plan.LastIndex, 0.5)], Spending = AlphaSpendingKind.Pocock };
        await lab.RegisterAsync(plan);
        await lab.EnqueueAsync(plan, "first0000001");
        await lab.Executor().ExecuteAsync("first0000001", TestLab.Token);
        var first = await ResultAsync("first0000001");
        var amended = plan with { Version = 2, AmendmentReason = "Fewer at least.", MinimumTreated = 9 };
        var registered = await lab.RegisterAsync(amended);
        foreach (var look in new[] { 1, 2 })
        {
            await lab.EnqueueAsync(amended, $"{look}amended000", look);
            await lab.Executor().ExecuteAsync($"{look}amended000", TestLab.Token);
        }

        var (early, last) = (await ResultAsync("1amended000"), await ResultAsync("2amended000"));

        Assert.InRange(first.Look!.Spent, 0.02, 0.04);
        Assert.Equal((first.Look.Spent, first.Look.Spent), (early.Look!.SpentBefore, last.Look!.SpentBefore));
        Assert.Equal(0.05, first.Look.Spent + early.Look.Spent + last.Look.Spent, 1e-9);
        // The same persons, less error left: a wider interval.
        Assert.True(Width(early) > Width(first));
        var ledger = AlphaLedgers.Of(amended, await lab.Catalogue.Runs.AlphaEntriesAsync(registered, TestLab.Token));
        Assert.Equal(0, ledger.Left, 1e-9);
        Assert.Equal((first.Look.Spent, early.Look.Spent + last.Look.Spent), (ledger.ByOtherVersions, ledger.ByThisVersion));
        Assert.Equal([early.Look.Spent, last.Look.Spent], ledger.Looks.Select(l => l.Planned));

        static double Width(EvaluationResult result) => result.Estimates[0].Estimate!.High - result.Estimates[0].Estimate!.Low;
        async Task<EvaluationResult> ResultAsync(string run) => EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(run, TestLab.Token))!);
    }

    [Fact]
    public async Task Execute_NoEstimate_SpendsNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly(participants: 8));
        var registered = await lab.RegisterAsync(Plan);
        await lab.EnqueueAsync(Plan, "nothing00001");

        await lab.Executor().ExecuteAsync("nothing00001", TestLab.Token);

        Assert.Empty(await lab.Catalogue.Runs.AlphaEntriesAsync(registered, TestLab.Token));
    }

    // The two that say what to do tell it to whoever owns the run; all others tell their kind alone.
    [Fact]
    public async Task Execute_FollowUpThatDoesNotFit_SaysWhatToDoAndIsNotTriedAgain()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        using var small = new FollowUpCache(16, 1);

        await lab.Executor(cache: small).ExecuteAsync(run.Id, TestLab.Token);

        var failed = (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!;
        Assert.Equal((RunState.Failed, true), (failed.State, failed.HasEnded));
        Assert.Contains("raise it", failed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_BetweenTheMinimaOfPlanAndDisclosure_IsWithheld()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly(participants: 20));
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        var effects = await ReleasesAsync(lab);
        Assert.Equal(2, effects.Count);
        Assert.All(effects, e => Assert.Equal(EffectStatus.Withheld, e.Value.Status));
        var stored = Encoding.UTF8.GetString((await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!);
        Assert.Contains("\"Treated\":20", stored, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DataPolicy.OpenData, DataPolicy.OpenData, DataPolicy.OpenData)]
    [InlineData(DataPolicy.OpenData, DataPolicy.Standard, DataPolicy.Standard)]
    [InlineData(DataPolicy.Standard, DataPolicy.OpenData, DataPolicy.Standard)]
    public async Task Execute_OneSubmissionOfPersonalData_MakesTheWholeResultPersonal(DataPolicy own, DataPolicy others, DataPolicy expected)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly(), policy: own);
        await lab.CommitAsync(new FollowUp().Years(900, 2021, 30, "woman", 1, 2, 3, 4), SamplePlans.Other, policy: others);
        var plan = Plan with { Pool = ComparisonPool.Project };
        await lab.RegisterAsync(plan);
        var run = await lab.EnqueueAsync(plan);

        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);

        var releases = await ReleasesAsync(lab);
        Assert.All(releases, r => Assert.Equal(expected, r.Value.Policy));
        Assert.Equal(expected == DataPolicy.OpenData ? "open-data-1" : "standard-1", releases[0].RuleVersion);
        Assert.Equal(expected == DataPolicy.OpenData ? Standing.Indicative : Standing.Verified, releases[0].Value.Standing);
    }

    [Fact]
    public async Task Execute_RepeatedOnTheSameSnapshot_GivesTheSameNumbersToTheLastBit()
    {
        var results = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            await using var lab = await TestLab.OpenAsync();
            await lab.CommitAsync(SampleWorlds.Yearly());
            await lab.RegisterAsync(Plan);
            var run = await lab.EnqueueAsync(Plan);
            await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
            results.Add(Encoding.UTF8.GetString((await lab.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!));
        }

        Assert.Equal(results[0], results[1]);
    }

    private static Task<IReadOnlyList<Released<ReleasedEffect>>> ReleasesAsync(TestLab lab) =>
        lab.Catalogue.Releases.ListAsync(new EffectFilter(null, null, null, null, null, false), Audience.Analyst, null, 100, TestLab.Token);

    private static double Point(Released<ReleasedEffect> release) =>
        release.Value.Estimate!.Point.TryGet(out var value) ? value : throw new InvalidOperationException("The point is withheld.");
}
