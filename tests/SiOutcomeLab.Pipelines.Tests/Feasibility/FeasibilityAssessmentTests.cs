using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Feasibility;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Feasibility;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Feasibility;

/// <summary>What is told of a plan before its participants' outcomes may be looked at.</summary>
public sealed class FeasibilityAssessmentTests
{
    private const int Participants = 40;
    private const int Others = 160;

    // Starts in 2022, outcome in 2023; told of before it, from those who started nothing.
    private static readonly EvaluationPlan Plan = SamplePlans.Years with
    {
        LastIndex = SamplePlans.Year(2022),
        TargetGroup = [new TargetCondition("age_years", 1, 20, 60, null)],
        TieOrder = TieOrder.Pseudonym,
        SmallestWorthwhileEffect = 50,
    };

    [Fact]
    public async Task Assess_WhateverParticipantsOutcomesAre_AnswersTheSameBytes()
    {
        var answers = new HashSet<string>();
        foreach (var (pool, shift) in from pool in new[] { ComparisonPool.OwnOrganisation, ComparisonPool.Project, ComparisonPool.Similar }
                                      from shift in new double?[] { 0, 1e6, -300, null }
                                      select (pool, shift))
        {
            var answer = await AssessAsync(World(shift), Plan with { Pool = pool });
            Assert.NotNull(answer.Value.Figures);
            answers.Add($"{pool} {JsonSerializer.Serialize(answer.Value, DomainJson.Options)}");
        }

        // One answer for each pool, and not one for each outcome.
        Assert.Equal(3, answers.Count);
    }

    [Fact]
    public async Task Assess_WhateverComparisonPersonsOutcomesAre_TheAnswerFollows()
    {
        var one = await AssessAsync(World(0), Plan);
        var other = await AssessAsync(World(0, spread: 400), Plan);

        Assert.NotEqual(one.Value.StandardDeviation, other.Value.StandardDeviation);
        Assert.True(other.Value.Figures!.DetectableAt80 > one.Value.Figures!.DetectableAt80);
    }

    [Fact]
    public async Task Assess_ANumberOfPersons_IsRoundedAndReckonedFrom()
    {
        var data = World(0);
        var answer = (await AssessAsync(data, Plan)).Value;

        // 160 others, every eighth lost in 2023: 140 observed; all rounded to 5.
        Assert.Equal("2022", answer.Reference.ToString());
        Assert.Equal((160.0, 140.0), (Value(answer.EligibleOwn), Value(answer.Comparison)));
        Assert.Equal(Math.Round(140.0 / 160, 2), Value(answer.ShareRetained), 1e-9);
        Assert.Equal(40, answer.Participants);
        Assert.Equal(40 * Value(answer.ShareRetained), answer.Figures!.RetainedParticipants, 1e-9);
        var values = data.AllRows.Where(r => r.Period.ToString() == "2023" && Array.IndexOf(Starters, r.Person) < 0)
            .Select(r => r.Values["earnings_sek"]).OfType<double>().ToArray();
        Assert.Equal(140, values.Length);
        // Three digits of about a thousand.
        Assert.Equal(values.Average(), Value(answer.Mean), 0.5);
        var deviation = Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / 139);
        Assert.Equal(deviation, Value(answer.StandardDeviation), 0.6);
        // Made so: before has a deviation of 100 and after adds one of 50.
        Assert.InRange(Value(answer.VarianceExplained), 0.7, 0.9);
    }

    [Fact]
    public async Task Assess_AnExpectedNumber_TakesThePlaceOfThoseWhoStarted()
    {
        var few = (await AssessAsync(World(0), Plan, 20)).Value;
        var many = (await AssessAsync(World(0), Plan, 400)).Value;

        Assert.Equal((20.0, 400.0), (few.Participants, many.Participants));
        Assert.True(many.Figures!.DetectableAt80 < few.Figures!.DetectableAt80);
    }

    [Fact]
    public async Task Assess_BeforeAnyStart_ReckonsWithTheLatestFollowUpAndThePlansMinimum()
    {
        var plan = Plan with { FirstIndex = SamplePlans.Year(2030), LastIndex = SamplePlans.Year(2031), MinimumTreated = 35 };

        var answer = (await AssessAsync(World(0), plan)).Value;

        // Followed to 2024, one year on: 2023. Those who started in 2022 are in no risk set of 2023.
        Assert.Equal("2023", answer.Reference.ToString());
        Assert.Equal(35, answer.Participants);
        Assert.NotNull(answer.Figures);
    }

    [Fact]
    public async Task Assess_TooFewPersons_SaysSoAndShowsNothing()
    {
        var answer = (await AssessAsync(World(0, others: 9), Plan)).Value;

        Assert.Equal(FeasibilityObstacle.FewPersons, answer.Obstacle);
        Assert.Null(answer.Figures);
        foreach (var cell in (Cell[])[answer.EligibleOwn, answer.Comparison, answer.ShareRetained, answer.Mean, answer.StandardDeviation, answer.VarianceExplained])
        {
            Assert.False(cell.IsShown);
        }
    }

    [Fact]
    public async Task Assess_EnoughForACountButNotForAModel_ShowsTheCountAlone()
    {
        var answer = (await AssessAsync(World(0, others: 24), Plan)).Value;

        Assert.True(answer.EligibleOwn.IsShown);
        Assert.False(answer.StandardDeviation.IsShown);
        Assert.Equal(FeasibilityObstacle.FewPersons, answer.Obstacle);
    }

    [Fact]
    public async Task Assess_WithoutFollowUp_SaysSo()
    {
        var answer = (await AssessAsync(World(0), Plan with { Primary = Plan.Primary with { HorizonPeriods = 9 } })).Value;

        Assert.Equal((null, FeasibilityObstacle.NoFollowUp), (answer.Reference, answer.Obstacle));
    }

    [Fact]
    public async Task Assess_AnUnknownIntervention_HasNoAnswer()
    {
        await using var lab = await TestLab.OpenAsync();

        Assert.Null(await Of(lab).AssessAsync(Plan with { Intervention = new("unheard-of") }, null, TestLab.Token));
    }

    // Five of 34 are lost: enough to be counted, too few for a model of those observed.
    [Fact]
    public async Task Assess_EnoughEligibleButTooFewObserved_ShowsNoModel()
    {
        var answer = (await AssessAsync(World(0, others: 34), Plan)).Value;

        Assert.Equal(35, Value(answer.EligibleOwn));
        Assert.Equal(30, Value(answer.Comparison));
        Assert.False(answer.StandardDeviation.IsShown);
    }

    // Sixteen of the others start in 2023, the year of the outcome: they are followed no more, and are not lost.
    [Fact]
    public async Task Assess_OthersWhoStartDuringTheFollowUp_AreNotCountedAsLost()
    {
        var data = World(0);
        foreach (var i in Enumerable.Range(Participants, 36).Where(i => i % 8 != 0).Take(16)) data.Start(i, SamplePlans.Code, "2023-05-01");

        var answer = (await AssessAsync(data, Plan)).Value;

        // 144 followed and 124 observed; as shown 145 and 125.
        Assert.Equal(125, Value(answer.Comparison));
        Assert.Equal(Math.Round(125.0 / 145, 2), Value(answer.ShareRetained), 1e-9);
    }

    // What others have sent, and what the own organisation has sent in months, says nothing of how far the own years reach.
    [Fact]
    public async Task Assess_OthersReachFurther_ReckonsWithTheOwnFollowUp()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World(0));
        await lab.CommitAsync(new FollowUp { Municipality = "1281" }.Years(7000, 2019, 30, "woman", 1, 2, 3, 4, 5, 6, 7, 8, 9), "1281");
        await lab.CommitAsync(new FollowUp().Row(7100, "2029-01", ("age_years", 30), ("sex", "man"), ("earnings_sek", 1.0)));
        var later = Plan with { FirstIndex = SamplePlans.Year(2030), LastIndex = SamplePlans.Year(2031), Pool = ComparisonPool.Project };

        var answer = (await Of(lab).AssessAsync(later, null, TestLab.Token))!.Value;

        Assert.Equal("2023", answer.Reference.ToString());
    }

    [Fact]
    public async Task Assess_OneSubmissionOfPersonalData_MakesTheAnswerPersonal()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World(0), policy: DataPolicy.OpenData);
        var plan = Plan with { Pool = ComparisonPool.Project };

        var open = (await Of(lab).AssessAsync(plan, null, TestLab.Token))!;
        await lab.CommitAsync(World(0, seed: 5, first: 5000, municipality: "1281"), "1281");
        var personal = (await Of(lab).AssessAsync(plan, null, TestLab.Token))!;

        Assert.Equal(("open-data-1", "standard-1"), (open.RuleVersion, personal.RuleVersion));
    }

    // Pools beside the headline's are not asked: what is in them makes the answer no stricter.
    [Fact]
    public async Task Assess_PersonalDataInAPoolBesideTheHeadlines_ChangesNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World(0), policy: DataPolicy.OpenData);
        await lab.CommitAsync(World(0, seed: 5, first: 5000, municipality: "1281"), "1281");

        var alone = (await Of(lab).AssessAsync(Plan, null, TestLab.Token))!;
        var beside = (await Of(lab).AssessAsync(Plan with { SensitivityPools = [ComparisonPool.Project] }, null, TestLab.Token))!;

        Assert.Equal("open-data-1", beside.RuleVersion);
        Assert.Equal(JsonSerializer.Serialize(alone.Value, DomainJson.Options), JsonSerializer.Serialize(beside.Value, DomainJson.Options));
    }

    // Of an amended plan: what the first version's look has spent is gone.
    [Fact]
    public async Task Assess_AVersionAfterALook_HasOnlyTheErrorThatIsLeft()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World(0));
        await lab.RegisterAsync(Plan);
        var run = await lab.EnqueueAsync(Plan);
        var claimed = await lab.Catalogue.Runs.ClaimAsync(run.Id, TestLab.Token);
        await lab.Catalogue.Runs.CompleteAsync(run.Id, claimed!.Epoch, new byte[] { 1 }, [], lab.Time.Now, TestLab.Token, new AlphaSpent(Plan, 1, 0.03));

        var answer = (await Of(lab).AssessAsync(Plan with { Version = 2, AmendmentReason = "More." }, null, TestLab.Token))!.Value;

        Assert.Equal(0.02, answer.Figures!.Level, 1e-12);
    }

    [Fact]
    public async Task Facts_CovariatesOfBothKinds_CountTheirParametersAndTheConstant()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(World(0));
        var plan = Plan with { Covariates = [new CovariateTerm("earnings_sek", 1), new CovariateTerm("sex", 1)] };
        var snapshot = CohortBuilder.SnapshotFor(plan, await lab.Catalogue.Submissions.InProjectAsync(plan.Project, TestLab.Token));

        var rows = await new CohortBuilder(lab.Lake, lab.Catalogue, lab.FollowUp)
            .BuildUntreatedAsync(plan, SamplePlans.Intervention, snapshot, SamplePlans.Year(2022), TestLab.Token);
        var outcome = ReferenceOutcomes.Of(rows, SamplePlans.Year(2022), DataPolicy.Standard).Outcome!;

        Assert.Equal(3, outcome.Parameters);
        // Earnings are of one sign, and nobody's are everybody's; whoever earns the most here is one of 140 of about a thousand.
        Assert.InRange(outcome.LargestShare!.Value, 1.0 / 140, 1.5 / 140);
        Assert.Equal((140, false), (outcome.WithAny, outcome.IsYesOrNo));
    }

    private static readonly string[] Starters = [.. Enumerable.Range(0, Participants).Select(FollowUp.Person)];

    private static double Value(Cell cell) => cell.TryGet(out var value) ? value : throw new InvalidOperationException("Not shown.");

    private static async Task<Released<ReleasedFeasibility>> AssessAsync(FollowUp data, EvaluationPlan plan, int? participants = null)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(data);
        var (other, third) = (World(0, seed: 5, first: 5000, municipality: "1281"), World(0, seed: 6, first: 9000, municipality: "1480"));
        await lab.CommitAsync(other, "1281");
        await lab.CommitAsync(third, "1480");
        return (await Of(lab).AssessAsync(plan, participants, TestLab.Token))!;
    }

    private static FeasibilityAssessment Of(TestLab lab) => new(lab.Catalogue, lab.Lake, lab.FollowUp, Policies.For, lab.Time);

    // Participants first; from their start in 2022 their earnings are whatever is asked for, or not there at all.
    private static FollowUp World(
        double? shift, double spread = 50, int others = Others, int seed = 8, int first = 0, string municipality = SamplePlans.Municipality)
    {
        var random = new Random(seed);
        var data = new FollowUp { GroupRows = 64, Municipality = municipality };
        var starters = municipality == SamplePlans.Municipality ? Participants : 0;
        for (var i = 0; i < starters + others; i++)
        {
            var before = 1000 + (100 * SampleCohorts.Normal(random));
            var after = before + (spread * SampleCohorts.Normal(random));
            double? later = i < starters ? after + shift : i % 8 == 0 ? null : after;
            data.Years(first + i, 2021, 25 + (i % 30), i % 2 == 0 ? "woman" : "man", before, i < starters ? later : before, later, later);
            if (i < starters) data.Start(first + i, SamplePlans.Code, "2022-03-01");
        }

        return data;
    }
}
