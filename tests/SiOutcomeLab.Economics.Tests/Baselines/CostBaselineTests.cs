using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Baselines;

public sealed class CostBaselineTests
{
    [Fact]
    public void Price_ThirtyPlacementDays_FallOnMunicipalityAndSiSByTheSubsidy()
    {
        // By hand, in 2020 prices: 30 days at 4 900 kr = 147 000 kr; SiS bears 28 % of it: 41 160 kr, the municipality 105 840 kr.
        var baseline = Told(Sample.Alone(Sample.Of(Sample.Placement, 30, 2)), "full-cost", 2020);

        var table = baseline.PerPersonYear;
        Assert.Equal(147_000m, table.Society.Sek);
        Assert.Equal([(Actor.Municipality, 105_840m), (Actor.StateInstitutions, 41_160m)], table.ByActor.Select(a => (a.Actor, a.Together.Sek)));
        // The standard error likewise: 2 days at 4 900 kr.
        Assert.Equal(9_800m, table.Society.StandardError);
        Assert.Equal(2_744m, table.ByActor[1].Real.StandardError);
        Assert.Equal(147_000 - (1.959963984540054 * 9_800), (double)table.Society.Low, 1e-6);
    }

    [Fact]
    public void Price_IncomeSupport_CostsTheMunicipalityButNotSociety()
    {
        // By hand, in 2024 prices: 4 months at 75 045 / 6.6 = 45 481.82 kr, paid by the municipality, received by the person.
        var table = Told(Sample.Alone(Sample.Of(Sample.Support, 4, 0.5)), "municipal-fee", 2024).PerPersonYear;

        Assert.Equal(0m, table.Society.Sek);
        Assert.Equal(0m, table.Real.Sek);
        Assert.Equal(45_481.82m, decimal.Round(table.TransfersPaid.Sek, 2));
        Assert.Equal(table.TransfersPaid.Sek, table.PublicPurse.Sek);
        Assert.Equal([Actor.Municipality, Actor.Individual], table.ByActor.Select(a => a.Actor));
        Assert.Equal(-table.ByActor[0].Transfers.Sek, table.ByActor[1].Transfers.Sek);
        // What nets to nothing is known exactly.
        Assert.Equal(0m, table.Society.StandardError);
    }

    [Fact]
    public void Price_TwoYears_IsTheMeanOfTheYears()
    {
        var table = Told(Sample.Alone(Sample.Of(Sample.Placement, 30, 1, 1), Sample.Of(Sample.Placement, 10, 1, 2)), "full-cost", 2020).PerPersonYear;

        Assert.Equal(20 * 4_900m, table.Society.Sek);
        // Two independent years: √(1² + 1²)/2 days.
        Assert.Equal(4_900 * Math.Sqrt(2) / 2, (double)table.Society.StandardError, 1e-6);
    }

    [Fact]
    public void Price_SumsByActorByItemAndByLine_AreTheSameToTheLastDigit()
    {
        var random = new Random(17);
        for (var round = 0; round < 200; round++)
        {
            var set = Sample.Alone(
                Sample.Of(Sample.Support, random.NextDouble() * 12, 0.1),
                Sample.Of(Sample.Placement, random.NextDouble() * 300, 0.1),
                Sample.Of(Sample.SickLeave, random.NextDouble() * 300, 0.1));
            var table = Told(set, "full-cost", 2023).PerPersonYear;

            Assert.Equal(table.Society.Sek, table.Lines.Sum(l => l.Amount.Sek));
            Assert.Equal(table.Society.Sek, table.ByActor.Sum(a => a.Together.Sek));
            Assert.Equal(table.Society.Sek, table.ByBudgetItem.Reverse().Sum(i => i.Amount.Sek));
            Assert.Equal(table.Society.Sek, table.Real.Sek);
            Assert.Equal(table.Paid.Sek, table.Real.Sek + table.TransfersPaid.Sek);
            Assert.Equal(table.Paid.Sek, table.ByProvenance.Sum(p => p.Amount.Sek));
        }
    }

    [Fact]
    public void Price_OrderOfQuantities_ChangesNoLine()
    {
        MeasureQuantity[] quantities = [Sample.Of(Sample.Support, 4.123, 0.2), Sample.Of(Sample.Placement, 31.7, 3), Sample.Of(Sample.SickLeave, 55.5, 4)];

        var forth = Told(Sample.Alone(quantities), "full-cost", 2023).PerPersonYear;
        var back = Told(Sample.Alone([.. quantities.Reverse()]), "full-cost", 2023).PerPersonYear;

        Assert.Equal(forth.Lines.Select(l => (l.Item.Code, l.Amount)), back.Lines.Select(l => (l.Item.Code, l.Amount)));
        Assert.Equal(forth.Society.Sek, back.Society.Sek);
    }

    [Fact]
    public void Price_SharedPersons_WidenTheSumWhenTheirMeasuresGoTogether()
    {
        var random = new Random(3);
        var persons = Enumerable.Range(0, 500).Select(_ => random.NextDouble() - 0.5).ToArray();
        double[] support = [.. persons.Select(p => p * 0.02)];
        double[] placement = [.. persons.Select(p => p * 0.5)];
        var error = (Math.Sqrt(support.Sum(v => v * v)), Math.Sqrt(placement.Sum(v => v * v)));
        MeasureQuantity[] quantities = [Sample.Of(Sample.Support, 4, error.Item1), Sample.Of(Sample.Placement, 30, error.Item2)];

        var together = Told(new QuantitySet(quantities, new InfluenceValues([support, placement])), "municipal-fee", 2023).PerPersonYear.Paid;
        var apart = Told(Sample.Alone(quantities), "municipal-fee", 2023).PerPersonYear.Paid;

        // Perfectly correlated: standard errors add, instead of their squares.
        var prices = new[] { Sample.Support, Sample.Placement }
            .Select(m => (double)Sample.Told(Sample.Terms("municipal-fee", 2023).For(m, m == Sample.Support ? "months" : "days"))[0].PerMeasureUnit).ToArray();
        Assert.Equal((prices[0] * error.Item1) + (prices[1] * error.Item2), (double)together.StandardError, 1e-6);
        Assert.True(apart.StandardError < together.StandardError * 0.999m);
        Assert.Equal(apart.Sek, together.Sek);
    }

    [Fact]
    public void Price_Provenance_IsTheWeakestOfQuantityAndPrice()
    {
        var measured = Told(Sample.Alone(Sample.Of(Sample.Placement, 30)), "full-cost", 2020).PerPersonYear;
        var assumed = Told(Sample.Alone(Sample.Of(Sample.Placement, 30, provenance: Provenance.Assumed)), "full-cost", 2020).PerPersonYear;

        // The shipped day stands for all kinds of places, so even measured days are modelled kronor.
        Assert.All(measured.Lines, l => Assert.Equal(Provenance.ModelledFromProxy, l.Provenance));
        Assert.All(assumed.Lines, l => Assert.Equal(Provenance.Assumed, l.Provenance));
    }

    [Fact]
    public void Price_AllMeasured_StaysMeasuredUntilAProvisionalIndexRowMovesIt()
    {
        var terms = Sample.Measured(2023);
        var set = Sample.Alone(Sample.Of(Sample.Placement, 30));

        var own = Sample.Told(CounterfactualBaseline.Price(Sample.Counterfactual(set), terms)).PerPersonYear;
        var moved = Sample.Told(CounterfactualBaseline.Price(Sample.Counterfactual(set), Sample.Measured(2024))).PerPersonYear;

        Assert.All(own.Lines, l => Assert.Equal(Provenance.Measured, l.Provenance));
        Assert.All(moved.Lines, l => Assert.Equal(Provenance.ModelledFromProxy, l.Provenance));
        // By hand: 30 days at 1 000 kr, and the same in 2024 prices.
        Assert.Equal(30_000m, own.Society.Sek);
        Assert.Equal((double)(30_000m * 415.01m / 403.70m), (double)moved.Society.Sek, 1e-9);
    }

    [Fact]
    public void Price_IncompleteRow_HasNothingToPriceWith() =>
        Assert.Null(new UnitCostRow(new UnitCostFields { Set = "s", Code = "c", Name = new("c", "c"), Source = "here" }, ["split"]).Complete);

    [Fact]
    public void Price_MissingUnitCosts_AreAllToldAndNothingIsPriced()
    {
        var set = Sample.Alone(Sample.Of(Sample.Support, 4), Sample.Of(Sample.SickLeave, 4), Sample.Of(Sample.Placement, 30));

        var gaps = Sample.Refused(CounterfactualBaseline.Price(Sample.Counterfactual(set), Sample.Terms("norrkoping-2016", 2023)));

        Assert.Equal([Sample.Support, Sample.SickLeave], gaps.Select(g => g.Measure));
    }

    [Fact]
    public void Price_YearsThatAreNotTheHorizons_AreRefused()
    {
        var set = Sample.Alone(Sample.Of(Sample.Placement, 30, year: 2));

        Assert.Throws<ArgumentException>(() => CounterfactualBaseline.Price(Sample.Counterfactual(set), Sample.Terms("full-cost", 2023)));
    }

    [Fact]
    public void Kinds_TheTwoBaselines_HaveNothingThatOneCouldMixThemThrough()
    {
        Type[] kinds = [typeof(TargetGroupBaseline), typeof(CounterfactualBaseline), typeof(TargetGroupQuantities), typeof(CounterfactualQuantities)];

        Assert.All(kinds, k => Assert.Equal(typeof(object), k.BaseType));
        Assert.All(kinds, k => Assert.All(k.GetInterfaces(), i => Assert.StartsWith("IEquatable", i.Name, StringComparison.Ordinal)));
        Assert.All(kinds, k => Assert.DoesNotContain(k.GetMethods(), m => m.Name is "op_Implicit" or "op_Explicit"));
        Assert.All(kinds, k => Assert.DoesNotContain(
            k.GetMethods().SelectMany(m => m.GetParameters()), p => kinds.Except([k]).Contains(p.ParameterType) && p.ParameterType.Name.EndsWith("Baseline", StringComparison.Ordinal)));
    }

    [Fact]
    public void Price_TheTwoKinds_ReckonAlike()
    {
        var set = Sample.Alone(Sample.Of(Sample.Placement, 30, 2));

        var target = Sample.Told(TargetGroupBaseline.Price(Sample.TargetGroup(set), Sample.Terms("full-cost", 2023)));

        Assert.Equal(Told(set, "full-cost", 2023).PerPersonYear.Society, target.PerPersonYear.Society);
        Assert.Equal("unemployed 18-29", target.Scope.Subject);
    }

    [Fact]
    public void Contributors_OfASum_AreOnTheCarefulSide()
    {
        var few = new Contributors(40, 12, 0.3, 4, 0.6, 0.9);
        var set = Sample.Alone(Sample.Of(Sample.Placement, 30), Sample.Of(Sample.Support, 4) with { Contributors = few });

        var table = Told(set, "municipal-fee", 2024).PerPersonYear;

        Assert.Equal(few, table.ContributorsTo(_ => true));
        Assert.Equal(Sample.Many, table.ContributorsTo(l => l.Measure == Sample.Placement));
        Assert.Equal(Contributors.None, table.ContributorsTo(_ => false));
        Assert.Equal(few, table.ByActor.Single(a => a.Actor == Actor.Municipality).Contributors);
    }

    private static CounterfactualBaseline Told(QuantitySet set, string unitCosts, int year) =>
        Sample.Told(CounterfactualBaseline.Price(Sample.Counterfactual(set), Sample.Terms(unitCosts, year)));
}
