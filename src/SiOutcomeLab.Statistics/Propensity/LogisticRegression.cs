using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability of treatment given covariates under log(e / (1 − e)) = a + x'b, by maximum likelihood.
/// Formula: iteratively reweighted least squares, that is Newton steps b += (X'WX)⁻¹ X'(t − e) with W = e(1 − e), halved while the
/// deviance rises, until max |X'(t − e)| ≤ 10⁻¹² ΣW on standardised columns (10⁻¹⁰ from the 20th step on).
/// Arguments: see <see cref="Fit"/>; covariates on any scale (columns are centred and scaled inside); no missing values.
/// Result: <see cref="PropensityFit"/>; standard errors are the square roots of the inverse information's diagonal. Columns that are
/// constant or combinations of earlier ones are left out and named in <see cref="PropensityFit.DroppedColumns"/>.
/// Not estimable when: an arm is empty; a covariate or a combination of covariates separates the arms wholly or in part (told with a
/// certificate: a direction d with (2t − 1)·x'd ≥ 0 in all rows); fewer rows than columns; the tolerance is not met in 60 steps.
/// Ties, order, seed: no randomness; sums run in fixed blocks and lanes, so the result has the same bytes with any number of threads.
/// Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., §2.5 and §4.4; separation: Albert and Anderson (1984),
/// Biometrika 71(1), p. 1–10.
/// Checked against: R 4.2.2 glm with epsilon = 1e-14 on lalonde (1e-9 relative), and a plain dense Newton in the tests.
/// </summary>
public sealed class LogisticRegression : IPropensityModel
{
    private const int MaximumSteps = 60;
    private const double ScoreTolerance = 1e-12;

    // A few rows hundreds of standard deviations out can keep rounding above the tolerance; Newton has long arrived by then.
    private const double StalledTolerance = 1e-10;
    private readonly int _threads;

    /// <summary>Makes the model.</summary>
    /// <param name="threads">
    /// Number of threads for large data, at least 1, or null for the machine's; the result does not depend on it.
    /// </param>
    public LogisticRegression(int? threads = null)
    {
        _threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(_threads, 1, nameof(threads));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Estimable<PropensityFit> Fit(DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        RowGuards.SameLength(x.Rows, treated.Length, nameof(treated));
        if (RowGuards.EmptyArm(treated) is { } empty) return Estimable.Not<PropensityFit>(empty.Reason, empty.Detail);

        if (Separation.ByOneColumn(x, treated) is { } column)
        {
            return Estimable.Not<PropensityFit>(NotEstimableReason.Separation, column);
        }

        var design = StandardisedDesign.From(x);
        if (design.Size >= design.Rows)
        {
            return Estimable.Not<PropensityFit>(
                NotEstimableReason.TooFewObservations, $"{design.Rows} rows cannot tell {design.Size} coefficients.");
        }

        return Iterate(x, design, treated, cancellationToken);
    }

    private Estimable<PropensityFit> Iterate(
        DesignMatrix x, StandardisedDesign design, ReadOnlySpan<bool> treated, CancellationToken cancellationToken)
    {
        var share = treated.Count(true) / (double)treated.Length;
        var beta = new double[design.Size];
        beta[0] = Math.Log(share / (1 - share));
        var pass = new LogisticPass(design, treated, _threads);
        pass.Run(beta);
        var nullDeviance = pass.Deviance;
        for (var step = 0; step < MaximumSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Cholesky.TryFactor(pass.Information, design.Size) is not { } information) break;
            if (pass.LargestScore <= (step < 20 ? ScoreTolerance : StalledTolerance) * pass.TotalWeight)
            {
                return Estimable.Of(Describe(x, design, beta, pass, information, nullDeviance, step));
            }

            var direction = information.Solve(pass.Score);
            if (step >= 6 && Separation.ByDirection(design, direction, treated) is { } separated)
            {
                return Estimable.Not<PropensityFit>(NotEstimableReason.Separation, Separation.Describe(x, design, separated));
            }

            beta = Move(pass, beta, direction);
        }

        return Estimable.Not<PropensityFit>(
            NotEstimableReason.DidNotConverge,
            $"The likelihood of {design.Size} coefficients on {design.Rows} rows did not reach its maximum in {MaximumSteps} steps.");
    }

    private static double[] Move(LogisticPass pass, double[] beta, double[] direction)
    {
        var before = pass.Deviance;
        var length = 1.0;
        var next = new double[beta.Length];
        for (var halving = 0; ; halving++)
        {
            for (var j = 0; j < beta.Length; j++) next[j] = beta[j] + (length * direction[j]);
            pass.Run(next);
            // Near the maximum the deviance moves less than its own rounding.
            if (halving == 30 || pass.Deviance <= before + (1e-10 * (1 + Math.Abs(before)))) return next;
            length /= 2;
        }
    }

    private static PropensityFit Describe(
        DesignMatrix x, StandardisedDesign design, double[] beta, LogisticPass pass, Cholesky information, double nullDeviance, int steps)
    {
        var linear = design.Times(beta);
        var scores = new double[linear.Length];
        for (var i = 0; i < scores.Length; i++) scores[i] = LogisticPass.Probability(linear[i]);
        return new PropensityFit(Unstandardise(x, design, beta, information.Inverse()), scores, linear, design, information)
        {
            Deviance = pass.Deviance,
            NullDeviance = nullDeviance,
            Iterations = steps
        };
    }

    private static List<Coefficient> Unstandardise(DesignMatrix x, StandardisedDesign design, double[] beta, double[] variance)
    {
        var q = design.Size;
        var toIntercept = new double[q];
        toIntercept[0] = 1;
        for (var j = 1; j < q; j++) toIntercept[j] = -design.Centre[j - 1] / design.Scale[j - 1];
        var intercept = 0.0;
        var interceptVariance = 0.0;
        for (var j = 0; j < q; j++)
        {
            intercept += toIntercept[j] * beta[j];
            for (var k = 0; k < q; k++) interceptVariance += toIntercept[j] * toIntercept[k] * variance[(j * q) + k];
        }

        List<Coefficient> coefficients = [new("(Intercept)", intercept, Math.Sqrt(interceptVariance))];
        for (var j = 1; j < q; j++)
        {
            var scale = design.Scale[j - 1];
            coefficients.Add(new(x.Names[design.Source[j - 1]], beta[j] / scale, Math.Sqrt(variance[(j * q) + j]) / scale));
        }

        return coefficients;
    }
}
