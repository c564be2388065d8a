using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Pipelines.Costing;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

public sealed class PooledMeansTests
{
    private static readonly MeasureYear Days = new(new MeasureCode("placement_days"), "days", 1);
    private static readonly MeasureYear Months = new(new MeasureCode("income_support_months"), "months", 1);

    [Fact]
    public void Of_PlansOfUnequalSize_CountsEachByItsSize()
    {
        var pooled = PooledMeans.Of([(Of(10, 0, Days), 30), (Of(20, 100, Days), 10)]).Means!;

        Assert.Equal(12.5, pooled.Means[0], 12);
        var contributors = pooled.ToSet().Quantities[0].Contributors;
        Assert.Equal((100, 2), (contributors.Persons, contributors.Municipalities));
    }

    [Fact]
    public void Of_SamePersonsTwice_AreNoMoreCertainThanOnce()
    {
        var once = Of(10, 0, Days);

        var same = PooledMeans.Of([(once, 5), (once, 5)]).Means!.ToSet().Quantities[0].StandardError;
        var others = PooledMeans.Of([(once, 5), (Of(10, 100, Days), 5)]).Means!.ToSet().Quantities[0].StandardError;

        var alone = once.ToSet().Quantities[0].StandardError;
        Assert.Equal(alone, same, 12);
        Assert.Equal(alone / Math.Sqrt(2), others, 12);
    }

    [Fact]
    public void Of_MeasureThatOnePlanLacks_IsLeftOutAndTold()
    {
        var pooled = PooledMeans.Of([(Of(10, 0, Days, Months), 5), (Of(10, 100, Days), 5)]);

        Assert.Equal([Days], pooled.Means!.What);
        Assert.Equal(["income_support_months"], pooled.LeftOut.Select(m => m.Code));
        Assert.Null(PooledMeans.Of([(Of(10, 0, Months), 5), (Of(10, 100, Days), 5)]).Means);
    }

    // Fifty persons around a mean, each a cluster, in a municipality of their own.
    private static RowMeans Of(double mean, int firstPerson, params MeasureYear[] what)
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => mean + (i % 2 == 0 ? 1 : -1))];
        return new RowMeans(
            what,
            [.. what.Select(_ => mean)],
            [.. what.Select(_ => Array.ConvertAll(values, v => (v - mean) / 50))],
            [.. what.Select(_ => values)],
            [.. Enumerable.Repeat(1.0, 50)],
            [.. Enumerable.Range(0, 50)],
            [.. Enumerable.Range(firstPerson, 50).Select(i => PersonOf(i))],
            [.. Enumerable.Repeat(firstPerson == 0 ? "0180" : "1281", 50)]);
    }

    private static PersonId PersonOf(int number) => new(0, (UInt128)(ulong)number);
}
