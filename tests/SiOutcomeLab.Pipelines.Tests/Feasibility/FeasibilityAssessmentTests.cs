using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Feasibility;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Feasibility;
using SiOutcomeLab.Pipelines.Tests.Samples;

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
