using Grpc.Core;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Costs;

/// <summary>What kronor tell over the wire, and to whom.</summary>
public sealed class CostCallTests(CostHub world) : IClassFixture<CostHub>
{
    [Fact]
    public async Task GetSaving_Counted_TellsThreeLinesByActorAndItem()
    {
        var s = (await world.Costs.GetSavingAsync(new GetSavingRequest { Name = world.Inside + "/saving" }, world.Analyst)).Saving;

        Assert.Equal((SavingStatus.Counted, Standing.Verified, EstimateGroup.AllTreated, 35), (s.Status, s.Standing, s.HoldsFor, s.Participants.Value));
        Assert.Equal([342_000, 273_000, 0, 198_000], new[] { s.EconomicValue, s.Marginal, s.BudgetReducible, s.BudgetReducibleLater }.Select(m => m.Paid.Value));
        Assert.Equal((342_000 * 0.6, 342_000 * 1.4), (s.EconomicValue.CiLow.Value, s.EconomicValue.CiHigh.Value), Near);
        Assert.Equal([Actor.Municipality, Actor.StateInstitutions], s.EconomicValue.ByActor.Select(a => a.Actor));
        Assert.Equal(("kommunen", "the municipality"), (s.EconomicValue.ByActor[0].NameSv, s.EconomicValue.ByActor[0].NameEn));
        Assert.Equal(["child_placement", "sis_care"], s.EconomicValue.ByBudgetItem.Select(i => i.Code));
        Assert.Equal(Provenance.ModelledFromProxy, Assert.Single(s.EconomicValue.ByProvenance).Provenance);
        Assert.Equal(Suppression.FewPersons, s.EconomicValue.Winsorised.Suppressed);
        Assert.Equal((CostHub.Weighting, "supported-work", 1), (s.Subject.Plan, s.Subject.Method, s.Subject.HorizonYears));
        Assert.Equal(("teaching", 2023, "kpi", 0.035, "2026-06-01"), (s.Terms.UnitCostSet, s.Terms.PriceYear, s.Terms.PriceIndex, s.Terms.DiscountRate, s.Terms.UsedOn));
        var price = Assert.Single(s.Prices);
        Assert.Equal(4900 * 403.70 / 335.92, price.PerMeasureUnit, 6);
        Assert.Equal([72, 28], price.Split.Select(p => p.Percent));
        Assert.Equal("NO_UNIT_COST", Assert.Single(s.Gaps).Kind);
        Assert.Equal(["Per participant 342,000 kronor are saved."], s.SentencesEn);
        Assert.Equal(DataStanding.Current, s.Lineage.DataStanding);
    }

    [Theory]
    [InlineData(BaselineKind.TargetGroup, "target-group", 294_000)]
    [InlineData(BaselineKind.Counterfactual, "counterfactual", 548_000)]
    public async Task GetCostBaseline_OfAKind_IsThatKindAlone(BaselineKind kind, string part, double paid)
    {
        var b = (await world.Costs.GetCostBaselineAsync(new GetCostBaselineRequest { Name = $"{world.Inside}/{part}" }, world.Analyst)).CostBaseline;

        Assert.Equal((kind, paid, $"{world.Inside}/{part}", world.Inside), (b.Kind, b.PerPersonYear.Paid.Value, b.Name, b.Costs));
        Assert.Equal(kind == BaselineKind.TargetGroup, b.PerPersonYear.Winsorised is not null);
        Assert.Contains(kind == BaselineKind.TargetGroup ? "target group" : "Without it", b.SentenceEn, StringComparison.Ordinal);
        var listed = (await world.Costs.ListCostBaselinesAsync(new ListCostBaselinesRequest { Kind = kind }, world.Analyst)).CostBaselines;
        Assert.All(listed, other => Assert.Equal(kind, other.Kind));
        Assert.Equal(kind == BaselineKind.TargetGroup ? 4 : 2, listed.Count);
    }

    [Fact]
    public async Task GetCostBaseline_OfAPool_TellsWithheldRowsAsWithheld()
    {
        var b = (await world.Costs.GetCostBaselineAsync(new GetCostBaselineRequest { Name = world.Pool + "/target-group" }, world.Analyst)).CostBaseline;

        Assert.Equal((string.Empty, "supported-work", "A1"), (b.Subject.Plan, b.Subject.Method, b.Subject.MunicipalityGroup));
        Assert.Equal(Suppression.Dominance, b.PerPersonYear.ByActor[1].Sek.Suppressed);
        Assert.Equal(Suppression.Secondary, b.PerPersonYear.Paid.Suppressed);
        Assert.Equal(72_000, b.PerPersonYear.ByActor[0].Sek.Value);
        Assert.Equal(DataStanding.Current, b.Lineage.DataStanding);
    }

    [Fact]
    public async Task GetSaving_NotEstimableOrPriced_TellsWhy()
    {
        var none = (await world.Costs.GetSavingAsync(new GetSavingRequest { Name = world.WithoutSaving + "/saving" })).Saving;
        Assert.Equal((SavingStatus.NotEstimable, "BALANCE_GATE_FAILED"), (none.Status, none.Reason));
        Assert.Equal(["Ingen besparing räknas."], none.SentencesSv);
        Assert.Null(none.EconomicValue);

        // The hub's own work on the NSW plans: dollars of 1982 have no price in any set.
        var own = (await world.Costs.ListSavingsAsync(new ListSavingsRequest { IncludeMissing = true, Filter = new CostFilter { PriceYear = 2024 } })).Savings;
        Assert.Equal(["full-cost", "full-cost", "municipal-fee", "municipal-fee"], own.Select(s => s.Terms.UnitCostSet).Order());
        Assert.All(own, s => Assert.Equal((SavingStatus.NotPriced, "open-data-1"), (s.Status, s.Lineage.RuleVersion)));
        Assert.All(own, s => Assert.Equal("earnings_usd_1982", Assert.Single(s.Gaps).Measure));
    }

    [Theory]
    [InlineData(Role.Anonymous, false)]
    [InlineData(Role.Submitter, false)]
    [InlineData(Role.Economist, false)]
    [InlineData(Role.Analyst, true)]
    [InlineData(Role.Steward, true)]
    public async Task Kronor_ReleasedToAnalysts_AreNotThereForAnybodyElse(Role role, bool maySee)
    {
        var headers = role == Role.Anonymous ? [] : await world.Hub.HeadersAsync(role == Role.Steward ? "lab" : "0180", role);
        var savings = (await world.Costs.ListSavingsAsync(new ListSavingsRequest(), headers)).Savings.Select(s => s.Costs).ToArray();
        var groups = (await world.Costs.ListCostBaselinesAsync(new ListCostBaselinesRequest { Kind = BaselineKind.TargetGroup }, headers)).CostBaselines;

        Assert.Equal(maySee, savings.Contains(world.Inside));
        Assert.Equal(maySee, groups.Any(b => b.Costs == world.Inside));
        Assert.Contains(world.Open, savings);
        if (maySee)
        {
            Assert.NotNull(await world.Costs.GetSavingAsync(new GetSavingRequest { Name = world.Inside + "/saving" }, headers));
            return;
        }

        var theirs = await Assert.ThrowsAsync<RpcException>(
            async () => await world.Costs.GetSavingAsync(new GetSavingRequest { Name = world.Inside + "/saving" }, headers));
        var nobodys = await Assert.ThrowsAsync<RpcException>(async () => await world.Costs.GetSavingAsync(new GetSavingRequest { Name = "costs/none/saving" }, headers));
        Assert.Equal((StatusCode.NotFound, "COSTS_UNKNOWN"), (theirs.StatusCode, theirs.Reason()));
        Assert.Equal(nobodys.Status.Detail.Replace("costs/none", world.Inside, StringComparison.Ordinal), theirs.Status.Detail);
        var baseline = await Assert.ThrowsAsync<RpcException>(
            async () => await world.Costs.GetCostBaselineAsync(new GetCostBaselineRequest { Name = world.Inside + "/counterfactual" }, headers));
        Assert.Equal("COSTS_UNKNOWN", baseline.Reason());
    }

    [Theory]
    [InlineData("costs/none/saving", "costs/none/saving")]
    [InlineData("costs/none", null)]
    [InlineData("costs/none/target-group", null)]
    [InlineData("costs/<b>/saving", null)]
    [InlineData("", null)]
    public async Task GetSaving_Unknown_NamesWhatWasAskedForIfItCanBeAName(string name, string? named)
    {
        var e = await Assert.ThrowsAsync<RpcException>(async () => await world.Costs.GetSavingAsync(new GetSavingRequest { Name = name }, world.Analyst));

        Assert.Equal("COSTS_UNKNOWN", e.Reason());
        if (named is not null) Assert.Contains(named, e.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", e.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetCostBaseline_OfAKindThatIsNotThere_IsUnknown()
    {
        foreach (var name in new[] { world.WithoutSaving + "/counterfactual", world.Inside, world.Inside + "/saving" })
        {
            var e = await Assert.ThrowsAsync<RpcException>(async () => await world.Costs.GetCostBaselineAsync(new GetCostBaselineRequest { Name = name }, world.Analyst));
            Assert.Equal("COSTS_UNKNOWN", e.Reason());
        }
    }

    private static bool Near((double, double) a, (double, double) b) => Math.Abs(a.Item1 - b.Item1) < 1e-6 && Math.Abs(a.Item2 - b.Item2) < 1e-6;
}
