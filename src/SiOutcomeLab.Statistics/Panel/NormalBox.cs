using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>
/// Probability that a normal vector lies in a box: Genz' separation of variables (Genz 1992, Journal of Computational and Graphical
/// Statistics 1(2), p. 141–149) on a fixed Richtmyer sequence with the baker's fold. Deterministic; good to some 1e-4, and exact for
/// independent coordinates.
/// </summary>
internal sealed class NormalBox
{
    private const int Points = 8_009;
    private readonly double[] _factor;
    private readonly double[] _bound;
    private readonly double[] _generator;
    private readonly int _size;

    private NormalBox(double[] factor, double[] bound)
    {
        (_factor, _bound, _size) = (factor, bound, bound.Length);
        _generator = [.. Primes().Take(_size).Select(prime => Math.Sqrt(prime))];
    }

    /// <summary>Makes the box |xₖ| ≤ bound × standard deviation; null when the covariance is singular.</summary>
    public static NormalBox? Of(double[,] covariance, double bound)
    {
        var size = covariance.GetLength(0);
        var flat = new double[size * size];
        Buffer.BlockCopy(covariance, 0, flat, 0, flat.Length * sizeof(double));
        if (Cholesky.TryFactor(flat, size, 1e-12) is not { } factor) return null;
        return new NormalBox(factor.Lower.ToArray(), [.. Enumerable.Range(0, size).Select(k => bound * Math.Sqrt(covariance[k, k]))]);
    }

    /// <summary>The probability for a mean.</summary>
    public double Probability(ReadOnlySpan<double> mean)
    {
        var y = new double[_size];
        CompensatedSum sum = default;
        for (var point = 1; point <= Points; point++)
        {
            var product = 1.0;
            for (var i = 0; i < _size && product > 0; i++)
            {
                var shift = mean[i];
                for (var j = 0; j < i; j++) shift += _factor[(i * _size) + j] * y[j];
                var scale = _factor[(i * _size) + i];
                var (low, high) = (Normal.CDF(0, 1, (-_bound[i] - shift) / scale), Normal.CDF(0, 1, (_bound[i] - shift) / scale));
                product *= high - low;
                if (i == _size - 1) break;
                var part = point * _generator[i];
                part = Math.Abs((2 * (part - Math.Floor(part))) - 1);
                y[i] = Normal.InvCDF(0, 1, Math.Clamp(low + (part * (high - low)), 1e-300, 1 - 1e-16));
            }

            sum.Add(product);
        }

        return sum.Value / Points;
    }

    private static IEnumerable<int> Primes()
    {
        for (var n = 2; ; n++)
        {
            var prime = true;
            for (var d = 2; d * d <= n && prime; d++) prime = n % d != 0;
            if (prime) yield return n;
        }
    }
}
