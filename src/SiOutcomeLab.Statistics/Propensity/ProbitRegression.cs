using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability of treatment given covariates under e = Φ(a + x'b), by maximum likelihood.
/// Formula: Newton steps with the observed information, else as <see cref="LogisticRegression"/>.
/// Arguments: as <see cref="LogisticRegression"/>.
/// Result: <see cref="PropensityFit"/>; coefficients are those of the index, linear predictors are log odds like every model's. Standard
/// errors are from the observed information (R's glm takes the expected one: the two agree as the sample grows).
/// Not estimable when: as logistic regression.
/// Ties, order, seed: no randomness; the same bytes with any number of threads.
/// Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., §4.3.
/// Checked against: R 4.2.2 glm with a probit link on lalonde (coefficients and deviance).
/// </summary>
public sealed class ProbitRegression : IPropensityModel
{
    private readonly int _threads;

    /// <summary>Makes the model.</summary>
    /// <param name="threads">Number of threads, at least 1, or null for the machine's; the result does not depend on it.</param>
    public ProbitRegression(int? threads = null)
    {
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
        PropensityGuards.Arguments(x, treated, caseWeights);
        var arms = ArmTotals.Of(treated, caseWeights);
        if (PropensityGuards.Refusal(x, treated, caseWeights, arms) is { } refusal)
        {
            return Estimable.Not<PropensityFit>(refusal.Reason, refusal.Detail);
        }

        var design = StandardisedDesign.From(x, _threads, caseWeights);
        if (PropensityGuards.TooFew(design, arms) is { } few) return Estimable.Not<PropensityFit>(few.Reason, few.Detail);
        var pass = new ScorePass(design, ProbitLink.Instance, treated, caseWeights.ToArray(), _threads);
        var start = new double[design.Size];
        start[0] = MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, arms.Treated / (arms.Treated + arms.Comparison));
        return LinearIndexFit.Solve(x, pass, ProbitLink.Instance, treated, start, null, _threads, cancellationToken);
    }
}
