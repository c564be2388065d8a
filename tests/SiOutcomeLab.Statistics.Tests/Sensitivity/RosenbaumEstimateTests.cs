using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Statistics.Tests.Sensitivity;

/// <summary>Hodges–Lehmann intervals against all Walsh averages, and McNemar bounds against plain sums.</summary>
public sealed class RosenbaumEstimateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1.25)]
    [InlineData(2)]
    [InlineData(3)]
    public void Bounds_AnyPairs_AreQuantilesOfAllWalshAverages(double gamma)
    {
        var random = new Random(11);
        for (var n = 1; n < 30; n++)
        {
            double[] d = [.. Enumerable.Range(0, n).Select(i => Math.Round(Simulated.Normal(random), i % 4 == 0 ? 0 : 9))];
            double[] walsh = [.. Enumerable.Range(0, n).SelectMany(i => Enumerable.Range(i, n - i).Select(j => (d[i] + d[j]) / 2)).Order()];
            var (low, high) = HodgesLehmann.Bounds(d, gamma).Value();
            Assert.Equal(Quantile(walsh, 1 / (1 + gamma)), low);
            Assert.Equal(Quantile(walsh, gamma / (1 + gamma)), high);
        }
    }

    [Fact]
    public void Bounds_WideRange_SearchesAllDoubles()
    {
        var (low, high) = HodgesLehmann.Bounds([-1e300, 1e300, 0], 1).Value();
        Assert.Equal(0, low);
        Assert.Equal(0, high);
        Assert.Equal(NotEstimableReason.TooFewObservations, HodgesLehmann.Bounds([]).Refusal().Reason);
    }

    [Theory]
    [InlineData(40, 15, 1.3)]
    [InlineData(3, 0, 2)]
    [InlineData(0, 4, 1)]
    public void McNemar_AnyCounts_IsThePlainBinomialSum(int b, int c, double gamma)
    {
        var bound = RosenbaumMcNemar.At(b, c, gamma).Value();
        Assert.Equal(Tail(b, c, gamma / (1 + gamma)), bound.PUpper, 1e-13);
        Assert.Equal(Tail(b, c, 1 / (1 + gamma)), bound.PLower, 1e-13);
    }

    [Fact]
    public void CriticalGamma_McNemar_IsWhereTheBoundReachesTheLevel()
    {
        var gamma = RosenbaumMcNemar.CriticalGamma(40, 15, 0.01).Value()!.Value;
        Assert.Equal(0.01, RosenbaumMcNemar.At(40, 15, gamma).Value().PUpper, 1e-12);
        Assert.Null(RosenbaumMcNemar.CriticalGamma(15, 15).Value());
        Assert.Equal(NotEstimableReason.NoVariation, RosenbaumMcNemar.At(0, 0, 1).Refusal().Reason);
        Assert.Throws<ArgumentOutOfRangeException>(() => RosenbaumMcNemar.At(-1, 2, 1));
    }

    private static double Quantile(double[] sorted, double share)
    {
        var k = share * sorted.Length;
        var whole = (int)Math.Round(k);
        return Math.Abs(k - whole) < 1e-9
            ? (sorted[Math.Max(whole, 1) - 1] + sorted[Math.Min(whole + 1, sorted.Length) - 1]) / 2
            : sorted[(int)Math.Floor(k)];
    }

    private static double Tail(int b, int c, double p)
    {
        var n = b + c;
        var sum = 0.0;
        for (var x = b; x <= n; x++)
        {
            var choose = 1.0;
            for (var i = 0; i < x; i++) choose *= (n - i) / (double)(x - i);
            sum += choose * Math.Pow(p, x) * Math.Pow(1 - p, n - x);
        }

        return sum;
    }
}
