using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Changes;

/// <summary>Why an estimate changed: one part new at a time, each known beforehand.</summary>
public sealed class ChangeDecompositionTests
{
    private const string First = "11111111aaaa";
    private const string Second = "22222222bbbb";

    private static readonly EvaluationPlan Plan = SamplePlans.Years with
    {
        LastIndex = SamplePlans.Year(2022),
        Pool = ComparisonPool.Project,
        TieOrder = TieOrder.Pseudonym,
        Balancing = new BalancingMethod.InversePropensityWeighting(),
        Estimator = EstimatorKind.AugmentedInversePropensity,
        Sensitivity = [EstimatorKind.InversePropensity],
        Covariates = [new CovariateTerm("earnings_sek", 1), new CovariateTerm("sex", 1)],
    };

    [Fact]
    public async Task Explain_NothingButADelivery_LeavesEveryPartAsItWas()
    {
        var change = await ChangeAsync(World(), World());

        Assert.Equal(
            [ChangeSource.Code, ChangeSource.OwnParticipants, ChangeSource.OwnComparison, ChangeSource.OthersData, ChangeSource.Prices],
            change.Parts.Select(p => p.Source));
        Assert.All(change.Parts.SkipLast(1), p => Assert.Equal((ChangeTold.Unchanged, null), (p.Told, p.Change)));
        Assert.Equal(ChangeTold.NoPart, change.Parts[^1].Told);
        Assert.Equal(change.From, change.To);
    }

    [Fact]
    public async Task Explain_ParticipantsDoingBetter_IsThatMuchAndTheirs()
    {
        var change = await ChangeAsync(World(), World(participantsGain: 40));

        // Three digits of about a hundred and forty, twice.
        Assert.Equal(40, Part(change, ChangeSource.OwnParticipants).Change!.Value, 1.01);
        Assert.Equal(ChangeTold.Unchanged, Part(change, ChangeSource.OwnComparison).Told);
        Assert.Equal(ChangeTold.Unchanged, Part(change, ChangeSource.OthersData).Told);
    }

    [Fact]
    public async Task Explain_EverybodyElseDoingBetter_IsTheComparisonsAlone()
    {
        var change = await ChangeAsync(World(), World(comparisonGain: 40));

        Assert.Equal(ChangeTold.Unchanged, Part(change, ChangeSource.OwnParticipants).Told);
        Assert.InRange(Part(change, ChangeSource.OwnComparison).Change!.Value, -41, -10);
    }

    [Fact]
    public async Task Explain_AnotherMunicipalityComing_IsOthersData_AndThePartsAddUp()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World());
        await RunAsync(lab, Plan, First);
        await lab.CommitAsync(Neighbour(), SamplePlans.Other);
        await RunAsync(lab, null, Second);

        var change = await Answer(lab);

        Assert.Equal(ChangeTold.Unchanged, Part(change, ChangeSource.OwnParticipants).Told);
        Assert.Equal(ChangeTold.Unchanged, Part(change, ChangeSource.OwnComparison).Told);
        Assert.True(change.From.TryGet(out var from) & change.To.TryGet(out var to));
        Assert.Equal(to - from, Part(change, ChangeSource.OthersData).Change!.Value, 1e-9);
        Assert.NotEqual(from, to);
    }

    [Fact]
    public async Task Explain_AllAtOnce_AddsUp()
    {
        var change = await ChangeAsync(World(), World(participantsGain: 40, comparisonGain: 15));

        Assert.True(change.From.TryGet(out var from) & change.To.TryGet(out var to));
        Assert.Equal(to - from, change.Parts.Sum(p => p.Change ?? 0), 1e-9);
        Assert.Equal(2, change.Parts.Count(p => p.Told == ChangeTold.Number));
    }

    [Fact]
    public async Task Explain_FewParticipantsChanged_IsToldInWordsAlone()
    {
        var change = await ChangeAsync(World(), World(participantsGain: 400, gainers: 3));

        Assert.Equal((ChangeTold.InWords, null), (Part(change, ChangeSource.OwnParticipants).Told, Part(change, ChangeSource.OwnParticipants).Change));
    }

    // What three of them changed is the whole less what the others did: neither is told.
    [Fact]
    public async Task Explain_FewParticipantsAndManyOthersChanged_TellsNeitherByNumber()
    {
        var change = await ChangeAsync(World(), World(participantsGain: 400, gainers: 3, comparisonGain: 15));

        Assert.Equal(ChangeTold.InWords, Part(change, ChangeSource.OwnParticipants).Told);
        Assert.Equal(ChangeTold.InWords, Part(change, ChangeSource.OwnComparison).Told);
    }

    [Fact]
    public async Task Explain_AnAmendedPlan_IsAPartOfItsOwn()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World());
        await RunAsync(lab, Plan, First);
        var amended = Plan with { Version = 2, AmendmentReason = "Another estimator.", ConfidenceLevel = 0.9, Estimator = EstimatorKind.InversePropensity, Sensitivity = [] };
        await RunAsync(lab, amended, Second);

        var change = await Answer(lab);

        Assert.Equal(ChangeSource.Plan, change.Parts[1].Source);
        Assert.True(change.From.TryGet(out var from) & change.To.TryGet(out var to));
        Assert.Equal(to - from, change.Parts[1].Change!.Value, 1e-9);
    }

    [Fact]
    public async Task Explain_OtherCode_IsAPartOfItsOwn()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World());
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan, Second);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        var kept = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(Second, TestLab.Token))!);
        var off = kept with { Estimates = [kept.Estimates[0] with { Estimate = kept.Estimates[0].Estimate! with { Point = kept.Estimates[0].Estimate!.Point + 7 } }] };
        var amended = Plan with { Version = 2, AmendmentReason = "Nothing else." };
        await lab.RegisterAsync(amended);
        var other = await lab.EnqueueAsync(amended, First);
        var claimed = await lab.Catalogue.Runs.ClaimAsync(other.Id, TestLab.Token);
        await lab.Catalogue.Runs.CompleteAsync(other.Id, claimed!.Epoch, EvaluationResults.Encode(off), [], lab.Time.Now, TestLab.Token);

        var change = await Answer(lab);

        Assert.Equal((ChangeSource.Code, ChangeTold.Number), (change.Parts[0].Source, change.Parts[0].Told));
        Assert.Equal(-7, change.Parts[0].Change!.Value, 1.01);
        Assert.All(change.Parts.Skip(1).SkipLast(1), p => Assert.Equal(ChangeTold.Unchanged, p.Told));
    }

    [Fact]
    public async Task Explain_WhatCannotBeTakenApart_SaysWhy()
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(World());
        await RunAsync(lab, Plan, First);
        await RunAsync(lab, Plan with { Version = 2, AmendmentReason = "x", Primary = Plan.Primary with { HorizonPeriods = 2 } }, Second);
        await RunAsync(lab, Plan with { Version = 3, AmendmentReason = "x", MinimumTreated = 5000 }, "33333333cccc");

        Assert.Equal(ChangeObstacle.OtherQuestion, (await Of(lab).ExplainAsync(First, Second, TestLab.Token))!.Obstacle);
        Assert.Equal(ChangeObstacle.NoEstimate, (await Of(lab).ExplainAsync(First, "33333333cccc", TestLab.Token))!.Obstacle);
        Assert.Null(await Of(lab).ExplainAsync(First, "nothing", TestLab.Token));
        await lab.Catalogue.Submissions.PurgeAsync(submission.Id, AuditEntry.OfHub(lab.Time.Now, "retain", "submissions/x", "OK"), TestLab.Token);
        Assert.Equal(ChangeObstacle.RowsErased, (await Of(lab).ExplainAsync(First, First, TestLab.Token))!.Obstacle);
    }

    // Those who are told of as participants later on were comparison persons: they are one row each, and the participants' part.
    [Fact]
    public async Task Explain_ComparisonPersonsToldOfAsParticipants_IsWhatTheHybridDataGive()
    {
        var change = await ChangeAsync(World(late: 20), World(late: 20, areLateTold: true, comparisonGain: 15));
        // The later participants beside the earlier comparison persons, delivered as one.
        var hybrid = await PointAsync(World(late: 20, areLateTold: true));

        Assert.True(change.From.TryGet(out var from));
        // Three digits of each end of the change.
        Assert.Equal(hybrid - from, Part(change, ChangeSource.OwnParticipants).Change!.Value, 1.01);
        Assert.True(Math.Abs(hybrid - from) > 20);
        Assert.Equal(ChangeTold.Number, Part(change, ChangeSource.OwnComparison).Told);
    }

    // Another order of the rows gives categories other codes: they are the same all the same.
    [Fact]
    public async Task Explain_TheSameRowsInAnotherOrder_LeavesEveryPartAsItWas()
    {
        var change = await ChangeAsync(World(), World(isBackwards: true));

        Assert.All(change.Parts.SkipLast(1), p => Assert.Equal(ChangeTold.Unchanged, p.Told));
    }

    [Fact]
    public async Task Explain_PropertiesOfParticipantsCorrected_IsTheirs()
    {
        var change = await ChangeAsync(World(), World(corrected: 25));

        Assert.Equal(ChangeTold.Number, Part(change, ChangeSource.OwnParticipants).Told);
        Assert.Equal(ChangeTold.Unchanged, Part(change, ChangeSource.OwnComparison).Told);
    }

    // Sums in another order would end in other digits, and the difference would be told as the code's.
    [Theory]
    [InlineData(TieOrder.AsDelivered)]
    [InlineData(TieOrder.Pseudonym)]
    public async Task Explain_EverythingExchanged_IsTheLaterResultToTheLastDigit(TieOrder order)
    {
        var change = await ChangeAsync(World(), World(participantsGain: 40, comparisonGain: 15, isBackwards: true), Plan with { TieOrder = order });

        Assert.Equal(
            [ChangeSource.Code, ChangeSource.OwnParticipants, ChangeSource.OwnComparison, ChangeSource.OthersData, ChangeSource.Prices],
            change.Parts.Select(p => p.Source));
    }

    [Fact]
    public async Task Explain_ALaterLook_IsThePlansPart()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = World();
        for (var i = 60; i < 100; i++) data.Start(i, SamplePlans.Code, "2023-02-01");
        await lab.CommitAsync(data);
        var plan = Plan with
        {
            LastIndex = SamplePlans.Year(2023),
            InterimLooks = [new InterimLook(Plan.LookDueOn.AddDays(-100), SamplePlans.Year(2022), 0.5)],
        };
        await lab.RegisterAsync(plan);
        foreach (var (run, look) in new[] { (First, 1), (Second, 2) })
        {
            await lab.EnqueueAsync(plan, run, look);
            await lab.Executor().ExecuteAsync(run, TestLab.Token);
        }

        var change = await Answer(lab);

        Assert.Equal(ChangeSource.Plan, change.Parts[1].Source);
        Assert.NotEqual(ChangeTold.Unchanged, change.Parts[1].Told);
        Assert.All(change.Parts.Skip(2).SkipLast(1), p => Assert.Equal(ChangeTold.Unchanged, p.Told));
    }

    [Fact]
    public async Task Explain_ALaterResultByOtherCode_IsTheLastPart()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World());
        await RunAsync(lab, Plan, First);
        var kept = EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(First, TestLab.Token))!);
        var amended = Plan with { Version = 2, AmendmentReason = "Nothing else." };
        await lab.RegisterAsync(amended);
        var other = await lab.EnqueueAsync(amended, Second);
        var claimed = await lab.Catalogue.Runs.ClaimAsync(other.Id, TestLab.Token);
        var estimate = kept.Estimates[0].Estimate!;
        var off = kept with { Plan = amended, Estimates = [kept.Estimates[0] with { Estimate = estimate with { Point = estimate.Point + 7 } }] };
        await lab.Catalogue.Runs.CompleteAsync(other.Id, claimed!.Epoch, EvaluationResults.Encode(off), [], lab.Time.Now, TestLab.Token);

        var change = await Answer(lab);

        Assert.Equal((ChangeSource.Code, ChangeTold.Number), (change.Parts[^2].Source, change.Parts[^2].Told));
        Assert.Equal(7, change.Parts[^2].Change!.Value, 1.01);
    }

    [Theory]
    [InlineData(DataPolicy.OpenData, DataPolicy.OpenData, "open-data-1")]
    [InlineData(DataPolicy.OpenData, DataPolicy.Standard, "standard-1")]
    [InlineData(DataPolicy.Standard, DataPolicy.OpenData, "standard-1")]
    public async Task Explain_EitherOnPersonalData_IsToldByItsRules(DataPolicy earlier, DataPolicy later, string rules)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(World(), policy: earlier);
        await RunAsync(lab, Plan, First);
        await lab.Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, lab.Time.Now, TestLab.Token);
        await lab.CommitAsync(World(participantsGain: 40), policy: later);
        await RunAsync(lab, null, Second);

        Assert.Equal(rules, (await Of(lab).ExplainAsync(First, Second, TestLab.Token))!.Change!.RuleVersion);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Explain_RowsOfTheLaterErased_SaysSo(bool isPurged)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World());
        await RunAsync(lab, Plan, First);
        var second = await lab.CommitAsync(Neighbour(), SamplePlans.Other);
        await RunAsync(lab, null, Second);
        var proof = AuditEntry.OfHub(lab.Time.Now.AddDays(1), "erase", "submissions/x", "OK");
        if (isPurged)
        {
            await lab.Catalogue.Submissions.PurgeAsync(second.Id, proof, TestLab.Token);
        }
        else
        {
            var files = SubmissionFiles.Of(second);
            var fewer = files with { Observations = new LakeObject(new string('a', 64), 9), ObservationRows = files.ObservationRows - 1 };
            await lab.Catalogue.Submissions.ReplaceFilesAsync(second.Id, files, fewer, proof, TestLab.Token);
        }

        Assert.Equal(ChangeObstacle.RowsErased, (await Of(lab).ExplainAsync(First, Second, TestLab.Token))!.Obstacle);
        Assert.Equal(ChangeObstacle.RowsErased, (await Of(lab).ExplainAsync(Second, First, TestLab.Token))!.Obstacle);
    }

    // Both runs are of what an erasure had left.
    [Fact]
    public async Task Explain_AfterAnErasureBeforeBoth_TakesTheChangeApart()
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(World());
        var left = await lab.CommitAsync(World(starters: 59), SamplePlans.Other, uses: AllowedUses.OwnEvaluation);
        await lab.Catalogue.Submissions.ReplaceFilesAsync(
            submission.Id, SubmissionFiles.Of(submission), SubmissionFiles.Of(left), AuditEntry.OfHub(lab.Time.Now, "erase", "submissions/x", "OK"), TestLab.Token);
        lab.Time.Now = lab.Time.Now.AddDays(1);
        await RunAsync(lab, Plan, First);

        Assert.Null((await Of(lab).ExplainAsync(First, First, TestLab.Token))!.Obstacle);
    }

    private static ReleasedChangePart Part(ReleasedChange change, ChangeSource source) => change.Parts.Single(p => p.Source == source);

    private static ChangeDecomposition Of(TestLab lab) => new(lab.Catalogue, lab.Lake, lab.FollowUp, Policies.For);

    private static async Task<ReleasedChange> Answer(TestLab lab) => (await Of(lab).ExplainAsync(First, Second, TestLab.Token))!.Change!.Value;

    private static async Task<ReleasedChange> ChangeAsync(FollowUp before, FollowUp after, EvaluationPlan? plan = null)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(before);
        await lab.CommitAsync(Neighbour(), SamplePlans.Other);
        await RunAsync(lab, plan ?? Plan, First);
        await lab.Catalogue.Submissions.WithdrawAsync(new OrganisationId(SamplePlans.Municipality), submission.Id, lab.Time.Now, TestLab.Token);
        await lab.CommitAsync(after);
        await lab.Executor().ExecuteAsync((await lab.EnqueueAsync(plan ?? Plan, Second)).Id, TestLab.Token);
        return await Answer(lab);
    }

    private static async Task<double> PointAsync(FollowUp data)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(data);
        await lab.CommitAsync(Neighbour(), SamplePlans.Other);
        await RunAsync(lab, Plan, First);
        return EvaluationResults.Decode((await lab.Catalogue.Runs.ResultAsync(First, TestLab.Token))!).Estimates[0].Estimate!.Point;
    }

    private static async Task RunAsync(TestLab lab, EvaluationPlan? plan, string runId)
    {
        if (plan is not null) await lab.RegisterAsync(plan);
        var run = await lab.EnqueueAsync(plan ?? Plan, runId);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
    }

    private static FollowUp Neighbour() => World(starters: 0, seed: 5, first: 5000, municipality: SamplePlans.Other);

    private static FollowUp World(
        double participantsGain = 0, double comparisonGain = 0, int gainers = int.MaxValue, int starters = 60, int seed = 8, int first = 0,
        string municipality = SamplePlans.Municipality, int late = 0, bool areLateTold = false, int corrected = 0, bool isBackwards = false)
    {
        var random = new Random(seed);
        var earnings = new (double Before, double After)[starters + 150];
        for (var i = 0; i < earnings.Length; i++)
        {
            var isLate = i >= starters && i < starters + late;
            var before = 1000 + (100 * SampleCohorts.Normal(random));
            var after = before + (50 * SampleCohorts.Normal(random)) + (i < starters ? 100 : isLate ? 300 : 0);
            earnings[i] = (before, after + (isLate ? 0 : i >= starters ? comparisonGain : i < gainers ? participantsGain : 0));
        }

        var data = new FollowUp { GroupRows = 100, Municipality = municipality };
        foreach (var i in isBackwards ? Enumerable.Range(0, earnings.Length).Reverse() : Enumerable.Range(0, earnings.Length))
        {
            var (before, after) = earnings[i];
            data.Years(first + i, 2021, 30 + (i % 20), i % 2 == 0 && i >= corrected ? "woman" : "man", before, before, after, after);
            if (i < starters || (areLateTold && i < starters + late)) data.Start(first + i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }
}
