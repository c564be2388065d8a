using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

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

    private static ReleasedChangePart Part(ReleasedChange change, ChangeSource source) => change.Parts.Single(p => p.Source == source);

    private static ChangeDecomposition Of(TestLab lab) => new(lab.Catalogue, lab.Lake, lab.FollowUp, Policies.For);

    private static async Task<ReleasedChange> Answer(TestLab lab) => (await Of(lab).ExplainAsync(First, Second, TestLab.Token))!.Change!.Value;

    private static async Task<ReleasedChange> ChangeAsync(FollowUp before, FollowUp after)
    {
        await using var lab = await TestLab.OpenAsync();
        var submission = await lab.CommitAsync(before);
        await lab.CommitAsync(Neighbour(), SamplePlans.Other);
        await RunAsync(lab, Plan, First);
        await lab.Catalogue.Submissions.WithdrawAsync(new OrganisationId(SamplePlans.Municipality), submission.Id, lab.Time.Now, TestLab.Token);
        await lab.CommitAsync(after);
        await RunAsync(lab, null, Second);
        return await Answer(lab);
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
        string municipality = SamplePlans.Municipality)
    {
        var random = new Random(seed);
        var data = new FollowUp { GroupRows = 100, Municipality = municipality };
        for (var i = 0; i < starters + 150; i++)
        {
            var before = 1000 + (100 * SampleCohorts.Normal(random));
            var after = before + (50 * SampleCohorts.Normal(random)) + (i < starters ? 100 : 0);
            after += i >= starters ? comparisonGain : i < gainers ? participantsGain : 0;
            data.Years(first + i, 2021, 30 + (i % 20), i % 2 == 0 ? "woman" : "man", before, before, after, after);
            if (i < starters) data.Start(first + i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }
}
