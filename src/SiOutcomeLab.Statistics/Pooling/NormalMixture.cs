using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>A distribution that is normal given which of several parts it comes from.</summary>
/// <param name="shares">The parts' probabilities, adding up to 1.</param>
internal sealed class NormalMixture(double[] shares)
{
    private readonly double[] _means = new double[shares.Length];
    private readonly double[] _deviations = new double[shares.Length];

    public double Mean
    {
        get
        {
            double sum = 0;
            for (var j = 0; j < shares.Length; j++) sum += shares[j] * _means[j];
            return sum;
        }
    }

    /// <summary>The standard deviation.</summary>
    public double Deviation
    {
        get
        {
            double mean = Mean, sum = 0;
            for (var j = 0; j < shares.Length; j++)
            {
                var from = _means[j] - mean;
                sum += shares[j] * ((_deviations[j] * _deviations[j]) + (from * from));
            }

            return Math.Sqrt(sum);
        }
    }

    public void Set(int part, double mean, double variance) => (_means[part], _deviations[part]) = (mean, Math.Sqrt(variance));

    public double ProbabilityAbove(double value)
    {
        double sum = 0;
        for (var j = 0; j < shares.Length; j++) sum += shares[j] * Distributions.NormalLower((_means[j] - value) / _deviations[j]);
        return sum;
    }

    /// <summary>The value that the distribution is below with a probability in (0, 1), to 1e-12 of its spread.</summary>
    public double Quantile(double probability)
    {
        double low = 0, high = 0, wide = 0;
        for (var j = 0; j < shares.Length; j++)
        {
            (low, high) = (low + (shares[j] * _means[j]), high + (shares[j] * _means[j]));
            wide += shares[j] * _deviations[j];
        }

        for (var reach = wide; 1 - ProbabilityAbove(low) > probability; reach *= 2) low -= reach;
        for (var reach = wide; 1 - ProbabilityAbove(high) < probability; reach *= 2) high += reach;
        return BracketedRoot.Find(x => 1 - probability - ProbabilityAbove(x), low, high, 1e-12 * wide);
    }
}
