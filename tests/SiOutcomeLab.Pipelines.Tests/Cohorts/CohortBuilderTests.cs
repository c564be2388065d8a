using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Intake.Rewriting;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Statistics;

namespace SiOutcomeLab.Pipelines.Tests.Cohorts;

/// <summary>Target group, covariates, outcome, flow and order of a cohort read from Parquet files.</summary>
public sealed class CohortBuilderTests
{
    private static readonly EvaluationPlan OneYear = SamplePlans.Years with { LastIndex = SamplePlans.Year(2022) };

    public static TheoryData<string, double?, double?, string[]?, int[]> Conditions => new()
    {
        { "age_years", 30, 40, null, [0, 1, 2] },
        { "age_years", 31, 39, null, [1] },
        { "age_years", 31, null, null, [1, 2] },
        { "age_years", null, 30.5, null, [0] },
        { "sex", null, null, ["woman"], [0, 2] },
        { "sex", null, null, ["man", "woman"], [0, 1, 2] },
        { "sex", null, null, ["other"], [] },
        { "sex", 0, null, null, [] },
        { "age_years", null, null, ["30"], [] },
    };

    // Persons 0–2 are 30, 35 and 40 in 2021; person 3's age and sex are not known then, only later.
    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task Build_TargetCondition_TakesThoseWhoMeetItBeforeTheStart(string variable, double? minimum, double? maximum, string[]? oneOf, int[] expected)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3).Years(1, 2021, 35, "man", 1, 2, 3).Years(2, 2021, 40, "woman", 1, 2, 3)
            .Row(3, "2021", ("earnings_sek", 1.0)).Years(3, 2022, 35, "woman", 2, 3)
            .Years(4, 2021, 35, "woman", 1, 2, 3).Start(4, SamplePlans.Code, "2022-02-01"));

        var cohort = await lab.CohortAsync(OneYear with { TargetGroup = [new TargetCondition(variable, 1, minimum, maximum, oneOf)] });

        Assert.Equal(expected, cohort.Person.Where(p => p != 4));
        Assert.Equal(new FlowStep(FlowStepKind.Observed, 1, 4), cohort.Flow[0]);
    }

    [Fact]
    public async Task Build_LaggedVariables_AreReadSoManyPeriodsBefore()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2019, 30, "woman", 10, 11, 12, 13, 14).Years(1, 2019, 40, "woman", 20, 21, 22, 23, 24).Start(0, SamplePlans.Code, "2022-02-01"));

        var cohort = await lab.CohortAsync(OneYear with { Covariates = [new("earnings_sek", 3), new("earnings_sek", 1), new("age_years", 2)] });

        Assert.Equal(["earnings_sek@3", "earnings_sek@1", "age_years@2"], cohort.Covariates.Names);
        Assert.Equal([10.0, 12, 31], RowOf(cohort.Covariates, 0));
        Assert.Equal([20.0, 22, 41], RowOf(cohort.Covariates, 1));
    }

    [Theory]
    [InlineData(OutcomeSummary.SumToHorizon, new[] { 0, 2 }, new[] { 7.0, 60.0 })]
    [InlineData(OutcomeSummary.AtHorizon, new[] { 0, 1, 2 }, new[] { 4.0, 400.0, 0.0 })]
    public async Task Build_PeriodMissingBeforeTheHorizon_LosesTheSumAndNotTheLastValue(OutcomeSummary summary, int[] persons, double[] outcomes)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3, 4).Years(1, 2021, 30, "woman", 1, 2, null, 400).Years(2, 2021, 30, "woman", 1, 2, 60, 0)
            .Years(3, 2021, 30, "woman", 1, 2, 3).Start(0, SamplePlans.Code, "2022-02-01"));

        var cohort = await lab.CohortAsync(OneYear with { Primary = OneYear.Primary with { HorizonPeriods = 2, Summary = summary } });

        Assert.Equal(persons, cohort.Person);
        Assert.Equal(outcomes, cohort.Outcome.Unseal(GateVerdict.Pass));
    }

    [Fact]
    public async Task WithLost_OutcomeMissingForSome_KeepsThemAndSaysWho()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp()
            .Years(0, 2021, 30, "woman", 1, 2, 3).Years(1, 2021, 30, "woman", 1, 2, null).Years(2, 2021, 30, "woman", 1, 2, 60)
            .Start(0, SamplePlans.Code, "2022-02-01"));

        var trials = await lab.TrialsAsync(OneYear);
        var (seen, whole) = (trials.For(0), trials.WithLost(0));

        Assert.Equal([0, 2], seen.Person);
        Assert.Null(seen.Observed);
        Assert.Equal([0, 1, 2], whole.Person);
        Assert.Equal([true, false, true], whole.Observed!);
        Assert.Equal([3, 0, 60], whole.Outcome.Unseal(GateVerdict.Pass));
        Assert.Equal(seen.Flow, whole.Flow);
        Assert.Equal(seen.EligibleTreated, whole.EligibleTreated);
        Assert.Equal([0, 2], whole.Only([0, 2]).Person);
        Assert.Equal([true, true], whole.Only([0, 2]).Observed!);
    }

    [Fact]
    public async Task Build_Losses_AreCountedStepByStep()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp();
        for (var person = 0; person < 5; person++) data.Start(person, SamplePlans.Code, "2022-02-01");
        data.Years(0, 2022, 30, "woman", 2, 3); // participant, not observed before
        data.Years(1, 2021, 70, "woman", 1, 2, 3); // too old
        data.Years(2, 2021, 30, "woman", null, 2, 3); // covariate not known
        data.Years(3, 2021, 30, "woman", 1, 2, null); // outcome not known
        data.Years(4, 2021, 30, "woman", 1, 2, 3); // stays
        data.Years(5, 2021, 70, "woman", 1, 2, 3); // too old
        data.Years(6, 2021, 30, "woman", null, 2, 3); // covariate not known
        data.Years(7, 2021, 30, "woman", 1, 2); // outcome not known
        data.Years(8, 2021, 30, "woman", 1, 2, 3).Years(9, 2021, 30, "woman", 1, 2, 3); // stay
        data.Years(10, 2022, 30, "woman", 2, 3); // not observed before: no comparison person at all
        await lab.CommitAsync(data);

        var cohort = await lab.CohortAsync(OneYear with { TargetGroup = [new("age_years", 1, null, 65, null)] });

        Assert.Equal(
            [
                new FlowStep(FlowStepKind.Observed, 5, 5), new FlowStep(FlowStepKind.InTargetGroup, 3, 4),
                new FlowStep(FlowStepKind.CovariatesKnown, 2, 3), new FlowStep(FlowStepKind.OutcomeObserved, 1, 2),
            ],
            cohort.Flow);
        Assert.Equal(3, cohort.EligibleTreated);
        Assert.Equal((1, 2), (cohort.TreatedCount, cohort.ComparisonCount));
    }

    [Fact]
    public async Task Build_Categories_BecomeIndicatorsButForTheBaselineThatIsJudged()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp().Start(0, SamplePlans.Code, "2022-02-01").Start(1, SamplePlans.Code, "2023-02-01");
        string[] levels = ["tertiary", "compulsory", "upper_secondary", "tertiary"];
        for (var person = 0; person < 4; person++)
        {
            for (var year = 2021; year <= 2024; year++)
            {
                data.Row(person, $"{year}", ("education_level", levels[person]), ("sex", person % 2 == 0 ? "woman" : "man"), ("earnings_sek", 1.0 + year));
            }
        }

        await lab.CommitAsync(data);

        var named = await lab.CohortAsync(SamplePlans.Years with { Covariates = [new("education_level", 1, "tertiary"), new("sex", 1)] });
        var unnamed = await lab.CohortAsync(SamplePlans.Years with { Covariates = [new("education_level", 1), new("sex", 1, "woman")] });
        var unknown = await lab.CohortAsync(SamplePlans.Years with { Covariates = [new("education_level", 1, "doctorate")] });

        Assert.Equal(["education_level=compulsory@1", "education_level=upper_secondary@1", "sex=woman@1", "index=2023"], named.Covariates.Names);
        Assert.Equal([.. named.Covariates.Names, "education_level=tertiary@1"], named.Judged.Names);
        Assert.Equal(["education_level=tertiary@1", "education_level=upper_secondary@1", "sex=man@1", "index=2023"], unnamed.Covariates.Names);
        Assert.Equal([.. unnamed.Covariates.Names, "education_level=compulsory@1"], unnamed.Judged.Names);
        Assert.Equal(["education_level=tertiary@1", "education_level=upper_secondary@1", "index=2023"], unknown.Covariates.Names);
        // Rows: persons 0–3 in 2022, 1–3 in 2023.
        Assert.Equal([0.0, 1, 0, 0, 1, 0, 0], named.Covariates.Column(0));
        Assert.Equal([1.0, 0, 1, 0, 0, 1, 0], named.Covariates.Column(2));
        Assert.Equal([0.0, 0, 0, 0, 1, 1, 1], named.Covariates.Column(3));
        Assert.Equal([1.0, 0, 0, 1, 0, 0, 1], named.Judged.Column(4));
    }

    [Fact]
    public async Task Build_TieOrder_IsThePlansChoice()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp().Start(7, SamplePlans.Code, "2022-02-01").Start(3, SamplePlans.Code, "2023-02-01");
        foreach (var person in (int[])[7, 5, 3]) data.Years(person, 2021, 30, "woman", 1, 2, 3, 4);
        await lab.CommitAsync(data);

        var delivered = await lab.CohortAsync(SamplePlans.Years);
        var pseudonym = await lab.CohortAsync(SamplePlans.Years with { TieOrder = TieOrder.Pseudonym });

        // Rows: 7, 5, 3 in 2022; 5, 3 in 2023. By pseudonym: 3, 5, 7 and 3, 5, and each person's rows one after another.
        Assert.Equal([0L, 1, 2, 3, 4], delivered.OrderKey);
        Assert.Equal([0, 1, 2, 1, 2], delivered.Person);
        Assert.Equal([0L, 2, 4, 1, 3], pseudonym.OrderKey);
        Assert.Equal([0, 1, 2, 0, 1], pseudonym.Person);
        Assert.Equal([false, false, true, true, false], pseudonym.Treated);
    }

    [Fact]
    public async Task Build_NobodyStarted_IsAnEmptyCohort()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp().Years(0, 2021, 30, "woman", 1, 2, 3, 4));

        var cohort = await lab.CohortAsync(SamplePlans.Years with { Covariates = [new("sex", 1), new("earnings_sek", 1)] });

        Assert.Equal(0, cohort.Rows);
        Assert.All(cohort.Flow, step => Assert.Equal((0, 0), (step.Treated, step.Comparison)));
    }

    [Theory]
    [InlineData(GateVerdict.Pass)]
    [InlineData(GateVerdict.Amber)]
    public void Unseal_GateLetThrough_GivesTheOutcome(GateVerdict verdict) => Assert.Equal([1.0, 2], new SealedOutcome([1, 2]).Unseal(verdict));

    [Theory]
    [InlineData(GateVerdict.Fail)]
    [InlineData((GateVerdict)0)]
    public void Unseal_AnyOtherVerdict_Throws(GateVerdict verdict) => Assert.Throws<InvalidOperationException>(() => new SealedOutcome([1, 2]).Unseal(verdict));

    [Fact]
    public async Task Read_FilesAsTheyWereSent_AreRefusedWithWhatToDo()
    {
        await using var lab = await TestLab.OpenAsync();
        var data = new FollowUp().Years(0, 2021, 30, "woman", 1, 2, 3).Start(0, SamplePlans.Code, "2022-02-01");
        var sent = await lab.CommitAsync(data, isInLakeFormat: false);
        var starts = await lab.CommitAsync(data, SamplePlans.Other);
        var request = new FollowUpRequest([sent], ["earnings_sek"], SamplePlans.Year(2021), SamplePlans.Year(2023), EveryPerson: false);
        var reader = new FollowUpReader(lab.Lake, 1 << 20, 1);

        var observed = await Assert.ThrowsAsync<LakeFileFormatException>(() => reader.ReadAsync(request, TestLab.Token));
        var started = await Assert.ThrowsAsync<LakeFileFormatException>(
            () => reader.ReadAsync(request with { Submissions = [sent with { Observations = starts.Observations }] }, TestLab.Token));

        Assert.All([observed, started], refused => Assert.Contains("upgrade", refused.Message, StringComparison.Ordinal));
    }

    private static double[] RowOf(DesignMatrix x, int row) => [.. Enumerable.Range(0, x.Columns).Select(j => x[row, j])];
}
