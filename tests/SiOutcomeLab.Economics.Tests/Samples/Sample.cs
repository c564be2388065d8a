using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Samples;

/// <summary>Small sound inputs that tests change one thing of.</summary>
internal static class Sample
{
    public static readonly MeasureCode Support = new("income_support_months");
    public static readonly MeasureCode Placement = new("placement_days");
    public static readonly MeasureCode SickLeave = new("sick_leave_days");
    public static readonly DateOnly Today = new(2024, 6, 1);

    public static Contributors Many { get; } = new(400, 120, 0.02, 12, 0.2, 0.35);

    public static PriceIndex Kpi => UnitCostRegister.Shipped.FindIndex("kpi")!;

    public static PriceTerms Terms(string set, int priceYear, string index = "kpi", DateOnly? usedOn = null) =>
        new(UnitCostRegister.Shipped.FindSet(set)!, UnitCostRegister.Shipped.FindIndex(index)!, priceYear, usedOn ?? Today);

    /// <summary>A set of one's own, with a placement day at 1 000 kr in 2023 prices of which everything is measured.</summary>
    public static PriceTerms Measured(int priceYear)
    {
        var shipped = RegisterFiles.Shipped();
        var header = shipped.UnitCosts.Split('\n')[0];
        var row = "own,day,placement_days,days,Dygn,Day,day,1000,2023,real,none,child_placement:100,official,measured,measured,measured,1,1,0,"
            + "measured,2023-01-01,2030-12-31,complete,here,";
        var files = shipped with { Sets = "code,name_sv,name_en,publisher\nown,Egen,Own,Us\n", UnitCosts = $"{header}\n{row}\n" };
        return new PriceTerms(UnitCostRegisterReader.Read(files).Register!.FindSet("own")!, Kpi, priceYear, Today);
    }

    public static MeasureQuantity Of(MeasureCode measure, double mean, double error = 0, int year = 1, Provenance provenance = Provenance.Measured) =>
        new(measure, measure == Support ? "months" : "days", year, mean, error, provenance, Many);

    public static QuantitySet Alone(params MeasureQuantity[] quantities) =>
        new(quantities, CovarianceMatrix.WithoutSharedPersons([.. quantities.Select(q => q.StandardError)]));

    public static CounterfactualQuantities Counterfactual(QuantitySet set) => new(new BaselineScope("ips", "all", set.Years.Count), set);

    public static TargetGroupQuantities TargetGroup(QuantitySet set) => new(new BaselineScope("unemployed 18-29", "all", set.Years.Count), set);

    public static EffectQuantities Effects(QuantitySet set, Standing standing = Standing.Indicative) => new("ips", set, 80, standing);

    public static T Told<T>(Costable<T> costable) =>
        costable.Match(v => v, gaps => throw new Xunit.Sdk.XunitException("Refused: " + string.Join("; ", gaps.Select(g => g.Kind))));

    public static IReadOnlyList<CostGap> Refused<T>(Costable<T> costable) =>
        costable.Match(_ => throw new Xunit.Sdk.XunitException("Told, but should be refused."), gaps => gaps);
}
