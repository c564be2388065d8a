using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Tests.LinearAlgebra;

public sealed class LaneSumTests
{
    [Fact]
    public void AllSums_EveryLengthTo40_AgreeWithPlainLoops()
    {
        var random = new Random(1);
        for (var n = 0; n <= 40; n++)
        {
            // Quarters are exact in binary, so both orders of adding give the same number.
            double[] a = [.. Enumerable.Range(0, n).Select(_ => random.Next(-99, 99) / 4.0)];
            double[] b = [.. Enumerable.Range(0, n).Select(_ => random.Next(-99, 99) / 4.0)];
            Assert.Equal(a.Sum(), LaneSum.Sum(a));
            Assert.Equal(a.Zip(b, (x, y) => x * y).Sum(), LaneSum.Dot(a, b));
            var product = new double[n];
            LaneSum.Multiply(a, b, product);
            Assert.Equal(a.Zip(b, (x, y) => x * y), product);
            LaneSum.AddScaled(2, a, product);
            Assert.Equal(a.Zip(b, (x, y) => (x * y) + (2 * x)), product);
        }
    }

    [Fact]
    public void CompensatedSum_LargeThenSmall_KeepsTheSmall()
    {
        CompensatedSum sum = default;
        foreach (var term in new[] { 1.0, 1e100, 1.0, -1e100 }) sum.Add(term);
        Assert.Equal(2, sum.Value);
    }
}
