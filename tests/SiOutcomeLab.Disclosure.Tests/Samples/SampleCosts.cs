using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Disclosure.Tests.Samples;

/// <summary>Kronor of a plan on months of income support and days placed, one year, by the teaching prices of 2024.</summary>
internal static class SampleCosts
{
    /// <summary>300 persons of six municipalities of one size, none of whom weighs.</summary>
    public static Contributors Enough { get; } = new(300, 200, 0.02, 6, 0.2, 0.4);

    public static MeasureCode Months { get; } = new("income_support_months");

    public static MeasureCode Days { get; } = new("placement_days");

    public static EvaluationPlan Plan { get; } = SampleResult.Plan with
    {
        Secondaries = [new OutcomeDefinition(Days, 4, OutcomeSummary.SumToHorizon)],
        SecondaryRule = SecondaryRule.Hierarchy,
    };

    public static PriceTerms Prices { get; } = new(
        UnitCostRegister.Shipped.FindSet("teaching")!, UnitCostRegister.Shipped.FindIndex("kpi")!, 2024, new DateOnly(2026, 6, 1));

    public static CostTerms Terms { get; } = new("teaching", UnitCostRegister.Shipped.ContentHash, Prices.Level, Prices.UsedOn, DiscountRate.None, 0.95);

    /// <summary>Both measures; those behind the days as asked for.</summary>
    public static PlanCosts Of(Contributors? behindDays = null, Contributors? behindMonths = null)
    {
        var behind = (behindMonths ?? Enough, behindDays ?? Enough);
        var scope = new BaselineScope(Plan.Id, "A1", 1);
        var group = Some(TargetGroupBaseline.Price(new TargetGroupQuantities(scope, Set(4.2, 30.3, behind)), Prices));
        var without = Some(CounterfactualBaseline.Price(new CounterfactualQuantities(scope, Set(5.1, 41.7, behind)), Prices));
        var saving = Some(Saving.Of(new EffectQuantities(Plan.Id, Set(-1.3, -7.9, behind), 65, Standing.Verified), Prices, DiscountRate.None));
        return new PlanCosts(
            Plan,
            1,
            1,
            Terms,
            [],
            [.. saving.Prices.Select(PriceUsed.Of)],
            Summary(group.PerPersonYear),
            Summary(without.PerPersonYear),
            new SavingSummary(
                65,
                EstimateGroup.AllTreated,
                0.95,
                62,
                143,
                97.6,
                190,
                Standing.Verified,
                MoneySummary.Of(saving.EconomicValue),
                MoneySummary.Of(saving.Marginal),
                MoneySummary.Of(saving.BudgetReducible),
                MoneySummary.Of(saving.BudgetReducibleLater),
                saving.EconomicValue.Paid.Sek * 0.97m,
                12),
            null);
    }

    public static PooledCosts Pooled(Contributors behind)
    {
        var scope = new BaselineScope("ips", "A1", 1);
        var group = Some(TargetGroupBaseline.Price(new TargetGroupQuantities(scope, Set(4.2, 30.3, (behind, behind))), Prices));
        return new PooledCosts(
            BaselineKind.TargetGroup, scope, ["a", "b"], new string('7', 64), Terms, [], [.. group.Prices.Select(PriceUsed.Of)], Summary(group.PerPersonYear));
    }

    /// <summary>The run's result: headline on months, secondary on days.</summary>
    public static EvaluationResult Result(PointEstimate? headline = null, PointEstimate? days = null) => SampleResult.Of(
        SampleResult.Headline(headline),
        SampleResult.Headline(days) with { Role = EstimateRole.Secondary, Outcome = Plan.Secondaries![0] }) with { Plan = Plan };

    private static BaselineSummary Summary(MoneyTable table) => new(MoneySummary.Of(table), new WinsorisedCost(table.Paid.Sek, table.Paid.Sek * 0.98m, 0.99, 300, 12, 0.2));

    private static QuantitySet Set(double months, double days, (Contributors Months, Contributors Days) behind) => new(
        [
            new MeasureQuantity(Months, "months", 1, months, 0.4, Provenance.Measured, behind.Months),
            new MeasureQuantity(Days, "days", 1, days, 2, Provenance.Measured, behind.Days),
        ],
        CovarianceMatrix.WithoutSharedPersons([0.4, 2]));

    private static T Some<T>(Costable<T> costable) =>
        costable.Match(some => some, gaps => throw new InvalidOperationException(string.Join("; ", gaps.Select(g => $"{g.Kind} {g.Measure}"))));
}
