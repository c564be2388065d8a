using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;
using Cell = SiOutcomeLab.Disclosure.Cell;

namespace SiOutcomeLab.Hub.Tests.Costs;

/// <summary>Kronor as the gate lets them out, with numbers that a test can tell apart.</summary>
internal static class SampleCosts
{
    private static readonly UnitCostRegister Register = UnitCostRegister.Shipped;

    public static CostTerms Terms(string set, int year)
    {
        var index = Register.FindIndex("kpi")!;
        return new(set, Register.ContentHash, new PriceLevel(year, index.Code, index.Name), new DateOnly(2026, 6, 1), DiscountRate.ThreeAndAHalfPercent, 0.95);
    }

    /// <summary>A plan's kronor: 294 000 a year in the target group, 548 000 for participants, and 342 000 saved.</summary>
    public static Released<ReleasedCosts> Of(
        EvaluationPlan plan, string runId, Audience audience = Audience.Analyst, string set = "teaching", int year = 2023, bool hasSaving = true)
    {
        var terms = Terms(set, year);
        var saving = new ReleasedSaving(
            Cell.Shown(35), EstimateGroup.AllTreated, Standing.Verified, Money(342_000) with { Winsorised = Cell.Suppressed(SuppressionReason.FewPersons) },
            Money(273_000), Money(0), Money(198_000)) { Sentence = new("Per deltagare sparas 342 000 kronor.", "Per participant 342,000 kronor are saved.") };
        var group = Money(294_000) with { Sentence = new("Målgruppen kostar 294 000.", "The target group costs 294,000."), Winsorised = Cell.Shown(281_000) };
        var without = Money(548_000) with { Sentence = new("Utan insatsen 548 000.", "Without it 548,000.") };
        var costs = new ReleasedCosts(
            $"costs/{plan.Id}-v1-{runId[..8]}-{set}-{year}-{terms.Mark}",
            plan.Id,
            null,
            1,
            terms,
            DataPolicy.Standard,
            [Price(set, year)],
            [new CostGap(CostGapKind.NoUnitCost, set, new MeasureCode("earnings_sek"), null, [])],
            group,
            hasSaving ? without : null,
            hasSaving ? saving : null,
            hasSaving ? [group.Sentence, without.Sentence, saving.Sentence] : [group.Sentence, new("Ingen besparing räknas.", "No saving is counted.")])
        {
            Plan = new CostedPlan(
                plan, PlanTiming.Prospective, "supported-work", runId, new Lineage(PlanHash.Of(plan), new string('a', 64), "0.1.0", 1, 1, DateTimeOffset.UnixEpoch)),
            NotEstimable = hasSaving ? null : new NotEstimable(NotEstimableReason.BalanceGateFailed, "sex@1"),
        };
        return new Released<ReleasedCosts>(costs, audience, audience == Audience.Public ? "open-data-1" : "standard-1");
    }

    /// <summary>A pool's target group, in which one actor may not be shown.</summary>
    public static Released<ReleasedCosts> Pool(Audience audience)
    {
        var hidden = Cell.Suppressed(SuppressionReason.Dominance);
        var sum = Cell.Suppressed(SuppressionReason.Secondary);
        var money = Money(100_000) with
        {
            Paid = sum, Low = sum, High = sum, Real = sum, Transfers = sum,
            ByActor = [new ReleasedActor(Actor.Municipality, Cell.Shown(72_000), Cell.Shown(70_000), Cell.Shown(74_000)), new ReleasedActor(Actor.StateInstitutions, hidden, hidden, hidden)],
            ByBudgetItem = [],
            ByProvenance = [],
        };
        var costs = new ReleasedCosts(
            "costs/supported-work-a1-pool", "supported-work", "A1", 2, Terms("teaching", 2023), DataPolicy.Standard, [], [], money, null, null, []);
        return new Released<ReleasedCosts>(costs, audience, "standard-1");
    }

    private static ReleasedMoney Money(double paid)
    {
        var (municipality, state) = (0.72 * paid, 0.28 * paid);
        return new ReleasedMoney(
            Cell.Shown(70),
            Cell.Shown(paid),
            Cell.Shown(paid * 0.6),
            Cell.Shown(paid * 1.4),
            Cell.Shown(paid),
            Cell.Shown(0),
            [Of(Actor.Municipality, municipality), Of(Actor.StateInstitutions, state)],
            [new ReleasedProvenance(Provenance.ModelledFromProxy, Cell.Shown(paid))])
        {
            ByBudgetItem = [Item("child_placement", municipality), Item("sis_care", state)],
        };

        static ReleasedActor Of(Actor actor, double sek) => new(actor, Cell.Shown(sek), Cell.Shown(sek * 0.6), Cell.Shown(sek * 1.4));
        static ReleasedBudgetItem Item(string code, double sek) => new(
            Register.BudgetItems.Single(i => i.Code == code), Cell.Shown(sek), Cell.Shown(sek * 0.6), Cell.Shown(sek * 1.4));
    }

    private static PriceUsed Price(string set, int year)
    {
        var prices = new PriceTerms(Register.FindSet(set)!, Register.FindIndex("kpi")!, year, new DateOnly(2026, 6, 1));
        return PriceUsed.Of(prices.For(new MeasureCode("placement_days"), "days").Match(p => p[0], _ => throw new InvalidOperationException()));
    }
}
