using SiOutcomeLab.Statistics.Multiplicity;

namespace SiOutcomeLab.Statistics.Tests.Multiplicity;

public sealed class AdjustedPValuesTests
{
    // The fifteen p-values of Benjamini and Hochberg (1995), §3.2.
    private static readonly double[] Published =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

    [Fact]
    public void Adjust_FiveByHand_GivesEachFormula()
    {
        double[] p = [0.05, 0.01, 0.04, 0.02, 0.03];
        Close([0.25, 0.05, 0.2, 0.1, 0.15], AdjustedPValues.Adjust(p, Adjustment.Bonferroni));
        Close([0.09, 0.05, 0.09, 0.08, 0.09], AdjustedPValues.Adjust(p, Adjustment.Holm));
        Close([0.05, 0.05, 0.05, 0.05, 0.05], AdjustedPValues.Adjust(p, Adjustment.Hochberg));
        Close([0.05, 0.05, 0.05, 0.05, 0.05], AdjustedPValues.Adjust(p, Adjustment.BenjaminiHochberg));
        // 0.05 · (1 + 1/2 + 1/3 + 1/4 + 1/5).
        Close(Enumerable.Repeat(0.05 * 137 / 60, 5).ToArray(), AdjustedPValues.Adjust(p, Adjustment.BenjaminiYekutieli));
    }

    [Fact]
    public void Adjust_PublishedExample_RejectsWhatThePaperRejects()
    {
        Assert.Equal(3, AdjustedPValues.Adjust(Published, Adjustment.Bonferroni).Count(p => p <= 0.05));
        Assert.Equal(3, AdjustedPValues.Adjust(Published, Adjustment.Hochberg).Count(p => p <= 0.05));
        Assert.Equal(4, AdjustedPValues.Adjust(Published, Adjustment.BenjaminiHochberg).Count(p => p <= 0.05));
    }

    [Fact]
    public void Adjust_ManyDraws_IsTheClosedTest()
    {
        var random = new Random(4);
        for (var draw = 0; draw < 60; draw++)
        {
            var n = 1 + (draw % 8);
            double[] p =
                [.. Enumerable.Range(0, n).Select(_ => draw % 3 == 0 ? random.Next(1, 6) / 50.0 : Math.Pow(random.NextDouble(), 3))];
            Close(ClosedTesting.Adjust(p, members => members.Length * members.Min(i => p[i])), AdjustedPValues.Adjust(p, Adjustment.Holm));
            Close(ClosedTesting.Adjust(p, members => ClosedTesting.Simes(p, members)), AdjustedPValues.Adjust(p, Adjustment.Hommel));
            Close(FalseDiscovery(p, 1), AdjustedPValues.Adjust(p, Adjustment.BenjaminiHochberg));
            Close(
                FalseDiscovery(p, Enumerable.Range(1, n).Sum(k => 1.0 / k)), AdjustedPValues.Adjust(p, Adjustment.BenjaminiYekutieli));
            Close(Hochberg(p), AdjustedPValues.Adjust(p, Adjustment.Hochberg));
            Close(ClosedTesting.Adjust(p, members => p[members[0]]), FixedSequence.Adjust(p));
        }
    }

    [Theory]
    [InlineData(Adjustment.Holm)]
    [InlineData(Adjustment.Hommel)]
    [InlineData(Adjustment.BenjaminiYekutieli)]
    public void Adjust_AnyOrder_GivesTheSameValues(Adjustment adjustment)
    {
        var order = new Permutation(Published.Length, 6);
        var expected = AdjustedPValues.Adjust(Published, adjustment);
        Assert.Equal(order.Of<double>(expected), AdjustedPValues.Adjust(order.Of<double>(Published), adjustment));
    }

    [Fact]
    public void Adjust_BadInput_ThrowsAndEmptyIsEmpty()
    {
        Assert.Empty(AdjustedPValues.Adjust([], Adjustment.Hommel));
        Assert.Throws<ArgumentException>(() => AdjustedPValues.Adjust([0.1, 1.1], Adjustment.Holm));
        Assert.Throws<ArgumentException>(() => AdjustedPValues.Adjust([double.NaN], Adjustment.Holm));
        Assert.Throws<ArgumentOutOfRangeException>(() => AdjustedPValues.Adjust([0.1], (Adjustment)99));
    }

    internal static void Close(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-14);
    }

    // Straight from the definition: the smallest q at which the step-up rule rejects, found among the candidates.
    private static double[] FalseDiscovery(double[] p, double penalty) => StepUp(p, (n, rank) => rank / (n * penalty));

    private static double[] Hochberg(double[] p) => StepUp(p, (n, rank) => 1.0 / (n - rank + 1));

    private static double[] StepUp(double[] p, Func<int, int, double> share)
    {
        double[] sorted = [.. p.Order()];
        return [.. p.Select(own => Enumerable.Range(1, p.Length).Where(rank => sorted[rank - 1] >= own)
            .Select(rank => sorted[rank - 1] / share(p.Length, rank)).Append(1).Min())];
    }
}
