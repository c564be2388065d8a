using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability of treatment under log(e / (1 − e)) = a + x'b, with the coefficients at which the inverse-propensity weights
/// of the effect on the treated, on the untreated or on everybody balance the mean of every covariate exactly (just-identified CBPS).
/// Formula: treated: Σ (t − (1 − t) e/(1 − e)) z = 0; untreated: Σ (t (1 − e)/e − (1 − t)) z = 0; everybody: Σ (t/e − (1 − t)/(1 − e)) z
/// = 0, z = (1, x). Each is the gradient of a concave function, solved by Newton steps from the maximum-likelihood coefficients.
/// Arguments: as <see cref="LogisticRegression"/>.
/// Result: <see cref="PropensityFit"/>; covariances are the sandwich of the balance equations, and
/// <see cref="Weighting.InversePropensity"/> with the same estimand gives the balancing weights, whose effects carry these equations in
/// their M-estimation standard errors. There is no likelihood maximum, so no AIC; the deviance is the logistic one at the fit.
/// For the treated these are entropy balancing's weights.
/// Not estimable when: as for logistic regression; the means of one arm lie outside of what the other can be weighted to.
/// Ties, order, seed: no randomness; the same bytes with any number of threads.
/// Source: Imai and Ratkovic (2014), JRSS B 76(1), p. 243–263, equations (9)–(11) without the score's own moment conditions.
/// Checked against: WeightIt 1.3.1 with over = FALSE on lalonde (1e-4, its optimiser's tolerance), entropy balancing (1e-9), and stacked
/// equations with a numerical Jacobian in the tests.
/// </summary>
public sealed class CovariateBalancingPropensityScore : IPropensityModel
{
    private readonly Estimand _estimand;
    private readonly int _threads;

    /// <summary>Makes the model.</summary>
    /// <param name="estimand">
    /// <see cref="Estimand.Treated"/>, <see cref="Estimand.Untreated"/> or <see cref="Estimand.Everyone"/>: whose weights are to balance.
    /// </param>
    /// <param name="threads">Number of threads, at least 1, or null for the machine's; the result does not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">The estimand has no such balance equations.</exception>
    public CovariateBalancingPropensityScore(Estimand estimand, int? threads = null)
    {
        if (estimand is not (Estimand.Treated or Estimand.Untreated or Estimand.Everyone))
        {
            throw new ArgumentOutOfRangeException(nameof(estimand), estimand, "No covariate balancing score for it.");
        }

        _estimand = estimand;
        _threads = threads ?? Environment.ProcessorCount;
        ArgumentOutOfRangeException.ThrowIfLessThan(_threads, 1, nameof(threads));
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public Estimable<PropensityFit> Fit(DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default) =>
        Fit(x, treated, default, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Lengths differ, or a case weight is negative, NaN or infinite.</exception>
    public Estimable<PropensityFit> Fit(
        DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights, CancellationToken cancellationToken = default)
    {
        var arms = treated.ToArray();
        var weights = caseWeights.ToArray();
        return new LogisticRegression(_threads).Fit(x, treated, caseWeights, cancellationToken).Then(start =>
        {
            var link = new BalancingLink(_estimand);
            var equations = start.Equations!;
            var pass = new ScorePass(equations.Design, link, arms, weights, _threads);
            return LinearIndexFit.Solve(x, pass, link, arms, equations.Coefficients, null, _threads, cancellationToken);
        });
    }
}
