using Grpc.Core;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Registering interventions and plans.</summary>
public sealed class PlanRegistrationTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task RegisterPlan_TheSameTwice_ReturnsTheFirst()
    {
        var first = (await nsw.Hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/nsw-entropy-balancing" })).Plan;

        var again = await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = first.Plan }, nsw.Owner);

        Assert.Equal(first, again.Plan);
    }

    [Fact]
    public async Task RegisterPlan_ChangedUnderTheSameVersion_IsRefused()
    {
        var plan = Plan();
        plan.MinimumTreated = 31;

        Assert.Equal("PLAN_DIFFERS", (await RefusedAsync(plan)).Reason());
    }

    [Fact]
    public async Task RegisterPlan_BeforeItsOutcomes_IsProspective()
    {
        var plan = Plan();
        plan.Id = "nsw-later";
        (plan.FirstIndex, plan.LastIndex) = ("1985", "1985");

        var registered = await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);

        Assert.Equal(PlanTiming.Prospective, registered.Plan.Timing);
    }

    [Fact]
    public async Task RegisterPlan_OfAnUnknownIntervention_IsRefused()
    {
        var plan = Plan();
        (plan.Id, plan.Intervention) = ("nsw-unknown", "no-such");

        Assert.Equal("INTERVENTION_UNKNOWN", (await RefusedAsync(plan)).Reason());
    }

    [Fact]
    public async Task RegisterPlan_WithManyBreaches_NamesEachField()
    {
        var plan = Plan();
        plan.Id = "Bad Id";
        plan.Primary.Measure = "no_such_measure";
        plan.MinimumTreated = 3;
        plan.Covariates[0].Lag = 0;
        plan.Estimator = Estimator.Matched;
        plan.ConfidenceLevel = 1;

        var e = await RefusedAsync(plan);

        Assert.Equal("FIELD_INVALID", e.Reason());
        Assert.Equal(["id", "primary.measure", "covariates[0].lag", "estimator", "minimum_treated", "confidence_level"], e.Fields());
    }

    [Fact]
    public async Task RegisterPlan_ThatCannotBeRead_NamesEachField()
    {
        var e = await RefusedAsync(new EvaluationPlan { Id = "x", Organisation = TestHub.NswOrganisation, FirstIndex = "76" });

        Assert.Equal(
            [
                "first_index", "last_index", "primary", "pool", "estimator", "look_due_on", "balancing", "covariates", "minimum_treated",
                "minimum_comparison", "smallest_worthwhile_effect", "results_due_on",
            ],
            e.Fields());
    }

    [Fact]
    public async Task RegisterIntervention_ChangedUnderTheSameCode_IsRefused()
    {
        var intervention = InterventionMapping.ToWire(TestHub.NswInterventions()[0]);
        intervention.NameSv = "Något annat";

        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.RegisterInterventionAsync(new RegisterInterventionRequest { Intervention = intervention }, nsw.Owner));

        Assert.Equal("INTERVENTION_DIFFERS", e.Reason());
    }

    [Fact]
    public void PlanOnTheWire_AndBack_IsTheSame() =>
        Assert.All(TestHub.NswPlans(), p => Assert.Equal(Domain.Plans.PlanHash.Of(p), Domain.Plans.PlanHash.Of(PlanMapping.ToDomain(PlanMapping.ToWire(p)))));

    private static EvaluationPlan Plan() => PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == "nsw-entropy-balancing"));

    private async Task<RpcException> RefusedAsync(EvaluationPlan plan) =>
        await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner));
}
