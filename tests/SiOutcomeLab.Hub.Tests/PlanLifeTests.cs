using Grpc.Core;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>A plan from draft to close, over the wire.</summary>
public sealed class PlanLifeTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task SaveDraft_OfHalfAPlan_SaysWhatRegistrationStillDemands()
    {
        var half = new EvaluationPlan { Id = "life-half", Organisation = TestHub.NswOrganisation, FirstIndex = "1985" };

        var saved = (await nsw.Hub.Plans.SaveDraftAsync(new SaveDraftRequest { Plan = half }, nsw.Owner)).Draft;
        var found = (await nsw.Hub.Plans.GetDraftAsync(new GetDraftRequest { Name = "drafts/life-half" }, nsw.Owner)).Draft;

        Assert.Equal(half, found.Plan);
        Assert.Equal(saved, found);
        Assert.NotEmpty(found.SavedBy);
        Assert.Equal(Demanded[1..], found.Problems.Select(p => p.Field).Where(Demanded.Contains));
    }

    [Fact]
    public async Task RegisterPlan_WithNothingSaid_NamesEverythingThatIsDemandedAtOnce()
    {
        var e = await RefusedAsync(new RegisterPlanRequest { Plan = new EvaluationPlan { Id = "life-empty", Organisation = TestHub.NswOrganisation } });

        Assert.Equal("FIELD_INVALID", e.Reason());
        Assert.Equal(Demanded, e.Fields().Where(Demanded.Contains));
        Assert.Equal(e.Fields().Distinct(), e.Fields());
    }

    [Fact]
    public async Task RegisterPlan_WholeButForTheMoney_NamesWhatIsMissing()
    {
        var plan = Plan("life-money");
        plan.ClearSmallestWorthwhileEffect();
        (plan.ResultsDueOn, plan.MinimumTreated) = (string.Empty, 5);

        var e = await RefusedAsync(new RegisterPlanRequest { Plan = plan });

        Assert.Equal(["minimum_treated", "smallest_worthwhile_effect", "results_due_on"], e.Fields());
    }

    [Fact]
    public async Task RegisterPlan_FromADraft_LocksIt_AndTheDraftIsGone()
    {
        await nsw.Hub.Plans.SaveDraftAsync(new SaveDraftRequest { Plan = Plan("life-drafted") }, nsw.Owner);

        var registered = (await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Draft = "drafts/life-drafted" }, nsw.Owner)).Plan;

        Assert.Equal((PlanState.Registered, 64), (registered.State, registered.Hash.Length));
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.GetDraftAsync(new GetDraftRequest { Name = "drafts/life-drafted" }, nsw.Owner));
        Assert.Equal("DRAFT_UNKNOWN", e.Reason());
    }

    [Fact]
    public async Task RegisterPlan_FromADraftWithBreaches_KeepsTheDraft()
    {
        var plan = Plan("life-bad");
        plan.ResultsDueOn = string.Empty;
        await nsw.Hub.Plans.SaveDraftAsync(new SaveDraftRequest { Plan = plan }, nsw.Owner);

        var e = await RefusedAsync(new RegisterPlanRequest { Draft = "drafts/life-bad" });

        Assert.Equal(["results_due_on"], e.Fields());
        Assert.NotNull((await nsw.Hub.Plans.GetDraftAsync(new GetDraftRequest { Name = "drafts/life-bad" }, nsw.Owner)).Draft);
    }

    [Fact]
    public async Task RegisterPlan_WithBothOrNeither_IsRefused()
    {
        Assert.Equal(["plan"], (await RefusedAsync(new RegisterPlanRequest())).Fields());
        Assert.Equal(["plan"], (await RefusedAsync(new RegisterPlanRequest { Plan = Plan("life-both"), Draft = "drafts/life-both" })).Fields());
    }

    [Fact]
    public async Task Drafts_OfAnotherTenant_AreNeverListedNorTaken()
    {
        await nsw.Hub.Plans.SaveDraftAsync(new SaveDraftRequest { Plan = Plan("life-mine") }, nsw.Owner);
        var other = await nsw.Hub.HeadersAsync("9911", Role.Analyst);
        var theirs = Plan("life-mine");
        theirs.Organisation = "9911";

        await nsw.Hub.Plans.SaveDraftAsync(new SaveDraftRequest { Plan = theirs }, other);

        Assert.Equal(["9911"], (await nsw.Hub.Plans.ListDraftsAsync(new ListDraftsRequest(), other)).Drafts.Select(d => d.Plan.Organisation));
        Assert.Equal(TestHub.NswOrganisation, (await nsw.Hub.Plans.GetDraftAsync(new GetDraftRequest { Name = "drafts/life-mine" }, nsw.Owner)).Draft.Plan.Organisation);
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Draft = "drafts/life-bad" }, other));
        Assert.Equal("DRAFT_UNKNOWN", e.Reason());
    }

    [Fact]
    public async Task AmendPlan_WithAReason_IsTheNextVersion_AndTheSameAgainIsNot()
    {
        var plan = Plan("life-amended");
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);
        plan.MinimumTreated = 40;

        var amended = (await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = "Fler behövs." }, nsw.Owner)).Plan;
        var again = (await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = "Fler behövs." }, nsw.Owner)).Plan;
        var first = (await nsw.Hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/life-amended", Version = 1 })).Plan;

        Assert.Equal((2, "Fler behövs."), (amended.Plan.Version, amended.Plan.AmendmentReason));
        Assert.Equal(amended, again);
        Assert.Equal(PlanState.Replaced, first.State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public async Task AmendPlan_WithoutAReason_IsRefused(string reason)
    {
        var plan = Plan("nsw-entropy-balancing");
        plan.MinimumTreated = 41;

        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = reason }, nsw.Owner));

        Assert.Equal(["reason"], e.Fields());
        Assert.Equal(1, (await nsw.Hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/nsw-entropy-balancing" })).Plan.Plan.Version);
    }

    [Fact]
    public async Task RegisterPlan_OfALaterVersion_WithoutAReasonOrWithoutTheOneBefore_IsRefused()
    {
        var plan = Plan("nsw-entropy-balancing");
        plan.Version = 2;
        Assert.Equal(["amendment_reason"], (await RefusedAsync(new RegisterPlanRequest { Plan = plan })).Fields());

        (plan.Version, plan.AmendmentReason) = (3, "Hoppar över en.");
        Assert.Equal(["version"], (await RefusedAsync(new RegisterPlanRequest { Plan = plan })).Fields());
    }

    [Fact]
    public async Task ClosePlan_WithAReason_KeepsWhatWasPublished_AndTakesNoMoreVersions()
    {
        var plan = Plan("life-closed");
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);

        var closed = (await nsw.Hub.Plans.ClosePlanAsync(new ClosePlanRequest { Name = "plans/life-closed", Reason = "Insatsen är slut." }, nsw.Owner)).Plan;
        var listed = await nsw.Hub.Plans.ListPlansAsync(new ListPlansRequest { State = PlanState.Closed });

        Assert.Equal((PlanState.Closed, "Insatsen är slut."), (closed.State, closed.Closing.Reason));
        Assert.Contains(closed, listed.Plans);
        Assert.All(listed.Plans, p => Assert.Equal(PlanState.Closed, p.State));
        plan.MinimumTreated = 40;
        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = "Ändå." }, nsw.Owner));
        Assert.Equal("PLAN_CLOSED", e.Reason());
        var without = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.ClosePlanAsync(new ClosePlanRequest { Name = "plans/life-closed" }, nsw.Owner));
        Assert.Equal(["reason"], without.Fields());
    }

    // Of before the money and the day of the results were demanded, as an upgraded hub still has it.
    [Fact]
    public async Task OldPlan_WithoutWhatIsDemandedNow_StandsAsItIs_AndIsAmendedOnlyWithIt()
    {
        var old = TestHub.NswPlans().Single(p => p.Id == "nsw-entropy-balancing") with { Id = "life-old", SmallestWorthwhileEffect = null, ResultsDueOn = null };
        var plan = PlanMapping.ToWire(old);
        Assert.Equal(["smallest_worthwhile_effect", "results_due_on"], (await RefusedAsync(new RegisterPlanRequest { Plan = plan })).Fields());
        var hash = Domain.Plans.PlanHash.Of(old);
        await nsw.Hub.Running.Catalogue.Plans.TryRegisterPlanAsync(
            new(old, hash, Domain.Plans.PlanTiming.Retrospective, "anna", DateTimeOffset.UnixEpoch), Cancel.Token);

        var again = (await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner)).Plan;
        await nsw.Hub.WaitForEffectsAsync("life-old", nsw.Owner);
        plan.MinimumTreated++;
        var other = await RefusedAsync(new RegisterPlanRequest { Plan = plan });
        var amendment = await AmendRefusedAsync(plan);
        (plan.SmallestWorthwhileEffect, plan.ResultsDueOn) = (500, "2095-06-01");
        var amended = (await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = plan, Reason = "Vad som krävs nu." }, nsw.Owner)).Plan;

        Assert.Equal((hash, 1), (again.Hash, again.Plan.Version));
        Assert.Equal(["smallest_worthwhile_effect", "results_due_on"], other.Fields());
        Assert.Equal(["smallest_worthwhile_effect", "results_due_on"], amendment.Fields());
        Assert.Equal((2, 500.0), (amended.Plan.Version, amended.Plan.SmallestWorthwhileEffect));
        Assert.Equal(PlanState.Replaced, (await nsw.Hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/life-old", Version = 1 })).Plan.State);

        async Task<RpcException> AmendRefusedAsync(EvaluationPlan changed) => await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Plans.AmendPlanAsync(new AmendPlanRequest { Plan = changed, Reason = "Fler behövs." }, nsw.Owner));
    }

    [Fact]
    public async Task StartRun_OfAClosedPlan_IsRefused()
    {
        var plan = Plan("life-ended");
        await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = plan }, nsw.Owner);
        await nsw.Hub.Plans.ClosePlanAsync(new ClosePlanRequest { Name = "plans/life-ended", Reason = "Slut." }, nsw.Owner);

        var e = await Assert.ThrowsAsync<RpcException>(async () =>
            await nsw.Hub.Runs.StartRunAsync(new SiOutcomeLab.Protos.Runs.V1.StartRunRequest { Plan = "life-ended" }, nsw.Owner));

        Assert.Equal((StatusCode.FailedPrecondition, "PLAN_CLOSED"), (e.StatusCode, e.Reason()));
    }

    [Fact]
    public async Task GetPlan_ThatHasRun_TellsItsStateAndLedger_AndWhoRegisteredItToItsOwn()
    {
        var request = new GetPlanRequest { Name = "plans/nsw-entropy-balancing" };

        var own = await nsw.Hub.Plans.GetPlanAsync(request, nsw.Owner);
        var anybody = await nsw.Hub.Plans.GetPlanAsync(request);

        Assert.Equal(PlanState.Final, own.Plan.State);
        Assert.NotEmpty(own.RegisteredBy);
        Assert.Empty(anybody.RegisteredBy);
        Assert.Equal(own.Ledger, anybody.Ledger);
        var look = Assert.Single(own.Ledger.Looks);
        Assert.Equal((1, true, 0.05), (look.Number, look.IsFinal, Math.Round(look.Spent, 12)));
        Assert.Equal(0.05, own.Ledger.SpentByThisVersion, 1e-12);
        Assert.Equal(0, own.Ledger.Left, 1e-12);
        // Retrospective, as the data came first: other plans of the question cost it nothing.
        Assert.Equal(0, own.Ledger.SpentByOtherPlans);
    }

    private static string[] Demanded =>
    [
        "first_index", "last_index", "primary", "pool", "estimator", "look_due_on", "balancing", "covariates", "minimum_treated",
        "minimum_comparison", "smallest_worthwhile_effect", "results_due_on",
    ];

    private static EvaluationPlan Plan(string id)
    {
        var plan = PlanMapping.ToWire(TestHub.NswPlans().Single(p => p.Id == "nsw-entropy-balancing"));
        if (id == plan.Id) return plan;
        (plan.Id, plan.FirstIndex, plan.LastIndex, plan.LookDueOn, plan.ResultsDueOn) = (id, "2090", "2090", "2095-01-01", "2095-06-01");
        return plan;
    }

    private async Task<RpcException> RefusedAsync(RegisterPlanRequest request) =>
        await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Plans.RegisterPlanAsync(request, nsw.Owner));
}
