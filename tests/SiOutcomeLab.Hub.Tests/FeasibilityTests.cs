using Grpc.Core;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Whether a plan can find what it is after, over the wire.</summary>
public sealed class FeasibilityTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task AssessFeasibility_OfOpenData_TellsOfComparisonPersonsAlone()
    {
        var answer = (await nsw.Hub.Plans.AssessFeasibilityAsync(new AssessFeasibilityRequest { Plan = Plan(), Participants = 185 }, nsw.Owner)).Feasibility;

        // The public file has 429 comparison persons, everything known of each; open data are told exactly. R 4.2.2 on datasets/nsw/nsw.csv:
        // mean(re78), sd(re78) and summary(lm(re78 ~ age + educ + race + married + nodegree + re74 + re75))$adj.r.squared where treat == 0.
        Assert.Equal(("1976", 429.0, 1.0), (answer.Reference, answer.Comparison.Value, answer.ShareRetained.Value));
        Assert.Equal(6984.16974230769, answer.Mean.Value, 1e-6);
        Assert.Equal(7294.1617908684, answer.StandardDeviation.Value, 1e-6);
        Assert.Equal(0.213037406857627, answer.VarianceExplained.Value, 1e-9);
        Assert.Equal(185, answer.Figures.RetainedParticipants);
        Assert.Equal(429, answer.Figures.ComparisonUsed);
        Assert.InRange(answer.Figures.DetectableAt80, 1000, 3000);
        Assert.Equal("open-data-1", answer.RuleVersion);
    }

    [Fact]
    public async Task AssessFeasibility_OfADraftWithoutMoneyAndDates_IsAnswered()
    {
        var plan = Plan();
        plan.Id = "feasible-draft";
        plan.ClearSmallestWorthwhileEffect();
        plan.ResultsDueOn = string.Empty;
        await nsw.Hub.Plans.SaveDraftAsync(new SaveDraftRequest { Plan = plan }, nsw.Owner);

        var answer = (await nsw.Hub.Plans.AssessFeasibilityAsync(new AssessFeasibilityRequest { Draft = "drafts/feasible-draft" }, nsw.Owner)).Feasibility;

        Assert.Equal(185, answer.Participants);
        Assert.Null(answer.Figures.Worthwhile);
    }

    [Fact]
    public async Task AssessFeasibility_WithFieldsThatAreWrong_NamesThem()
    {
        var plan = Plan();
        plan.Primary.Measure = "no_such_measure";

        var e = await RefusedAsync(new AssessFeasibilityRequest { Plan = plan });
        var many = await RefusedAsync(new AssessFeasibilityRequest { Plan = Plan(), Participants = 1 });

        Assert.Equal(["primary.measure"], e.Fields());
        Assert.Equal(["participants"], many.Fields());
    }

    [Fact]
    public async Task AssessFeasibility_OfAnUnknownIntervention_IsRefused()
    {
        var plan = Plan();
        plan.Intervention = "no-such";

        Assert.Equal("INTERVENTION_UNKNOWN", (await RefusedAsync(new AssessFeasibilityRequest { Plan = plan })).Reason());
    }

    private static EvaluationPlan Plan() => PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == "nsw-entropy-balancing"));

    private async Task<RpcException> RefusedAsync(AssessFeasibilityRequest request) =>
        await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Plans.AssessFeasibilityAsync(request, nsw.Owner));
}
