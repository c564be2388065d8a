using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// The maximum of a marginal likelihood over coefficients and σ ≥ 0 by Newton's method; the Hessian by central differences of the exact
/// gradient. Regressors come standardised, so steps of one size suit all.
/// </summary>
internal sealed class MixedMaximum
{
    private const int MaximumSteps = 60;

    private MixedMaximum(double[] parameters, double[] covariance, double logLikelihood, bool atBound)
    {
        (Parameters, Covariance, LogLikelihood, AtBound) = (parameters, covariance, logLikelihood, atBound);
    }

    /// <summary>Coefficients, then σ.</summary>
    public double[] Parameters { get; }

    /// <summary>Inverse of the observed information; σ's row and column are NaN at the bound.</summary>
    public double[] Covariance { get; }

    public double LogLikelihood { get; }

    /// <summary>True when the likelihood is highest at σ = 0.</summary>
    public bool AtBound { get; }

    private Cholesky? Factorised { get; init; }

    /// <summary>
    /// Maximises; null when Newton's method does not settle. With many points the cheap maximum of Laplace's approximation comes first: it
    /// is so near that its Hessian serves for the last steps.
    /// </summary>
    /// <param name="quadrature">The marginal likelihood.</param>
    /// <param name="start">Coefficients, then a positive σ; or σ = 0 to keep it there.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static MixedMaximum? TryFind(AdaptiveQuadrature quadrature, double[] start, CancellationToken cancellationToken)
    {
        if (quadrature.Points == 1 || start[^1] == 0) return TryFind(quadrature, start, null, cancellationToken);
        var rough = TryFind(quadrature.Laplace(), start, null, cancellationToken);
        return rough is { AtBound: false }
            ? TryFind(quadrature, rough.Parameters, rough.Factorised, cancellationToken)
            : TryFind(quadrature, start, null, cancellationToken);
    }

    private static MixedMaximum? TryFind(
        AdaptiveQuadrature quadrature, double[] start, Cholesky? factor, CancellationToken cancellationToken)
    {
        var p = start.Length - 1;
        var free = start[p] > 0 ? p + 1 : p;
        var theta = (double[])start.Clone();
        var gradient = new double[p + 1];
        var value = quadrature.Evaluate(theta, gradient);
        var before = double.PositiveInfinity;
        for (var step = 0; step < MaximumSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (free > p && theta[p] < 1e-3 && gradient[p] <= 0)
            {
                theta[p] = 0;
                return TryFind(quadrature, theta, null, cancellationToken);
            }

            factor ??= Factor(Information(quadrature, theta, free), free);
            if (factor is null) return null;
            var move = factor.Solve(gradient.AsSpan(0, free));
            // σ may come near 0 but is only said to be there by its gradient's sign.
            if (free > p && theta[p] + move[p] < theta[p] / 4) move[p] = -0.75 * theta[p];
            var next = (double[])theta.Clone();
            var length = 1.0;
            double reached;
            for (var halving = 0; ; halving++)
            {
                for (var j = 0; j < free; j++) next[j] = theta[j] + (length * move[j]);
                reached = quadrature.Evaluate(next, gradient);
                if (halving == 30 || reached >= value - (1e-10 * (1 + Math.Abs(value)))) break;
                length /= 2;
            }

            (theta, value) = (next, reached);
            var longest = length * move.Max(Math.Abs);
            if (longest <= 1e-9)
            {
                if (Factor(Information(quadrature, theta, free), free) is not { } final) return null;
                return new MixedMaximum(theta, Padded(final.Inverse(), free, p + 1), value, free == p) { Factorised = final };
            }

            // A Hessian is kept while its steps shrink fast, which near the maximum they do.
            if (longest > 0.01 || longest > 0.1 * before) factor = null;
            before = longest;
        }

        return null;
    }

    private static double[] Information(AdaptiveQuadrature quadrature, double[] theta, int free)
    {
        var (up, down, at) = (new double[theta.Length], new double[theta.Length], (double[])theta.Clone());
        var matrix = new double[free * free];
        for (var j = 0; j < free; j++)
        {
            var h = 1e-4 * Math.Min(1, j == theta.Length - 1 ? theta[j] : 1);
            at[j] = theta[j] + h;
            quadrature.Evaluate(at, up);
            at[j] = theta[j] - h;
            quadrature.Evaluate(at, down);
            at[j] = theta[j];
            for (var l = 0; l < free; l++) matrix[(j * free) + l] = -(up[l] - down[l]) / (2 * h);
        }

        for (var j = 0; j < free; j++)
        {
            for (var l = 0; l < j; l++)
            {
                matrix[(j * free) + l] = matrix[(l * free) + j] = (matrix[(j * free) + l] + matrix[(l * free) + j]) / 2;
            }
        }

        return matrix;
    }

    // Far from the maximum the likelihood may curve the wrong way: a growing diagonal turns the step towards the gradient.
    private static Cholesky? Factor(double[] information, int size)
    {
        var trace = 0.0;
        for (var j = 0; j < size; j++) trace += Math.Abs(information[(j * size) + j]) / size;
        if (!(trace > 0 && double.IsFinite(trace))) return null;
        for (var ridge = 0.0; ridge < 1e3; ridge = ridge == 0 ? 1e-3 : 10 * ridge)
        {
            var matrix = (double[])information.Clone();
            for (var j = 0; j < size; j++) matrix[(j * size) + j] += ridge * trace;
            if (Cholesky.TryFactor(matrix, size, 1e-12) is { } factor) return factor;
        }

        return null;
    }

    private static double[] Padded(double[] matrix, int size, int full)
    {
        var padded = new double[full * full];
        Array.Fill(padded, double.NaN);
        for (var j = 0; j < size; j++) matrix.AsSpan(j * size, size).CopyTo(padded.AsSpan(j * full));
        return padded;
    }
}
