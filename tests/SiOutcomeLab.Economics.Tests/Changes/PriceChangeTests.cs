using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Changes;

public sealed class PriceChangeTests
{
    private static readonly PriceUsed Day = Used("full-cost", Sample.Placement, 2023);
    private static readonly PriceUsed Month = Used("full-cost", Sample.Support, 2023);

    [Fact]
    public void Between_TheSame_IsNothing() => Assert.Empty(PriceChange.Between([Day, Month], [Month, Used("full-cost", Sample.Placement, 2023)]));

    [Fact]
    public void Between_AnotherPriceLevel_ChangesTheLevelAloneAndTellsBothPrices()
    {
        var change = Assert.Single(PriceChange.Between([Day], [Used("full-cost", Sample.Placement, 2024)]));

        Assert.Equal((Day.Code, PriceRowChange.Changed), (change.Code, change.Kind));
        Assert.Equal([PriceField.PriceLevel], change.Fields);
        // 4 900 kr of 2020 by SCB's index.
        Assert.Equal((4900m * 403.70m / 335.92m, 4900m * 415.01m / 335.92m), (change.From!.Value, change.To!.Value));
    }

    [Fact]
    public void Between_OneMoreOneFewer_SaysWhich()
    {
        var changes = PriceChange.Between([Day], [Month]);

        Assert.Equal([(Month.Code, PriceRowChange.Added), (Day.Code, PriceRowChange.Removed)], changes.Select(c => (c.Code, c.Kind)));
        Assert.Equal((null, Month.PerMeasureUnit), (changes[0].From, changes[0].To));
        Assert.Equal((Day.PerMeasureUnit, null), (changes[1].From, changes[1].To));
        Assert.All(changes, c => Assert.Empty(c.Fields));
    }

    [Fact]
    public void Between_EachThingInARow_IsNamed()
    {
        var item = Day.Split[0].Item;
        var index = Day.Uprating with { To = Day.Uprating.To with { Value = Day.Uprating.To.Value + 1 } };
        foreach (var (other, field) in new[]
        {
            (Day with { Sek = 5_000m }, PriceField.Figure),
            (Day with { PriceYear = 2021 }, PriceField.Figure),
            (Day with { Unit = "week" }, PriceField.Figure),
            (Day with { Conversion = [new ConversionStep("x", true, 2m)] }, PriceField.Conversion),
            (Day with { Uprating = index }, PriceField.Index),
            (Day with { Uprating = Day.Uprating with { Index = "pkv" } }, PriceField.Index),
            (Day with { Split = [new SplitPart(item, 100m)] }, PriceField.Split),
            (Day with { MarginalShare = 0.7m }, PriceField.Shares),
            (Day with { CashableShare = 0.5m }, PriceField.Shares),
            (Day with { CashableLagYears = 2 }, PriceField.Shares),
        })
        {
            Assert.Equal([field], Assert.Single(PriceChange.Between([Day], [other])).Fields);
        }
    }

    [Fact]
    public void EarlierPrices_MeasureOnlyTheLaterPlanHas_IsAtTodaysPrice()
    {
        var earlier = EarlierPrices.Of([Day], [], [Used("full-cost", Sample.Placement, 2024), Month], []);

        Assert.Equal([Day, Month], earlier.Prices);
        Assert.Empty(earlier.Uncounted);
    }

    [Fact]
    public void EarlierPrices_MeasureWithoutAPriceThen_HasNone() =>
        Assert.Equal([Day], EarlierPrices.Of([Day], [Gap(Month)], [Day, Month], []).Prices);

    [Fact]
    public void EarlierPrices_MeasureWithoutAPriceNow_LeavesItsPayersOut()
    {
        var earlier = EarlierPrices.Of([Day, Month], [], [Month], [Gap(Day)]);

        Assert.Equal([Sample.Placement], earlier.Uncounted);
        Assert.True(earlier.LeavesOut(Actor.Municipality) && earlier.LeavesOut(Actor.StateInstitutions));
        Assert.False(earlier.LeavesOut(Actor.Region));
        // A measure that the plan has no more is no gap of the register: its effect is none.
        Assert.Empty(EarlierPrices.Of([Day, Month], [], [Month], []).Uncounted);
    }

    private static CostGap Gap(PriceUsed of) => new(CostGapKind.Incomplete, of.Set, of.Measure, of.Code, []);

    private static PriceUsed Used(string set, Domain.Identity.MeasureCode measure, int year) => PriceUsed.Of(
        Sample.Told(Sample.Terms(set, year).For(measure, measure == Sample.Support ? "months" : "days"))[0]);
}
