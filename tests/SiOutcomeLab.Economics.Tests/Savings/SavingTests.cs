using MathNet.Numerics.Distributions;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Savings;

public sealed class SavingTests
{
    [Fact]
    public void Of_TenDaysLess_InThreeLinesByHand()
    {
        // Full cost, 2020 prices, no discounting: 10 days less in year 1 and in year 2 at 4 900 kr. Value 98 000; marginal 80 %: 78 400;
        // budgets 60 % a year later: 29 400 in year 2, and 29 400 in year 3, after the last event year.
        var saving = Told(Days(-10, -10), "full-cost", 2020, DiscountRate.None);

        Assert.Equal(98_000m, saving.EconomicValue.Society.Sek);
        Assert.Equal(78_400m, saving.Marginal.Society.Sek);
        Assert.Equal(29_400m, saving.BudgetReducible.Society.Sek);
        Assert.Equal(29_400m, saving.BudgetReducibleLater.Society.Sek);
        Assert.Equal([2, 2], saving.BudgetReducible.Lines.Select(l => l.EventYear));
        Assert.Equal(
            [(Actor.Municipality, 70_560m), (Actor.StateInstitutions, 27_440m)], saving.EconomicValue.ByActor.Select(a => (a.Actor, a.Together.Sek)));
    }

    [Fact]
    public void Of_Discounted_CountsEachYearFromItsOwnEventYear()
    {
        // By hand at 3.5 %: 49 000/1.035 + 49 000/1.035² = 47 342.995 + 45 742.024 = 93 085.02; budgets 29 400/1.035² = 27 445.21.
        var saving = Told(Days(-10, -10), "full-cost", 2020, DiscountRate.ThreeAndAHalfPercent);

        Assert.Equal(93_085.02m, decimal.Round(saving.EconomicValue.Society.Sek, 2));
        Assert.Equal(27_445.21m, decimal.Round(saving.BudgetReducible.Society.Sek, 2));
        Assert.Equal(decimal.Round(29_400m / (1.035m * 1.035m * 1.035m), 6), decimal.Round(saving.BudgetReducibleLater.Society.Sek, 6));
    }

    [Fact]
    public void Of_LessIncomeSupport_IsAPurseSavingAndNoGainToSociety()
    {
        var saving = Told(Sample.Alone(Sample.Of(Sample.Support, -2, 0.5)), "municipal-fee", 2024, DiscountRate.None);

        Assert.Equal(0m, saving.EconomicValue.Society.Sek);
        Assert.Equal(22_740.91m, decimal.Round(saving.EconomicValue.PublicPurse.Sek, 2));
        Assert.Equal(-22_740.91m, decimal.Round(saving.EconomicValue.ByActor.Single(a => a.Actor == Actor.Individual).Together.Sek, 2));
        // A budget is a payer's; the person has none.
        Assert.DoesNotContain(saving.BudgetReducibleLater.Lines, l => l.IsReceipt);
        Assert.Equal(11_370.45m, decimal.Round(saving.BudgetReducibleLater.Paid.Sek, 2));
    }

    [Fact]
    public void Of_MoreOfACostlyMeasure_IsALoss() =>
        Assert.Equal(-49_000m, Told(Days(10), "full-cost", 2020, DiscountRate.None).EconomicValue.Society.Sek);

    [Fact]
    public void Of_BudgetsNeverCutMoreThanStopsBeingSpent()
    {
        foreach (var set in new[] { "municipal-fee", "full-cost", "norrkoping-2016" })
        {
            var saving = Told(Days(-10, -5, -2), set, 2023, DiscountRate.None);
            var cut = saving.BudgetReducible.Society.Sek + saving.BudgetReducibleLater.Society.Sek;

            Assert.True(cut <= saving.Marginal.Society.Sek && saving.Marginal.Society.Sek <= saving.EconomicValue.Society.Sek, set);
        }
    }

    [Fact]
    public void Of_SharesThatAreAssumed_ShadeTheLinesThatUseThem()
    {
        var saving = Told(Days(-10), "full-cost", 2020, DiscountRate.None);

        Assert.All(saving.EconomicValue.Lines, l => Assert.Equal(Provenance.ModelledFromProxy, l.Provenance));
        Assert.All(saving.Marginal.Lines, l => Assert.Equal(Provenance.Assumed, l.Provenance));
        Assert.All(saving.BudgetReducibleLater.Lines, l => Assert.Equal(Provenance.Assumed, l.Provenance));
    }

    [Fact]
    public void Of_Interval_AgreesWithSimulatedEffects()
    {
        // Two measures on the same persons, two years: price each simulated effect by hand and compare the spread.
        var random = new Random(77);
        double[] errors = [0.4, 0.5, 3.0, 4.0];
        double[] means = [-1, -1.5, -8, -6];
        var correlation = new double[4, 4];
        for (var i = 0; i < 4; i++)
        {
            for (var j = 0; j < 4; j++) correlation[i, j] = (i == j ? 1 : 0.5) * errors[i] * errors[j];
        }

        var set = new QuantitySet(
            [
                Sample.Of(Sample.Support, means[0], errors[0], 1), Sample.Of(Sample.Support, means[1], errors[1], 2),
                Sample.Of(Sample.Placement, means[2], errors[2], 1), Sample.Of(Sample.Placement, means[3], errors[3], 2),
            ],
            new CovarianceMatrix(correlation));
        var saving = Told(set, "municipal-fee", 2023, DiscountRate.ThreeAndAHalfPercent).EconomicValue.PublicPurse;

        double[] prices = [75_045 / 6.6 * 403.70 / 415.01, 75_045 / 6.6 * 403.70 / 415.01, 3_528 * 403.70 / 335.92, 3_528 * 403.70 / 335.92];
        double[] discount = [1 / 1.035, 1 / 1.035 / 1.035, 1 / 1.035, 1 / 1.035 / 1.035];
        var draws = Enumerable.Range(0, 100_000).Select(_ =>
        {
            var shared = Normal.Sample(random, 0, 1);
            return Enumerable.Range(0, 4).Sum(k =>
                -(means[k] + (errors[k] * ((Math.Sqrt(0.5) * shared) + (Math.Sqrt(0.5) * Normal.Sample(random, 0, 1))))) * prices[k] * discount[k]);
        }).Order().ToArray();

        Assert.Equal(Enumerable.Range(0, 4).Sum(k => -means[k] * prices[k] * discount[k]), (double)saving.Sek, 1e-6);
        // Monte Carlo: the standard error of a 2.5 % point over 100 000 draws is 0.9 % of a standard deviation.
        var tolerance = 0.03 * (double)saving.StandardError;
        Assert.Equal(draws[2_499], (double)saving.Low, tolerance);
        Assert.Equal(draws[97_499], (double)saving.High, tolerance);
    }

    [Fact]
    public void Of_BootstrapDraws_KeepTheirSkew()
    {
        // Refits that lean one way must give an interval that leans the same way; savings turn it round.
        var random = new Random(8);
        var draws = Enumerable.Range(0, 4_000).Select(_ => new[] { -Math.Exp(Normal.Sample(random, 2, 0.5)) }).ToList();
        var set = new QuantitySet([Sample.Of(Sample.Placement, -Math.Exp(2), 4)], new BootstrapDraws(draws));

        var saving = Told(set, "municipal-fee", 2020, DiscountRate.None).EconomicValue.Society;

        Assert.Equal(IntervalKind.RefitBootstrap, saving.Kind);
        Assert.True(saving.Low < saving.Sek && saving.Sek < saving.High);
        Assert.True(saving.High - saving.Sek > 1.5m * (saving.Sek - saving.Low));
    }

    [Fact]
    public void Of_Numbers_ComeAlong()
    {
        var saving = Told(Days(-10), "full-cost", 2023, DiscountRate.None);

        Assert.Equal((80, Standing.Indicative), (saving.Effects.Participants, saving.Effects.Standing));
        Assert.Equal(("full-cost", 2023, "kpi"), (saving.UnitCostSet, saving.PriceLevel.Year, saving.PriceLevel.Index));
        Assert.Equal(80 * saving.EconomicValue.Society.Sek, saving.EconomicValue.Society.Times(80).Sek);
        Assert.Equal(Sample.Many, saving.EconomicValue.ContributorsTo(_ => true));
    }

    [Fact]
    public void NetPresentValue_CostsCountFromTheStart()
    {
        // By hand at 3.5 %: 20 000 at the start and 10 350 a year later cost 30 000; 49 000/1.035 = 47 342.995 is saved.
        var saving = Told(Days(-10), "full-cost", 2020, DiscountRate.ThreeAndAHalfPercent);

        var net = NetPresentValue.Of(saving, SavingLine.EconomicValue, _ => true, [new InterventionCost(1, 10_350m), new InterventionCost(0, 20_000m)]);

        Assert.Equal(30_000m, net.Cost);
        Assert.Equal(17_343.00m, decimal.Round(net.Net.Sek, 2));
        Assert.Equal(net.Saved.High - net.Saved.Low, net.Net.High - net.Net.Low);
        Assert.Throws<ArgumentOutOfRangeException>(() => NetPresentValue.Of(saving, SavingLine.Marginal, _ => true, [new InterventionCost(-1, 1m)]));
    }

    [Theory]
    [InlineData(-0.01)]
    [InlineData(1)]
    public void DiscountRate_OutsideWhatIsARate_IsRefused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DiscountRate(DiscountRate.None.Name, (decimal)rate));

    private static QuantitySet Days(params double[] byYear) => Sample.Alone([.. byYear.Select((d, i) => Sample.Of(Sample.Placement, d, 1, i + 1))]);

    private static Saving Told(QuantitySet set, string unitCosts, int year, DiscountRate rate) =>
        Sample.Told(Saving.Of(Sample.Effects(set), Sample.Terms(unitCosts, year), rate));
}
