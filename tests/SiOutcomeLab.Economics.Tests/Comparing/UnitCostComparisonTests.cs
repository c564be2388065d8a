using SiOutcomeLab.Economics.Comparing;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Comparing;

public sealed class UnitCostComparisonTests
{
    [Fact]
    public void Of_SameDaysByFourSets_StandSideBySide()
    {
        var comparison = Compare("municipal-fee", "full-cost", "norrkoping-2016", "published");

        Assert.Equal(["municipal-fee", "full-cost", "norrkoping-2016", "published"], comparison.Sets.Select(s => s.Set));
        // By hand in 2023 prices: 30 days at 3 528 · 403.70/335.92, 4 900 · 403.70/335.92 and 1 000 000/365 · 403.70/316.43.
        decimal[] expected = [127_195.78m, 176_660.81m, 104_859.91m];
        Assert.Equal(expected, comparison.Sets.Take(3).Select(s => decimal.Round(Sample.Told(s.PerPersonYear).Society.Sek, 2)));
        // The set that cannot is there too, with what it lacks.
        Assert.Equal(CostGapKind.SeveralUnitCosts, Sample.Refused(comparison.Sets[3].PerPersonYear)[0].Kind);
    }

    [Fact]
    public void Of_SameUnit_FigureAndMarginalShareAreToldApart()
    {
        var difference = Compare("municipal-fee", "full-cost").Differences.Single();

        // Same conversion, price year and index: all of the difference in full price is the figure.
        Assert.Equal([PriceDriver.Figure, PriceDriver.Conversion, PriceDriver.PriceYear], difference.Parts.Select(p => p.Driver));
        Assert.Equal(difference.To - difference.From, difference.Parts[0].Sek);
        Assert.Equal(0m, difference.Parts[1].Sek);
        Assert.Equal(0m, difference.Parts[2].Sek);
        // Marginal: 0.8 of it against all of it; two orders, by hand with u = 403.70/335.92.
        var u = 403.70m / 335.92m;
        var figure = ((4_900m - 3_528m) * u * (1m + 0.8m)) / 2m;
        var share = -(0.2m * u * (3_528m + 4_900m)) / 2m;
        Assert.Equal((double)figure, (double)difference.MarginalParts.Single(p => p.Driver == PriceDriver.Figure).Sek, 1e-9);
        Assert.Equal((double)share, (double)difference.MarginalParts.Single(p => p.Driver == PriceDriver.MarginalShare).Sek, 1e-9);
        // 28 % moved from the municipality to SiS.
        Assert.Equal(28m, difference.PercentOnOtherActors);
    }

    [Fact]
    public void Of_OtherUnit_FigureTakesItsConversionAlong()
    {
        var difference = Compare("municipal-fee", "norrkoping-2016").Differences.Single();

        Assert.Equal([PriceDriver.Figure, PriceDriver.PriceYear], difference.Parts.Select(p => p.Driver));
        Assert.True(difference.Parts[1].Sek > 0, "An older figure is uprated by more.");
        Assert.Equal(0m, difference.PercentOnOtherActors);
    }

    [Fact]
    public void Of_EveryPair_PartsSumToTheDifferenceAndTurnRound()
    {
        string[] sets = ["municipal-fee", "full-cost", "norrkoping-2016"];
        foreach (var a in sets)
        {
            foreach (var b in sets)
            {
                var there = Compare(a, b).Differences.Single();
                var back = Compare(b, a).Differences.Single();

                Assert.Equal(there.To - there.From, there.Parts.Sum(p => p.Sek));
                Assert.Equal(there.MarginalTo - there.MarginalFrom, there.MarginalParts.Sum(p => p.Sek));
                for (var i = 0; i < there.MarginalParts.Count; i++)
                {
                    // Two roundings to the grid.
                    Assert.Equal((double)there.MarginalParts[i].Sek, -(double)back.MarginalParts[i].Sek, 1e-9);
                }
            }
        }
    }

    [Fact]
    public void FairShares_RandomFactors_AgreeWithEveryOrderWrittenOut()
    {
        var random = new Random(12);
        for (var round = 0; round < 100; round++)
        {
            var factors = Enumerable.Range(1, 4)
                .Select(i => ((PriceDriver)i, From: Math.Round((decimal)random.NextDouble() * 3m, 3), To: Math.Round((decimal)random.NextDouble() * 3m, 3))).ToArray();
            var difference = factors.Aggregate(1m, (p, f) => p * f.To) - factors.Aggregate(1m, (p, f) => p * f.From);
            var slow = new double[4];
            var orders = Orders([0, 1, 2, 3]).ToList();
            foreach (var order in orders)
            {
                var now = factors.Select(f => (double)f.From).ToArray();
                foreach (var i in order)
                {
                    var before = now.Aggregate(1.0, (p, f) => p * f);
                    now[i] = (double)factors[i].To;
                    slow[i] += (now.Aggregate(1.0, (p, f) => p * f) - before) / orders.Count;
                }
            }

            var parts = FairShares.Of(factors, difference);

            Assert.Equal(24, orders.Count);
            Assert.Equal(difference, parts.Sum(p => p.Sek));
            for (var i = 0; i < 4; i++) Assert.Equal(slow[i], (double)parts[i].Sek, 1e-8);
        }
    }

    private static UnitCostComparison Compare(params string[] sets) =>
        UnitCostComparison.Of(Sample.Alone(Sample.Of(Sample.Placement, 30, 2)), [.. sets.Select(s => Sample.Terms(s, 2023))]);

    private static IEnumerable<int[]> Orders(int[] left) =>
        left.Length == 0 ? [[]] : left.SelectMany(first => Orders([.. left.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
}
