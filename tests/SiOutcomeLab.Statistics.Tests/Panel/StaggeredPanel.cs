using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>
/// A made panel with known truth: cohorts (by covariates) start in periods 4, 5, 7 or never; y = a + 0.2 t + 0.15 t x1 + effect + noise,
/// effect 1 + 0.3 (t − g) from g on.
/// </summary>
internal sealed class StaggeredPanel
{
    public const int Periods = 8;
    private static readonly int[] Starts = [4, 5, 7, PanelRows.NeverTreated];

    public required DesignMatrix X { get; init; }

    public required int[] First { get; init; }

    public required double[][] Outcome { get; init; }

    public static StaggeredPanel Draw(int units, int seed, double noise = 1, bool neverTreated = true)
    {
        var random = new Random(seed);
        var (x1, x2, first) = (new double[units], new double[units], new int[units]);
        var outcome = Enumerable.Range(0, Periods).Select(_ => new double[units]).ToArray();
        for (var i = 0; i < units; i++)
        {
            (x1[i], x2[i]) = (Simulated.Normal(random), random.NextDouble() < 0.4 ? 1 : 0);
            double[] chance = [Math.Exp(0.3 * x1[i]), Math.Exp(0.4 * x2[i]), Math.Exp(-0.2 * x1[i]), neverTreated ? 1.8 : 0];
            var at = random.NextDouble() * chance.Sum();
            var cohort = 0;
            while (at > chance[cohort]) at -= chance[cohort++];
            first[i] = Starts[cohort];
            var own = Simulated.Normal(random) + (0.3 * x1[i]);
            for (var t = 0; t < Periods; t++)
            {
                outcome[t][i] = own + (0.2 * (t + 1)) + (0.15 * (t + 1) * x1[i]) + Effect(first[i], t + 1) + (noise * Simulated.Normal(random));
            }
        }

        return new StaggeredPanel { X = DesignMatrix.FromColumns([("x1", x1), ("x2", x2)]), First = first, Outcome = outcome };
    }

    public static double Effect(int first, int period) => period >= first ? 1 + (0.3 * (period - first)) : 0;

    public PanelData Data(double[]? weights = null, int[]? clusters = null) =>
        new([.. Enumerable.Range(1, Periods)], Outcome, First, X, weights, clusters);

    /// <summary>The same in long form, unit by unit.</summary>
    public PanelRows Rows(double[]? weights = null, params int[] order)
    {
        int[] units = order.Length > 0 ? order : [.. Enumerable.Range(0, First.Length)];
        var pairs = units.SelectMany(unit => Enumerable.Range(0, Periods).Select(t => (unit, t))).ToArray();
        return new PanelRows(
            [.. pairs.Select(pair => (long)pair.unit)],
            [.. pairs.Select(pair => pair.t + 1)],
            [.. pairs.Select(pair => First[pair.unit])],
            [.. pairs.Select(pair => Outcome[pair.t][pair.unit])],
            X.SelectRows([.. pairs.Select(pair => pair.unit)]),
            weights is null ? [] : [.. pairs.Select(pair => weights[pair.unit])]);
    }
}
