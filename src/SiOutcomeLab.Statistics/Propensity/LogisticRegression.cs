using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Estimand: the probability of treatment given covariates under log(e / (1 − e)) = a + x'b, by maximum likelihood.
/// Formula: iteratively reweighted least squares, that is Newton steps b += (X'WX)⁻¹ X'(t − e) with W = e(1 − e), halved while the
/// deviance rises, until max |X'(t − e)| ≤ 10⁻¹² ΣW on standardised columns (10⁻¹⁰ from the 20th step on). With case weights every row's
/// term is multiplied by its weight. From 131 072 rows on the start comes from a fixed sample of some 65 536 rows; the end
/// is the maximum over all rows either way.
/// Arguments: see <see cref="Fit(DesignMatrix, ReadOnlySpan{bool}, ReadOnlySpan{double}, CancellationToken)"/>; covariates on any scale
/// (columns are centred and scaled inside); no missing values.
/// Result: <see cref="PropensityFit"/>; standard errors are the square roots of the inverse information's diagonal, so case weights count
/// as numbers of rows; for other weights take <see cref="PropensityFit.RobustCoefficients"/>. Columns that are constant or combinations
/// of earlier ones are left out and named in <see cref="PropensityFit.DroppedColumns"/>.
/// Not estimable when: an arm is empty; a covariate or a combination of covariates separates the arms wholly or in part (told with a
/// certificate: a direction d with (2t − 1)·x'd ≥ 0 in all rows); fewer rows than columns; the tolerance is not met in 60 steps.
/// Ties, order, seed: no randomness; sums run in fixed blocks and lanes, so the result has the same bytes with any number of threads.
/// Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., §2.5 and §4.4; separation: Albert and Anderson (1984),
/// Biometrika 71(1), p. 1–10.
/// Checked against: R 4.2.2 glm with epsilon = 1e-14 on lalonde (1e-9 relative), and a plain dense Newton in the tests.
/// </summary>
public sealed class LogisticRegression : IPropensityModel
{
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
    public Estimable<PropensityFit> Fit(DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default) =>
        Fit(x, treated, default, default, cancellationToken);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">Lengths differ, or a case weight is negative, NaN or infinite.</exception>
    public Estimable<PropensityFit> Fit(
        DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights, CancellationToken cancellationToken = default) =>
        Fit(x, treated, caseWeights, default, cancellationToken);

    /// <summary>Fits the model, beginning at coefficients that are near: the same maximum in fewer passes.</summary>
    /// <param name="x">Covariates, one row per person, without an intercept.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="caseWeights">How much each row counts, finite and at least 0, or empty for all one.</param>
    /// <param name="start">The intercept and one coefficient per column of <paramref name="x"/>, in own units; or empty.</param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>Scores of all rows and what the model can say about itself, or why there is no fit.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a number is out of range.</exception>
    public Estimable<PropensityFit> Fit(
        DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights, ReadOnlySpan<double> start,
        CancellationToken cancellationToken = default)
    {
        PropensityGuards.Arguments(x, treated, caseWeights);
        if (!start.IsEmpty)
        {
            RowGuards.SameLength(x.Columns + 1, start.Length, nameof(start));
            RowGuards.Finite(start, nameof(start));
        }

        var arms = ArmTotals.Of(treated, caseWeights);
        if (PropensityGuards.Refusal(x, treated, caseWeights, arms) is { } refusal)
        {
            return Estimable.Not<PropensityFit>(refusal.Reason, refusal.Detail);
        }

        var design = StandardisedDesign.From(x, _threads, caseWeights);
        if (PropensityGuards.TooFew(design, arms) is { } few) return Estimable.Not<PropensityFit>(few.Reason, few.Detail);

        var pass = new ScorePass(design, LogitLink.Instance, treated, caseWeights.ToArray(), _threads);
        var constant = new double[design.Size];
        constant[0] = Math.Log(arms.Treated / arms.Comparison);
        var from = start.IsEmpty ? ScoreRoot.FromSample(pass, constant) ?? constant : Standardised(design, start);
        return LinearIndexFit.Solve(x, pass, LogitLink.Instance, treated, from, constant, _threads, cancellationToken);
    }

    private static double[] Standardised(StandardisedDesign design, ReadOnlySpan<double> start)
    {
        var beta = new double[design.Size];
        beta[0] = start[0];
        for (var j = 1; j < beta.Length; j++)
        {
            var own = start[design.Source[j - 1] + 1];
            beta[j] = own * design.Scale[j - 1];
            beta[0] += own * design.Centre[j - 1];
        }

        return beta;
    }
}
