using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

/// <summary>Made estimates: true effects normal around a mean that may depend on one moderator, sampling errors as given.</summary>
internal static class Sources
{
    public static readonly HeterogeneityMethod[] Methods = Enum.GetValues<HeterogeneityMethod>();

    public static EstimateSet Independent(int count, int seed, double tau = 0.4, bool moderator = false)
    {
        var random = new Random(seed);
        var (y, v, x) = (new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            x[i] = 100 + (20 * random.NextDouble());
            v[i] = 0.05 + (0.3 * random.NextDouble());
            var truth = 0.5 + (moderator ? 0.1 * (x[i] - 110) : 0) + (tau * Simulated.Normal(random));
            y[i] = truth + (Math.Sqrt(v[i]) * Simulated.Normal(random));
        }

        return EstimateSet.Independent(y, v, moderator ? DesignMatrix.FromColumns([("x", x)]) : null);
    }

    /// <summary>Errors share a common part, so that V has correlations around one half.</summary>
    public static EstimateSet Correlated(int count, int seed, bool moderator = false)
    {
        var plain = Independent(count, seed, 0.4, moderator);
        var random = new Random(seed + 1);
        var v = new double[count * count];
        var load = Enumerable.Range(0, count).Select(_ => 0.2 + (0.2 * random.NextDouble())).ToArray();
        for (var i = 0; i < count; i++)
        {
            for (var j = 0; j < count; j++) v[(i * count) + j] = (i == j ? plain.Variances[i] : 0) + (load[i] * load[j]);
        }

        return EstimateSet.Correlated(plain.Estimates, v, plain.Moderators);
    }
}
