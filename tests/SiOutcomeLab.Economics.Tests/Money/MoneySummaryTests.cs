using System.Text.Json;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Money;

public sealed class MoneySummaryTests
{
    [Fact]
    public void Of_BudgetReducible_TellsEachYearsBudgetCut()
    {
        // By hand: 10 days less a year for three years at 4 900 kr, 60 % of it a year later, 72 % of that the municipality's: 21 168 kr.
        var summary = MoneySummary.Of(TenDaysLess().BudgetReducible);

        Assert.Equal(
            [(2, Actor.Municipality, 21_168m), (2, Actor.StateInstitutions, 8_232m), (3, Actor.Municipality, 21_168m), (3, Actor.StateInstitutions, 8_232m)],
            summary.ByYear.Select(y => (y.EventYear, y.Item.Actor, y.Amount.Sek)));
        Assert.Equal(summary.Paid.Sek, summary.ByYear.Sum(y => y.Amount.Sek));
        Assert.Equal(Sample.Many, summary.Contributors);
    }

    [Fact]
    public void Of_AsJsonAndBack_IsTheSameBytes()
    {
        var summary = MoneySummary.Of(TenDaysLess().EconomicValue);
        var prices = TenDaysLess().Prices.Select(PriceUsed.Of).ToList();

        var first = JsonSerializer.Serialize(summary, DomainJson.Options);
        var again = JsonSerializer.Serialize(JsonSerializer.Deserialize<MoneySummary>(first, DomainJson.Options), DomainJson.Options);
        var price = JsonSerializer.Serialize(prices, DomainJson.Options);

        Assert.Equal(first, again);
        Assert.Equal(price, JsonSerializer.Serialize(JsonSerializer.Deserialize<List<PriceUsed>>(price, DomainJson.Options), DomainJson.Options));
        Assert.Contains("\"Sek\":4900", price, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_TheSameInput_IsTheSameBytesWhateverTheirOrder()
    {
        var random = new Random(4);
        double[] Influence() => [.. Enumerable.Range(0, 200).Select(_ => (random.NextDouble() - 0.5) * 0.2)];
        double Error(double[] influence) => Math.Sqrt(influence.Sum(v => v * v));
        var (a, b, c) = (Influence(), Influence(), Influence());
        string Told(bool turned)
        {
            (MeasureQuantity Quantity, double[] Influence)[] q =
            [
                (Sample.Of(Sample.Placement, -8.5, Error(a)), a), (Sample.Of(Sample.Support, -1.25, Error(b)), b),
                (Sample.Of(Sample.SickLeave, 3.5, Error(c)), c),
            ];
            if (turned) Array.Reverse(q);
            var set = new QuantitySet([.. q.Select(x => x.Quantity)], new InfluenceValues([.. q.Select(x => x.Influence)]));
            var saving = Sample.Told(Saving.Of(Sample.Effects(set), Sample.Terms("teaching", 2023), DiscountRate.ThreeAndAHalfPercent));
            return JsonSerializer.Serialize(MoneySummary.Of(saving.EconomicValue), DomainJson.Options);
        }

        Assert.Equal(Told(false), Told(true));
    }

    private static Saving TenDaysLess() => Sample.Told(Saving.Of(
        Sample.Effects(Sample.Alone([.. Enumerable.Range(1, 3).Select(year => Sample.Of(Sample.Placement, -10, 1, year))])),
        Sample.Terms("full-cost", 2020),
        DiscountRate.None));
}
