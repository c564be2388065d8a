namespace SiOutcomeLab.Statistics.Tests;

/// <summary>
/// A made sample with known truth: x1 and x2 standard normal, x3 binary, logit e = −0.9 + 0.6 x1 − 0.5 x2 + 0.4 x3,
/// y = 2 + x1 + 0.5 x2 − x3 + t (1 + 0.5 x1) + noise.
/// </summary>
internal sealed class Simulated
{
    private Simulated(DesignMatrix x, bool[] treated, double[] outcome)
    {
        X = x;
        Treated = treated;
        Outcome = outcome;
    }

    public DesignMatrix X { get; }

    public bool[] Treated { get; }

    public double[] Outcome { get; }

    public static Simulated Draw(int rows, int seed)
    {
        var random = new Random(seed);
        var values = new double[rows * 3];
        var treated = new bool[rows];
        var outcome = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            double x1 = Normal(random), x2 = Normal(random), x3 = random.NextDouble() < 0.4 ? 1 : 0;
            (values[i * 3], values[(i * 3) + 1], values[(i * 3) + 2]) = (x1, x2, x3);
            treated[i] = random.NextDouble() < Score(x1, x2, x3);
            outcome[i] = 2 + x1 + (0.5 * x2) - x3 + (treated[i] ? 1 + (0.5 * x1) : 0) + Normal(random);
        }

        return new Simulated(new DesignMatrix(rows, ["x1", "x2", "x3"], values), treated, outcome);
    }

    /// <summary>The true effect on the treated, by summing over a fine grid: 1 + 0.5 E[x1 e] / E[e].</summary>
    public static double TrueEffectOnTreated()
    {
        double weight = 0, sum = 0;
        for (var x1 = -6.0; x1 <= 6; x1 += 0.02)
        {
            for (var x2 = -6.0; x2 <= 6; x2 += 0.05)
            {
                var density = Math.Exp(-((x1 * x1) + (x2 * x2)) / 2);
                var share = density * ((0.6 * Score(x1, x2, 0)) + (0.4 * Score(x1, x2, 1)));
                weight += share;
                sum += share * x1;
            }
        }

        return 1 + (0.5 * sum / weight);
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Score(double x1, double x2, double x3) =>
        1 / (1 + Math.Exp(0.9 - (0.6 * x1) + (0.5 * x2) - (0.4 * x3)));
}
