using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Linear combinations of estimates that linear trends leave alone, by what they put on each second difference of the trend. With periods
/// −P … −1 before and 1 … Q after (0 the reference), a trend is its slope and its second differences; the weight v of period −p is the
/// second difference of coefficients x. The coefficient at the reference is given by the weights after treatment, and those at later
/// periods are constants, so that P − 1 numbers are free.
/// </summary>
internal sealed class SecondDifferences
{
    private const int MaximumRounds = 100_000;
    private readonly double[,] _covariance;
    private readonly double[] _after;
    private readonly double[] _quadratic;
    private readonly double[] _linear;
    private readonly int _periods;
    private readonly double _fixed;
    private readonly double _atReference;

    private SecondDifferences(double[,] covariance, int periods, double[] after)
    {
        (_covariance, _periods, _after) = (covariance, periods, after);
        for (var k = 1; k <= after.Length; k++) _atReference += k * after[k - 1];
        _fixed = Math.Abs(_atReference);
        for (var j = 1; j < after.Length; j++)
        {
            var coefficient = 0.0;
            for (var k = j + 1; k <= after.Length; k++) coefficient += (k - j) * after[k - 1];
            _fixed += Math.Abs(coefficient);
        }

        // Variance = q + 2 linear'x + x'Qx, read off at the origin and along the axes: exact for a quadratic.
        var free = periods - 1;
        (_quadratic, _linear) = (new double[free * free], new double[free]);
        var origin = Combination(new double[free]);
        var axes = Enumerable.Range(0, free).Select(j => Difference(Combination(Unit(free, j)), origin)).ToArray();
        for (var j = 0; j < free; j++)
        {
            _linear[j] = Product(axes[j], origin);
            for (var k = 0; k < free; k++) _quadratic[(j * free) + k] = Product(axes[j], axes[k]);
        }
    }

    public static SecondDifferences? From(double[,] covariance, int periods, double[] after)
    {
        var before = new double[periods * periods];
        for (var j = 0; j < periods; j++)
        {
            for (var k = 0; k < periods; k++) before[(j * periods) + k] = covariance[j, k];
        }

        return Cholesky.TryFactor(before, periods, 1e-12) is null ? null : new SecondDifferences(covariance, periods, after);
    }

    /// <summary>Σ |coefficients|, those that are given counted.</summary>
    public double Size(double[] free) => _fixed + free.Sum(Math.Abs);

    public double Variance(double[] free)
    {
        var v = Combination(free);
        return Product(v, v);
    }

    /// <summary>Weights of the estimates before treatment.</summary>
    public double[] Weights(double[] free) => Combination(free)[.._periods];

    /// <summary>The free coefficients that minimise variance/2 + penalty × Σ|x|, by coordinate descent.</summary>
    public double[] Minimise(double penalty)
    {
        var free = _linear.Length;
        var x = new double[free];
        for (var round = 0; round < MaximumRounds; round++)
        {
            double moved = 0, largest = 0;
            for (var j = 0; j < free; j++)
            {
                var pull = -_linear[j];
                for (var k = 0; k < free; k++) pull -= k == j ? 0 : _quadratic[(j * free) + k] * x[k];
                var next = Math.CopySign(Math.Max(0, Math.Abs(pull) - penalty), pull) / _quadratic[(j * free) + j];
                moved = Math.Max(moved, Math.Abs(next - x[j]));
                largest = Math.Max(largest, Math.Abs(next));
                x[j] = next;
            }

            if (moved <= 1e-15 * largest) break;
        }

        return x;
    }

    // x[0 … P−2] belong to second differences at periods −(P−1) … −1, the next to the reference.
    private double[] Combination(double[] free)
    {
        double At(int period) => period <= -_periods || period > 0 ? 0 : period == 0 ? _atReference : free[period + _periods - 1];
        var v = new double[_periods + _after.Length];
        for (var p = -_periods; p <= -1; p++) v[p + _periods] = At(p + 1) - (2 * At(p)) + At(p - 1);
        _after.CopyTo(v, _periods);
        return v;
    }

    private double Product(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var j = 0; j < a.Length; j++)
        {
            for (var k = 0; k < b.Length; k++) sum += a[j] * _covariance[j, k] * b[k];
        }

        return sum;
    }

    private static double[] Unit(int size, int at)
    {
        var unit = new double[size];
        unit[at] = 1;
        return unit;
    }

    private static double[] Difference(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x - y)];
}
