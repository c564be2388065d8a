using SiOutcomeLab.Economics.Baselines;
using SiOutcomeLab.Economics.Tests.Samples;

namespace SiOutcomeLab.Economics.Tests.Baselines;

public sealed class WinsorisedCostTests
{
    [Fact]
    public void Of_OneVeryDearPerson_IsCutToTheNextDearest()
    {
        // By hand, at 4 900 kr a day: nine persons 10 days, one 365 days. Nine tenths keep their own cost, so the last is cut to 10 days.
        double[] days = [10, 10, 10, 10, 10, 10, 10, 10, 10, 365];

        var answer = Told(days, null, 0.9);

        Assert.Equal((90 + 365) / 10m * 4_900m, answer.Mean);
        Assert.Equal(49_000m, answer.WinsorisedMean);
        Assert.Equal((10, 1), (answer.Persons, answer.PersonsCut));
    }

    [Fact]
    public void Of_RowsOfOnePerson_CountThatPersonOnceAndTogether()
    {
        // Twenty rows of ten persons. Above the cut of 10 days: two rows of person 0 by 90 and 60 days, one of person 9 by 50. Person 5's has no weight.
        double[] days = [100, 70, .. Enumerable.Repeat(10.0, 16), 60, 500];
        double[] weights = [.. Enumerable.Repeat(1.0, 19), 0];
        int[] person = [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 5];

        var answer = Sample.Told(WinsorisedCost.Of([new PersonQuantities(Sample.Placement, "days", days)], weights, Sample.Terms("full-cost", 2020), 0.8, person));

        Assert.Equal((10, 2), (answer.Persons, answer.PersonsCut));
        Assert.Equal(150.0 / 200, answer.LargestShareCut, 12);
    }

    [Fact]
    public void Of_Weights_CountAsCopies()
    {
        var weighted = Told([10, 20, 300], [6, 3, 1], 0.8);
        var copied = Told([10, 10, 10, 10, 10, 10, 20, 20, 20, 300], null, 0.8);

        Assert.Equal(copied.Mean, weighted.Mean);
        Assert.Equal(copied.WinsorisedMean, weighted.WinsorisedMean);
    }

    [Fact]
    public void Of_NobodyAbove_ChangesNothing()
    {
        var answer = Told([5, 5, 5], null, 0.99);

        Assert.Equal(answer.Mean, answer.WinsorisedMean);
        Assert.Equal(0, answer.PersonsCut);
    }

    [Fact]
    public void Of_TwoMeasures_CutsPersonsAndNotMeasures()
    {
        // Each measure has its own dear person; cut together, the dearest of all is cut and the other keeps what he has.
        var terms = Sample.Terms("full-cost", 2023);
        PersonQuantities[] measures =
        [
            new(Sample.Placement, "days", [0, 0, 0, 0, 100]),
            new(Sample.SickLeave, "days", [0, 0, 0, 100, 0]),
        ];

        var answer = Sample.Told(WinsorisedCost.Of(measures, null, terms, 0.8));

        Assert.Equal(1, answer.PersonsCut);
        var sick = 100 * Sample.Told(terms.For(Sample.SickLeave, "days"))[0].PerMeasureUnit;
        // The cut falls at the fourth person of five, who has the sick leave.
        Assert.Equal((double)(2 * sick / 5), (double)answer.WinsorisedMean, 1e-6);
    }

    [Fact]
    public void Of_UnsoundInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Told([], null, 0.9));
        Assert.Throws<ArgumentException>(() => Told([1, 2], [1], 0.9));
        Assert.Throws<ArgumentException>(() => Told([1, 2], [0, 0], 0.9));
        Assert.Throws<ArgumentException>(() => Told([1, 2], [1, double.NaN], 0.9));
        Assert.Throws<ArgumentOutOfRangeException>(() => Told([1, 2], null, 0.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => Told([1, double.NaN], null, 0.9));
        Sample.Refused(WinsorisedCost.Of([new PersonQuantities(Sample.Support, "months", [1])], null, Sample.Terms("norrkoping-2016", 2023)));
    }

    private static WinsorisedCost Told(double[] days, double[]? weights, double quantile) =>
        Sample.Told(WinsorisedCost.Of([new PersonQuantities(Sample.Placement, "days", days)], weights, Sample.Terms("full-cost", 2020), quantile));
}
