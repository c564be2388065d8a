using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts.Reading;

/// <summary>What is read how often, what is kept, and what happens when it does not fit or is gone.</summary>
public sealed class FollowUpCacheTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { TieOrder = TieOrder.Pseudonym, LastIndex = SamplePlans.Year(2022) };

    private static readonly EvaluationPlan Wider = Plan with { Id = "wider", FirstIndex = SamplePlans.Year(2021), Covariates = [new("age_years", 1), new("sex", 1)] };

    [Fact]
    public async Task Build_RegisteredPlansOfOneProject_ReadTheLakeOnce()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.CommitAsync(SampleWorlds.Yearly(firstPerson: 500), SamplePlans.Other);
        await lab.RegisterAsync(Plan);
        await lab.RegisterAsync(Wider);

        foreach (var plan in (EvaluationPlan[])[Plan, Wider, Plan with { Pool = ComparisonPool.Project }, Plan]) await lab.TrialsAsync(plan);

        Assert.Equal(1, lab.FollowUp.Readings);
        await lab.TrialsAsync(Plan with { Covariates = [new("age_years", 5)] });
        Assert.Equal(2, lab.FollowUp.Readings);
    }

    [Fact]
    public async Task Build_SubmissionWithdrawn_IsReadAnewAndLeavesMemory()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var other = await lab.CommitAsync(SampleWorlds.Yearly(others: 4000, firstPerson: 500), SamplePlans.Other);
        await lab.TrialsAsync(Plan);
        var before = lab.FollowUp.Bytes;

        await lab.Catalogue.Submissions.WithdrawAsync(other.Organisation, other.Id, lab.Time.Now, TestLab.Token);
        await lab.TrialsAsync(Plan);

        Assert.Equal(2, lab.FollowUp.Readings);
        Assert.True(lab.FollowUp.Bytes < before / 4);
        lab.FollowUp.Forget(Plan.Project.Code);
        Assert.Equal(0, lab.FollowUp.Bytes);
    }

    [Fact]
    public async Task Build_ProjectDoesNotFit_ReadsThePlansOwnPart()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.CommitAsync(SampleWorlds.Yearly(others: 20_000, firstPerson: 500), SamplePlans.Other);
        using var small = new FollowUpCache(150_000, 2);

        var own = await lab.TrialsAsync(Plan, small);
        var again = await lab.TrialsAsync(Plan, small);

        Assert.Equal((await lab.TrialsAsync(Plan)).Person, own.Person);
        Assert.Equal(own.Person, again.Person);
        // The project once in vain, and the part once.
        Assert.Equal(2, small.Readings);
        Assert.True(small.Bytes is > 0 and <= 150_000);
        var failure = await Assert.ThrowsAsync<FollowUpMemoryException>(() => lab.TrialsAsync(Plan with { Pool = ComparisonPool.Project }, small));
        Assert.Equal(150_000, failure.Limit);
        Assert.True(failure.Needed > 150_000);
        Assert.Contains("evaluation.memory_bytes", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Execute_DoesNotFit_FailsWithWhatToDo()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        using var tiny = new FollowUpCache(1000, 1);

        await lab.Executor(cache: tiny).ExecuteAsync(run.Id, TestLab.Token);

        var ended = (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!;
        Assert.Equal(RunState.Failed, ended.State);
        Assert.Contains("evaluation.memory_bytes allows 1000", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, RunState.Obsolete)]
    [InlineData(false, RunState.Failed)]
    public async Task Execute_FileGoneWhileItIsRead_IsObsoleteWhenTheCatalogueSaysSo(bool isWithdrawn, RunState expected)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        var lake = new InterruptedLake(lab.Lake, async () =>
        {
            if (isWithdrawn) await lab.Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, lab.Time.Now, TestLab.Token);
            await lab.Lake.EraseAsync(submission.Observations.Sha256, TestLab.Token);
        });

        await lab.Executor(lake).ExecuteAsync(run.Id, TestLab.Token);

        Assert.Equal(expected, (await lab.Catalogue.Runs.FindAsync(run.Id, TestLab.Token))!.State);
    }

    [Fact]
    public async Task Build_FileOfAnotherOrganisationGone_IsNoMatterOfThisPlan()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var other = await lab.CommitAsync(SampleWorlds.Yearly(firstPerson: 500, seed: 9), SamplePlans.Other);
        await lab.Lake.EraseAsync(other.Observations.Sha256, TestLab.Token);

        Assert.Equal(160, (await lab.TrialsAsync(Plan)).Rows);
        await Assert.ThrowsAsync<LakeObjectMissingException>(() => lab.TrialsAsync(Plan with { Pool = ComparisonPool.Project }));
    }

    [Fact]
    public async Task Get_TwoAtOnce_ReadOnce()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());

        var cohorts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => lab.TrialsAsync(Plan), TestLab.Token)));

        Assert.Equal(1, lab.FollowUp.Readings);
        Assert.All(cohorts, c => Assert.Equal(cohorts[0].Treated, c.Treated));
    }
}
