using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

/// <summary>
/// Partial pooling without any of its short ways: given τ, effects and estimates are jointly normal with dense covariance matrices, μ has a
/// normal prior of its own or a flat one, and τ is summed over in small steps of τ / (1 + τ) under any prior.
/// </summary>
internal sealed class NaivePartialPooling
{
    private readonly List<Part> _parts = [];

    public NaivePartialPooling(EstimateSet set, Func<double, double> priorOfTau, double? priorDeviationOfPooled, double scale, int steps)
    {
        var dense = new DensePooling(set);
        var logs = new List<double>();
        for (var step = 0; step < steps; step++)
        {
            var at = (step + 0.5) / steps;
            var tau = scale * at / (1 - at);
            var (log, part) = priorDeviationOfPooled is { } deviation ? Conditioned(set, dense, tau, deviation * deviation) : Flat(set, dense, tau);
            logs.Add(log + Math.Log(priorOfTau(tau) / ((1 - at) * (1 - at))));
            _parts.Add(part);
        }

        var highest = logs.Max();
        var shares = logs.Select(l => Math.Exp(l - highest)).ToArray();
        var whole = shares.Sum();
        for (var i = 0; i < _parts.Count; i++) _parts[i] = _parts[i] with { Share = shares[i] / whole };
        _parts.RemoveAll(p => p.Share < 1e-16);
    }

    // Effects, the pooled one and the estimates are jointly normal; the first two given the last, by the textbook's formula.
    private static (double Log, Part Part) Conditioned(EstimateSet set, DensePooling dense, double tau, double wide)
    {
        var (k, t, total) = (set.Count, tau * tau, dense.Total(tau * tau));
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++) total[i, j] += wide;
        }

        var inverse = SlowAlgebra.Invert(total);
        var solved = Product(inverse, set);
        var all = Enumerable.Range(0, k).Select(i => Enumerable.Range(0, k).Sum(j => inverse[i, j])).ToArray();
        double sum = all.Sum(), pooled = wide * solved.Sum();
        var quadratic = Enumerable.Range(0, k).Sum(i => set.Estimates[i] * solved[i]);
        return (-0.5 * (DensePooling.LogDeterminant(total) + quadratic), new Part(
            0,
            [.. solved.Select(s => (t * s) + pooled)],
            [.. all.Select((a, i) => Math.Sqrt(t + wide - (t * t * inverse[i, i]) - (2 * t * wide * a) - (wide * wide * sum)))],
            [.. solved.Select(s => t * s)],
            [.. all.Select((_, i) => Math.Sqrt(t - (t * t * inverse[i, i])))],
            pooled,
            Math.Sqrt(wide - (wide * wide * sum)),
            tau,
            []));
    }

    // The same with nothing known of the pooled effect: P in the place of the inverse.
    private static (double Log, Part Part) Flat(EstimateSet set, DensePooling dense, double tau)
    {
        var (k, t) = (set.Count, tau * tau);
        var (coefficients, covariance) = dense.Fit(t);
        var (p, weight) = (dense.P(t), dense.Weight(t));
        var solved = Product(p, set);
        var (pooled, error) = (coefficients[0], covariance[0, 0]);
        return (dense.LogLikelihood(t, restricted: true), new Part(
            0,
            [.. solved.Select(s => (t * s) + pooled)],
            [.. solved.Select((_, i) => Math.Sqrt(t - (t * t * p[i, i]) + error - (2 * t * error * Enumerable.Range(0, k).Sum(j => weight[i, j]))))],
            [.. solved.Select(s => t * s)],
            [.. solved.Select((_, i) => Math.Sqrt(t - (t * t * p[i, i])))],
            pooled,
            Math.Sqrt(error),
            tau,
            [.. solved.Select((_, i) => t * weight[i, i])]));
    }

    private static double[] Product(double[,] matrix, EstimateSet set) =>
        [.. Enumerable.Range(0, set.Count).Select(i => Enumerable.Range(0, set.Count).Sum(j => matrix[i, j] * set.Estimates[j]))];

    public Told Effect(int i) => new(_parts.Select(p => (p.Share, p.Effects[i], p.Errors[i])));

    public Told Deviation(int i) => new(_parts.Select(p => (p.Share, p.Deviations[i], p.DeviationErrors[i])));

    public Told Pooled => new(_parts.Select(p => (p.Share, p.Pooled, p.PooledError)));

    public Told Further => new(_parts.Select(p => (p.Share, p.Pooled, Math.Sqrt((p.PooledError * p.PooledError) + (p.Tau * p.Tau)))));

    /// <summary>Mean weight of an own estimate; under a flat prior.</summary>
    public double Kept(int i) => _parts.Sum(p => p.Share * p.Kept[i]);

    public double MeanTau => _parts.Sum(p => p.Share * p.Tau);

    private sealed record Part(
        double Share, double[] Effects, double[] Errors, double[] Deviations, double[] DeviationErrors, double Pooled, double PooledError, double Tau,
        double[] Kept);

    /// <summary>A sum of normal distributions.</summary>
    public sealed class Told(IEnumerable<(double Share, double Mean, double Error)> parts)
    {
        private readonly List<(double Share, double Mean, double Error)> _normals = [.. parts];

        public double Mean => _normals.Sum(p => p.Share * p.Mean);

        public double Error => Math.Sqrt(_normals.Sum(p => p.Share * ((p.Error * p.Error) + (p.Mean * p.Mean))) - (Mean * Mean));

        public double Above(double value) => _normals.Sum(p => p.Share * MathNet.Numerics.Distributions.Normal.CDF(0, 1, (p.Mean - value) / p.Error));

        public double Quantile(double probability)
        {
            double low = Mean - (100 * Error), high = Mean + (100 * Error);
            for (var i = 0; i < 80; i++)
            {
                var middle = (low + high) / 2;
                if (1 - Above(middle) < probability) low = middle;
                else high = middle;
            }

            return low;
        }
    }
}
