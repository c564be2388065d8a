namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// The distribution of τ² given the estimates, under the reference prior, as shares at equal steps of x = log τ²: the prior's density is
/// e^x √Σ(d + e^x)⁻² there, and the product with the likelihood is analytic and falls exponentially both ways (as e^x, and as e^(−x(k − p) / 2)),
/// so that the plain sum is the integral.
/// </summary>
internal sealed class HeterogeneityGrid
{
    // e^-Far is under a double's resolution.
    private const double Far = 36;
    private const double WidestStep = 0.2;
    private const double LeastShare = 1e-15;

    private HeterogeneityGrid(double[] tauSquared, double[] shares) => (TauSquared, Shares) = (tauSquared, shares);

    public double[] TauSquared { get; }

    /// <summary>Probabilities of the steps, adding up to 1.</summary>
    public double[] Shares { get; }

    /// <summary>Makes the grid.</summary>
    /// <param name="basis">The estimates, more than the coefficients.</param>
    /// <param name="pass">A pass over them; left at some τ².</param>
    public static HeterogeneityGrid Of(PoolingBasis basis, PoolingPass pass)
    {
        pass.Unweighted();
        var spread = pass.Quadratic;
        pass.At(0);
        var typical = (basis.Count - basis.Size) / pass.TraceP();
        foreach (var d in basis.Variances) spread = Math.Max(spread, d);

        // Scaled by a typical variance, so that the unit changes nothing. The more estimates, the narrower their likelihood: its width in x is
        // some √(2 / k).
        var step = Math.Min(WidestStep, 1 / Math.Sqrt(basis.Count));
        var count = (int)Math.Ceiling((Far + Math.Max(0, Math.Log(spread / typical)) + (2 * Far / (basis.Count - basis.Size))) / step);
        var (tau, log) = (new double[count], new double[count]);
        var highest = double.NegativeInfinity;
        for (var i = 0; i < count; i++)
        {
            var x = (step * i) - Far;
            tau[i] = typical * Math.Exp(x);
            pass.At(tau[i]);
            log[i] = BetweenVariance.LogLikelihood(pass, restricted: true) + x + (0.5 * Math.Log(pass.SquaredWeightSum));
            highest = Math.Max(highest, log[i]);
        }

        var kept = Enumerable.Range(0, count).Where(i => log[i] - highest > Math.Log(LeastShare)).ToArray();
        var shares = kept.Select(i => Math.Exp(log[i] - highest)).ToArray();
        var sum = shares.Sum();
        return new HeterogeneityGrid([.. kept.Select(i => tau[i])], [.. shares.Select(s => s / sum)]);
    }
}
