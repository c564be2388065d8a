using System.Runtime.Intrinsics;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Tests.LinearAlgebra;

public sealed class LaneMathTests
{
    [Fact]
    public void Exp_OverItsRange_IsWithinAUnitOfTheRuntimes()
    {
        var random = new Random(1);
        for (var i = 0; i < 200_000; i++)
        {
            var x = ((random.NextDouble() * 2) - 1) * (i % 3 == 0 ? 700 : i % 3 == 1 ? 20 : 0.4);

            // Both are within one unit of the exact value, so within two of each other.
            Near(Math.Exp(x), LaneMath.Exp(Vector256.Create(x))[i % 4], units: 2);
        }
    }

    [Theory]
    [InlineData(0.0, 1.0)]
    [InlineData(-746.0, 0.0)]
    [InlineData(-1e300, 0.0)]
    [InlineData(710.0, double.PositiveInfinity)]
    [InlineData(1e300, double.PositiveInfinity)]
    [InlineData(-745.13321910194110842, double.Epsilon)]
    public void Exp_AtTheEnds_IsExact(double x, double expected) => Assert.Equal(expected, LaneMath.Exp(Vector256.Create(x))[2]);

    [Fact]
    public void Log_OfPositiveNumbers_IsWithinAUnitOfTheRuntimes()
    {
        var random = new Random(2);
        for (var i = 0; i < 200_000; i++)
        {
            var x = i % 2 == 0 ? 1 + random.NextDouble() : Math.Exp(((random.NextDouble() * 2) - 1) * 700);

            Near(Math.Log(x), LaneMath.Log(Vector256.Create(x))[i % 4], units: 2);
        }

        Assert.Equal(0, LaneMath.Log(Vector256<double>.One)[1]);
        Assert.Equal(Math.Log(2), LaneMath.Log(Vector256.Create(2.0))[0]);
    }

    [Fact]
    public void EveryWidthAndPlace_GivesTheSameBytes()
    {
        var values = Vector512.Create(-3.3, -2.2, -1.1, -0.1, 0.1, 1.1, 2.2, 3.3);
        var (exp, log) = (LaneMath.Exp(values), LaneMath.Log(LaneMath.Exp(values)));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(exp[i], LaneMath.Exp(Vector256.Create(values[i]))[3]);
            Assert.Equal(log[i], LaneMath.Log(Vector256.Create(exp[i]))[0]);
        }
    }

    private static void Near(double expected, double actual, int units) => Assert.True(
        Math.Abs(BitConverter.DoubleToInt64Bits(expected) - BitConverter.DoubleToInt64Bits(actual)) <= units || Math.Abs(expected - actual) < 1e-300,
        $"expected {expected:R}, got {actual:R}");
}
