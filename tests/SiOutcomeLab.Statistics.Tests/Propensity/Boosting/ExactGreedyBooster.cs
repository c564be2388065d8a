namespace SiOutcomeLab.Statistics.Tests.Propensity.Boosting;

/// <summary>
/// Boosting in the plainest way: every node tries every column and every value of it, with sums taken anew in double precision.
/// </summary>
internal sealed class ExactGreedyBooster(DesignMatrix x, bool[] treated, double[] weights)
{
    private readonly double[] _logOdds = Start(treated, weights);

    public int Depth { get; init; } = 6;

    public double Rate { get; init; } = 0.3;

    public double Lambda { get; init; } = 1;

    public double Gamma { get; init; }

    public double Minimum { get; init; } = 1;

    public double[] LogOdds(int trees)
    {
        for (var tree = 0; tree < trees; tree++)
        {
            var (g, h) = (new double[treated.Length], new double[treated.Length]);
            for (var i = 0; i < g.Length; i++)
            {
                var e = 1 / (1 + Math.Exp(-_logOdds[i]));
                g[i] = weights[i] * (e - (treated[i] ? 1 : 0));
                h[i] = weights[i] * e * (1 - e);
            }

            Grow([.. Enumerable.Range(0, treated.Length)], g, h, Depth);
        }

        return _logOdds;
    }

    private void Grow(int[] rows, double[] g, double[] h, int depth)
    {
        var (total, all) = (rows.Sum(i => g[i]), rows.Sum(i => h[i]));
        var (best, column, last) = (double.NegativeInfinity, -1, 0.0);
        for (var j = 0; depth > 0 && j < x.Columns; j++)
        {
            foreach (var value in rows.Select(i => x[i, j]).Distinct().Order().SkipLast(1))
            {
                int[] left = [.. rows.Where(i => x[i, j] <= value)];
                var (gl, hl) = (left.Sum(i => g[i]), left.Sum(i => h[i]));
                if (Math.Min(hl, all - hl) < Minimum) continue;
                var gain = Part(gl, hl) + Part(total - gl, all - hl) - Part(total, all);
                if (gain > best + 1e-9) (best, column, last) = (gain, j, value);
            }
        }

        if (best <= 1e-6 || best < Gamma)
        {
            foreach (var row in rows) _logOdds[row] -= Rate * total / (all + Lambda);
            return;
        }

        Grow([.. rows.Where(i => x[i, column] <= last)], g, h, depth - 1);
        Grow([.. rows.Where(i => x[i, column] > last)], g, h, depth - 1);
    }

    private double Part(double g, double h) => g * g / (h + Lambda);

    private static double[] Start(bool[] treated, double[] weights)
    {
        var (inside, all) = (weights.Where((_, i) => treated[i]).Sum(), weights.Sum());
        return [.. Enumerable.Repeat(Math.Log(inside / (all - inside)), treated.Length)];
    }
}
