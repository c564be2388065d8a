using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

/// <summary>A published result made again from what it rested on.</summary>
public sealed class ReproductionTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with
    {
        LastIndex = SamplePlans.Year(2022),
        Balancing = new BalancingMethod.InversePropensityWeighting(),
        Estimator = EstimatorKind.AugmentedInversePropensity,
        Sensitivity = [EstimatorKind.InversePropensity, EstimatorKind.Matched],
    };

    // By pseudonym the plans of a project share one reading of what is live, which after the withdrawal is not what the run rested on.
    [Theory]
    [InlineData(TieOrder.AsDelivered)]
    [InlineData(TieOrder.Pseudonym)]
    public async Task Reproduce_AfterMoreDataAnAmendmentAndAWithdrawal_IsIdentical(TieOrder order)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = Plan with { TieOrder = order };
        var run = await RunAsync(lab, plan, "11111111aaaa");
        lab.Time.Now = lab.Time.Now.AddDays(30);
        await lab.CommitAsync(SampleWorlds.Yearly(seed: 9), SamplePlans.Other);
        await RunAsync(lab, plan with { Version = 2, AmendmentReason = "Another minimum.", MinimumTreated = 20 }, "22222222bbbb");
        await lab.Catalogue.Submissions.WithdrawAsync(new OrganisationId(SamplePlans.Municipality), submission.Id, lab.Time.Now, TestLab.Token);

        foreach (var (threads, version) in new[] { (1, "0.1.0-test"), (2, "0.1.0-test"), (1, "0.2.0") })
        {
            using var cache = new FollowUpCache(1L << 30, threads);
            var answer = await new Reproduction(lab.Catalogue, lab.Lake, cache, version).ReproduceAsync(run, TestLab.Token);
            Assert.Equal(new ReproductionAnswer(ReproductionVerdict.Identical, null, "0.1.0-test", version, 0), answer);
        }
    }

    [Fact]
    public async Task Reproduce_AfterErasure_SaysWhen()
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        var run = await RunAsync(lab, Plan, "11111111aaaa");
        var erased = lab.Time.Now.AddDays(3);
        await lab.Catalogue.Submissions.PurgeAsync(submission.Id, Proof(erased), TestLab.Token);

        var answer = await Again(lab).ReproduceAsync(run, TestLab.Token);

        Assert.Equal(ReproductionVerdict.RowsErased, answer!.Verdict);
        Assert.Equal(erased, answer.ErasedAt);
    }

    // What is made of what an erasure left is as good as any other; what was made before it has lost rows.
    [Fact]
    public async Task Reproduce_BesideAnErasure_TellsWhetherItWasBeforeTheRun()
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        var before = await RunAsync(lab, Plan, "11111111aaaa");
        var (erased, left) = (lab.Time.Now.AddDays(3), await lab.CommitAsync(SampleWorlds.Yearly(participants: 39), SamplePlans.Other));
        await lab.Catalogue.Submissions.ReplaceFilesAsync(
            submission.Id, SubmissionFiles.Of(submission), SubmissionFiles.Of(left), Proof(erased), TestLab.Token);
        lab.Time.Now = erased.AddDays(1);
        var after = await RunAsync(lab, Plan with { Version = 2, AmendmentReason = "On what is left." }, "22222222bbbb");

        Assert.Equal(erased, (await Again(lab).ReproduceAsync(before, TestLab.Token))!.ErasedAt);
        Assert.Equal(ReproductionVerdict.Identical, (await Again(lab).ReproduceAsync(after, TestLab.Token))!.Verdict);
    }

    // Another hub may erase at any time.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Reproduce_RowsGoneWhileItReads_SaysWhenOrThatTheLakeLacksThem(bool isErased)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        var run = await RunAsync(lab, Plan, "11111111aaaa");
        var erased = lab.Time.Now.AddDays(3);
        var lake = new InterruptedLake(lab.Lake, async () =>
        {
            if (isErased) await lab.Catalogue.Submissions.PurgeAsync(submission.Id, Proof(erased), TestLab.Token);
            await lab.Lake.EraseAsync(submission.Observations.Sha256, TestLab.Token);
        });
        using var cache = new FollowUpCache(1L << 30, 1);

        var answering = new Reproduction(lab.Catalogue, lake, cache, "0.1.0-test").ReproduceAsync(run, TestLab.Token);

        if (isErased) Assert.Equal(new ReproductionAnswer(ReproductionVerdict.RowsErased, erased, "0.1.0-test", "0.1.0-test", 0), await answering);
        else await Assert.ThrowsAsync<LakeObjectMissingException>(() => answering);
    }

    [Fact]
    public async Task Reproduce_UnknownOrUnfinishedRun_HasNoAnswer()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var queued = await lab.EnqueueAsync(Plan);

        Assert.Null(await Again(lab).ReproduceAsync("nothing", TestLab.Token));
        Assert.Null(await Again(lab).ReproduceAsync(queued.Id, TestLab.Token));
    }

    // A result kept by code that reckoned otherwise: told apart by how far off its numbers are.
    [Theory]
    [InlineData(1e-12, ReproductionVerdict.EqualWithinTolerance)]
    [InlineData(1e-6, ReproductionVerdict.Different)]
    public async Task Reproduce_AResultOfOtherCode_IsHeldAgainstItsNumbers(double off, ReproductionVerdict expected)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var run = await RunAsync(lab, Plan, "11111111aaaa");
        var kept = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(run, TestLab.Token))!);
        var point = kept.Estimates[0].Estimate!;
        var other = kept with { Estimates = [kept.Estimates[0] with { Estimate = point with { Point = point.Point * (1 + off) } }, .. kept.Estimates.Skip(1)] };

        Assert.Equal(off, ResultDifference.Largest(kept, other), off / 100);
        Assert.Equal(double.PositiveInfinity, ResultDifference.Largest(kept, kept with { Method = "other" }));
        Assert.Equal(double.PositiveInfinity, ResultDifference.Largest(kept, kept with { Estimates = [kept.Estimates[0]] }));
        var second = await lab.EnqueueAsync(await AmendedAsync(lab), "33333333cccc");
        var claimed = await lab.Catalogue.Runs.ClaimAsync(second.Id, TestLab.Token);
        var made = other with { RunId = second.Id, Plan = (await lab.Catalogue.Plans.FindPlanAsync(Plan.Id, 2, TestLab.Token))!.Plan };
        made = made with { Lineage = made.Lineage with { PlanHash = PlanHash.Of(made.Plan), CodeVersion = "0.0.9" } };
        Assert.True(await lab.Catalogue.Runs.CompleteAsync(second.Id, claimed!.Epoch, EvaluationResults.Encode(made), [], lab.Time.Now, TestLab.Token));

        var answer = await Again(lab).ReproduceAsync(second.Id, TestLab.Token);

        Assert.Equal(expected, answer!.Verdict);
        Assert.Equal("0.0.9", answer.KeptBy);
    }

    [Fact]
    public async Task Execute_TwoLooks_SpendOnceEachAndTellOfDrift()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(SampleWorlds.Yearly());
        var plan = Plan with
        {
            LastIndex = SamplePlans.Year(2023),
            InterimLooks = [new InterimLook(Plan.LookDueOn.AddDays(-30), SamplePlans.Year(2022), 0.5)],
        };
        await lab.RegisterAsync(plan);
        foreach (var look in new[] { 1, 2 })
        {
            var run = await lab.EnqueueAsync(plan, $"{look}0000000aaaa", look);
            await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        }

        var first = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync("10000000aaaa", TestLab.Token))!);
        var second = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync("20000000aaaa", TestLab.Token))!);
        Assert.Null(first.Drift);
        Assert.False(first.Look!.IsFinal);
        Assert.Equal(new Drift(1, first.Estimates[0].Estimate!.Low, first.Estimates[0].Estimate!.High, IsAlarm: false), second.Drift);
        Assert.Equal(0.05, first.Look.Spent + second.Look!.Spent, 9);
        var next = plan with { Version = 2, AmendmentReason = "Again." };
        Assert.Equal(0.05, await SpentAsync(lab, next), 9);
        Assert.Equal(0, await SpentAsync(lab, plan));
        Assert.Equal(0, await SpentAsync(lab, next with { Intervention = new InterventionCode("other") }));
        // Another plan of the same question pays for it too, unless it is retrospective and decides nothing.
        Assert.Equal(0.05, await SpentAsync(lab, plan with { Id = "another" }), 9);
        Assert.Equal(0, await SpentAsync(lab, plan with { Id = "another" }, PlanTiming.Retrospective));
        Assert.Equal(0.05, await SpentAsync(lab, next, PlanTiming.Retrospective), 9);

        // A version after all is spent can call nothing.
        await lab.RegisterAsync(next);
        var late = await lab.EnqueueAsync(next, "30000000aaaa");
        await lab.Executor().ExecuteAsync(late.Id, TestLab.Token);
        var third = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(late.Id, TestLab.Token))!);
        Assert.Equal(0, third.Look!.Spent);
        Assert.Equal(NotEstimableReason.ErrorSpent, Assert.Single(third.Estimates).NotEstimable!.Reason);
    }

    [Theory]
    [InlineData(0.5, false)]
    [InlineData(-1.01, true)]
    [InlineData(2.01, true)]
    public void Judge_OutsideOfTheEarlierInterval_IsAnAlarm(double point, bool expected)
    {
        var now = new PointEstimate(EstimateGroup.AllTreated, point, 1, "x", -9, 9, 0.5, 1, 1, 40, 40, 40, 1, 70, null, null);

        Assert.Equal(expected, Drifts.Judge(new Drift(1, -1, 2, false), now)!.IsAlarm);
        Assert.Null(Drifts.Judge(null, now));
        Assert.Null(Drifts.Judge(new Drift(1, -1, 2, false), null));
    }

    private static async Task<string> RunAsync(TestLab lab, EvaluationPlan plan, string id)
    {
        await lab.RegisterAsync(plan);
        var run = await lab.EnqueueAsync(plan, id);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        return run.Id;
    }

    private static Task<double> SpentAsync(TestLab lab, EvaluationPlan plan, PlanTiming timing = PlanTiming.Prospective) =>
        lab.Catalogue.Runs.SpentElsewhereAsync(new RegisteredPlan(plan, PlanHash.Of(plan), timing, "anna", TestLab.Start), TestLab.Token);

    private static async Task<EvaluationPlan> AmendedAsync(TestLab lab)
    {
        var plan = Plan with { Version = 2, AmendmentReason = "Again." };
        await lab.RegisterAsync(plan);
        return plan;
    }

    private static Reproduction Again(TestLab lab) => new(lab.Catalogue, lab.Lake, lab.FollowUp, "0.1.0-test");

    private static AuditEntry Proof(DateTimeOffset at) => AuditEntry.OfHub(at, "retain", "submissions/x", "OK");
}
