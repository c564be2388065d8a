using SiOutcomeLab.Statistics.Effects.OutcomeModels;

namespace SiOutcomeLab.Statistics.Tests.Effects.OutcomeModels;

/// <summary>Outcomes of each family on the made sample, with exposure where the family takes one.</summary>
internal static class MadeOutcomes
{
    public static double[] Draw(Simulated data, OutcomeFamily family, double[]? exposure, int seed)
    {
        var random = new Random(seed);
        var outcome = new double[data.X.Rows];
        for (var i = 0; i < outcome.Length; i++)
        {
            var x = data.X.Row(i);
            var eta = -0.4 + (0.3 * x[0]) - (0.2 * x[1]) + (0.4 * x[2]) + (data.Treated[i] ? 0.5 - (0.2 * x[0]) : 0);
            var mean = Math.Exp(eta) * (exposure?[i] ?? 1);
            outcome[i] = family switch
            {
                OutcomeFamily.Linear => eta + Simulated.Normal(random),
                OutcomeFamily.Logistic => random.NextDouble() < 1 / (1 + Math.Exp(-eta)) ? 1 : 0,
                OutcomeFamily.Poisson => Poisson(random, mean),
                // Zeros and a tail far heavier than gamma's.
                _ => random.NextDouble() < 0.2 ? 0 : mean * Math.Exp(Simulated.Normal(random))
            };
        }

        return outcome;
    }

    public static double[] Exposure(int rows, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => 0.5 + (2 * random.NextDouble()))];
    }

    public static double Mean(OutcomeFamily family, double eta) => family switch
    {
        OutcomeFamily.Linear => eta,
        OutcomeFamily.Logistic => 1 / (1 + Math.Exp(-eta)),
        _ => Math.Exp(eta)
    };

    public static double Score(OutcomeFamily family, double y, double mean) =>
        family == OutcomeFamily.GammaLog ? (y / mean) - 1 : y - mean;

    private static int Poisson(Random random, double mean)
    {
        var (count, product, limit) = (0, random.NextDouble(), Math.Exp(-mean));
        while (product > limit)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}
