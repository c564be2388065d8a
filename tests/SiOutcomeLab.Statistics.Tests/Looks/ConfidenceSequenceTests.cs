using SiOutcomeLab.Statistics.Looks;

namespace SiOutcomeLab.Statistics.Tests.Looks;

public sealed class ConfidenceSequenceTests
{
    [Theory]
    [InlineData(50, 100)]
    [InlineData(100, 100)]
    [InlineData(5000, 100)]
    public void CriticalValue_AnyTime_IsWhereTheMixtureMartingaleReachesOneOverAlpha(double n, double m)
    {
        var z = ConfidenceSequence.CriticalValue(n, m, 0.05);
        // E over λ ~ N(0, ρ²) of exp(λS − λ²n/2) at S = z√n, by a fine sum.
        var rho = Math.Sqrt(((-2 * Math.Log(0.05)) + Math.Log((-2 * Math.Log(0.05)) + 1)) / m);
        var (sum, step) = (0.0, rho / 4000);
        for (var lambda = -12 * rho; lambda < 12 * rho; lambda += step)
        {
            var density = Math.Exp(-lambda * lambda / (2 * rho * rho)) / (rho * Math.Sqrt(2 * Math.PI));
            sum += step * density * Math.Exp((lambda * z * Math.Sqrt(n)) - (lambda * lambda * n / 2));
        }

        Assert.Equal(20, sum, 1e-6);
    }

    [Fact]
    public void CriticalValue_TunedTime_IsNarrowestThere()
    {
        double At(double m) => ConfidenceSequence.CriticalValue(400, m, 0.05);
        // The approximation to the best ρ is good to a percent.
        Assert.All(new[] { 50.0, 100, 200, 800, 1600, 6400 }, m => Assert.True(At(400) < At(m) * 1.001));
        Assert.True(At(400) > 1.96);
    }

    [Fact]
    public void At_SkewedDataWatchedAllTheTime_CoversOnWholePaths()
    {
        var random = new Random(13);
        const int paths = 700, last = 2000;
        // A table, because the factor depends on the time only.
        double[] factors = [.. Enumerable.Range(0, last + 1).Select(n => ConfidenceSequence.CriticalValue(Math.Max(1, n), 500, 0.05))];
        int missed = 0, naive = 0;
        for (var path = 0; path < paths; path++)
        {
            double sum = 0, squares = 0;
            bool out1 = false, out2 = false;
            for (var n = 1; n <= last; n++)
            {
                var value = -Math.Log(1 - random.NextDouble());
                sum += value;
                squares += value * value;
                if (n < 100) continue;
                var mean = sum / n;
                var error = Math.Sqrt(((squares / n) - (mean * mean)) / n);
                out1 |= Math.Abs(mean - 1) > factors[n] * error;
                out2 |= Math.Abs(mean - 1) > 1.96 * error;
            }

            if (out1) missed++;
            if (out2) naive++;
        }

        var (low, high) = ConfidenceSequence.At(2, 0.5, 700, 500);
        Assert.Equal(2 - (0.5 * factors[700]), low, 1e-14);
        Assert.Equal(2 + (0.5 * factors[700]), high, 1e-14);
        // At most 5 % over all times, of which 100 to 2000 is a part; the ordinary interval misses at some time on every third path.
        Assert.InRange(missed / (double)paths, 0.002, 0.05);
        Assert.True(naive / (double)paths > 0.2);
    }

    [Fact]
    public void At_BadArguments_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSequence.At(0, -1, 10, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSequence.At(0, 1, 0, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceSequence.At(0, 1, 10, 10, 1));
    }
}
