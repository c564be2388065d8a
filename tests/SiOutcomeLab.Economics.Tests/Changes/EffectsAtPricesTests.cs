using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Changes;

public sealed class EffectsAtPricesTests
{
    private static readonly SavingLine[] Lines = [SavingLine.EconomicValue, SavingLine.Marginal, SavingLine.BudgetReducible];

    [Fact]
    public void Of_TenDaysLessInTwoYears_InThreeLinesByHand()
    {
        // 4 900 kr a day, 72 % the municipality's. 20 days are 98 000; 80 % stops being spent; 60 % of the first year's 49 000 is cut in year 2.
        var saving = Sample.Told(Saving.Of(
            Sample.Effects(Sample.Alone(Sample.Of(Sample.Placement, -10), Sample.Of(Sample.Placement, -10, year: 2))),
            Sample.Terms("full-cost", 2020), DiscountRate.None));
        PriceUsed[] prices = [.. saving.Prices.Select(PriceUsed.Of)];

        Assert.Equal([(Actor.Municipality, 70_560m), (Actor.StateInstitutions, 27_440m)], Of(SavingLine.EconomicValue));
        Assert.Equal([(Actor.Municipality, 56_448m), (Actor.StateInstitutions, 21_952m)], Of(SavingLine.Marginal));
        Assert.Equal([(Actor.Municipality, 21_168m), (Actor.StateInstitutions, 8_232m)], Of(SavingLine.BudgetReducible));

        IEnumerable<(Actor, decimal)> Of(SavingLine line) =>
            EffectsAtPrices.Of(line, saving.Effects.Set.Quantities, prices, DiscountRate.None).Select(p => (p.Actor, p.Sek));
    }

    // Two ways to one number: from the whole calculation with its intervals, and from what is kept of it.
    [Fact]
    public void Of_AnyEffectsAndTerms_IsTheSavingToTheLastDigit()
    {
        var random = new Random(11);
        for (var round = 0; round < 200; round++)
        {
            var years = random.Next(1, 4);
            var quantities = new[] { Sample.Placement, Sample.Support }.Take(random.Next(1, 3)).SelectMany(measure => Enumerable.Range(1, years)
                .Select(year => Sample.Of(measure, (random.NextDouble() - 0.6) * 40, year: year))).ToArray();
            var rate = random.Next(2) == 0 ? DiscountRate.None : DiscountRate.ThreeAndAHalfPercent;
            var set = new[] { "full-cost", "municipal-fee" }[random.Next(2)];
            var saving = Sample.Told(Saving.Of(Sample.Effects(Sample.Alone(quantities)), Sample.Terms(set, random.Next(2020, 2025)), rate));
            PriceUsed[] prices = [.. saving.Prices.Select(PriceUsed.Of)];

            foreach (var line in Lines)
            {
                var sums = EffectsAtPrices.Of(line, saving.Effects.Set.Quantities, prices, rate);

                Assert.Equal(Payers(saving.Table(line)), sums.Select(s => (s.Actor, s.Sek, s.Contributors)));
                Assert.Equal(saving.Table(line).Paid.Sek, sums.Sum(s => s.Sek));
            }
        }
    }

    [Fact]
    public void Of_EffectWithoutAPrice_ComesToNothing() =>
        Assert.Empty(EffectsAtPrices.Of(SavingLine.Marginal, [Sample.Of(Sample.SickLeave, -3)], [], DiscountRate.None));

    // What a person receives is no payer's, and no part of what is shown by payer.
    private static IEnumerable<(Actor Actor, decimal Sek, Contributors Contributors)> Payers(MoneyTable table) => table.ByActor
        .Where(a => a.Actor != Actor.Individual)
        .Select(a => (a.Actor, a.Together.Sek, a.Contributors));
}
