using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Evaluation;

public sealed class PlanRegistrationTests
{
    // Starts from 2022: summed outcomes begin in 2023, an outcome two years later falls in 2024.
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { Primary = SamplePlans.Years.Primary with { HorizonPeriods = 2, Summary = OutcomeSummary.SumToHorizon } };

    [Theory]
    [InlineData("2022", OutcomeSummary.SumToHorizon, PlanTiming.Prospective)]
    [InlineData("2023", OutcomeSummary.SumToHorizon, PlanTiming.Retrospective)]
    [InlineData("2023", OutcomeSummary.AtHorizon, PlanTiming.Prospective)]
    [InlineData("2024", OutcomeSummary.AtHorizon, PlanTiming.Retrospective)]
    [InlineData("2022-12", OutcomeSummary.SumToHorizon, PlanTiming.Prospective)]
    [InlineData("2023-01", OutcomeSummary.SumToHorizon, PlanTiming.Retrospective)]
    [InlineData("2022-Q4", OutcomeSummary.SumToHorizon, PlanTiming.Prospective)]
    [InlineData("2023-Q1", OutcomeSummary.SumToHorizon, PlanTiming.Retrospective)]
    public async Task Register_DataOfTheFirstOutcomesHeld_IsRetrospectiveWhateverTheirPeriods(string last, OutcomeSummary summary, PlanTiming expected)
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(new FollowUp().Row(0, last, ("sick_leave_days", 1)));
        await lab.CommitAsync(new FollowUp().Row(0, "2025", ("earnings_sek", 1.0)), SamplePlans.Other);
        await lab.CommitAsync(new FollowUp().Row(0, "2025", ("earnings_sek", 1.0)), project: "another");

        var outcome = await RegisterAsync(lab, Plan with { Primary = Plan.Primary with { Summary = summary } });

        Assert.Equal(expected, outcome.Registered!.Timing);
        Assert.Equal(lab.Time.Now, outcome.Registered.RegisteredAt);
    }

    [Fact]
    public async Task Register_Again_KeepsTheFirstRegistrationAndItsTiming()
    {
        await using var lab = await TestLab.OpenAsync();
        var first = await RegisterAsync(lab, Plan);
        await lab.CommitAsync(new FollowUp().Row(0, "2024", ("earnings_sek", 1.0)));
        lab.Time.Now = lab.Time.Now.AddDays(1);

        var again = await RegisterAsync(lab, Plan);
        var changed = await RegisterAsync(lab, Plan with { Seed = 2 });

        Assert.Equal(PlanTiming.Prospective, again.Registered!.Timing);
        Assert.Equal(first.Registered!.RegisteredAt, again.Registered.RegisteredAt);
        Assert.Null(changed.Registered);
        Assert.False(changed.IsInterventionUnknown);
    }

    [Fact]
    public async Task Register_UnknownIntervention_IsTold()
    {
        await using var lab = await TestLab.OpenAsync();

        var outcome = await RegisterAsync(lab, Plan with { Intervention = new InterventionCode("unheard-of") });

        Assert.Null(outcome.Registered);
        Assert.True(outcome.IsInterventionUnknown);
    }

    private static Task<PlanRegistrationOutcome> RegisterAsync(TestLab lab, EvaluationPlan plan) =>
        new PlanRegistration(lab.Catalogue, lab.Time).RegisterAsync(plan, null, "anna", TestLab.Token);
}
