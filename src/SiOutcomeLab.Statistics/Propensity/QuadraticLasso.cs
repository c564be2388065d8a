namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Coordinate descent on a quadratic with an elastic-net penalty: the minimum over b of −s'(b − a) + ½ (b − a)'H(b − a) +
/// λ Σ ((1 − α)/2 bⱼ² + α |bⱼ|), the first coefficient (the intercept) not penalised. Sweeps go over the coefficients that are not 0 until
/// these rest, then over all (Friedman, Hastie and Tibshirani 2010, Journal of Statistical Software 33(1), §2.4 and §3).
/// </summary>
internal static class QuadraticLasso
{
    private const int MaximumSweeps = 5_000;
    private const double Tolerance = 1e-13;

    /// <summary>Minimises.</summary>
    /// <param name="score">s.</param>
    /// <param name="information">H, row-major, positive on its diagonal.</param>
    /// <param name="origin">a: where s and H were taken, and where the search begins.</param>
    /// <param name="lasso">λα.</param>
    /// <param name="ridge">λ(1 − α).</param>
    /// <returns>b.</returns>
    public static double[] Minimise(double[] score, double[] information, double[] origin, double lasso, double ridge)
    {
        var b = (double[])origin.Clone();
        var residual = (double[])score.Clone();
        for (var sweep = 0; sweep < MaximumSweeps;)
        {
            var moved = Sweep(all: true);
            sweep++;
            if (moved <= Tolerance) break;
            while (sweep < MaximumSweeps && Sweep(all: false) > Tolerance) sweep++;
        }

        return b;

        double Sweep(bool all)
        {
            var q = b.Length;
            var largest = 0.0;
            for (var j = 0; j < q; j++)
            {
                if (!all && b[j] == 0 && j > 0) continue;
                var curvature = information[(j * q) + j];
                var pull = residual[j] + (curvature * b[j]);
                var next = j == 0 ? pull / curvature : Soft(pull, lasso) / (curvature + ridge);
                var step = next - b[j];
                if (step == 0) continue;
                b[j] = next;
                for (var k = 0; k < q; k++) residual[k] -= information[(j * q) + k] * step;
                largest = Math.Max(largest, Math.Abs(step));
            }

            return largest;
        }
    }

    private static double Soft(double value, double by) => Math.Sign(value) * Math.Max(0, Math.Abs(value) - by);
}
