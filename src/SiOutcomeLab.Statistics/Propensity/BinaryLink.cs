namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// How rows enter a set of score equations Σ r z = 0 of one linear predictor η = z'b: the equations are the gradient of a concave
/// function, and maximum likelihood, probit and covariate balancing differ in these row terms only.
/// </summary>
internal abstract class BinaryLink
{
    /// <summary>What a row that is only padding carries: with it the row adds nothing to any sum.</summary>
    public const double PaddingIndex = 1000;

    /// <summary>
    /// Row terms of a block. All spans have the same length; the rows from <paramref name="count"/> on are padding, treated with an index
    /// of <see cref="PaddingIndex"/>, and get residual and weight 0.
    /// </summary>
    /// <param name="index">η.</param>
    /// <param name="treated">1 or 0.</param>
    /// <param name="caseWeights">One per row, 0 on padding; empty for all one.</param>
    /// <param name="count">Rows, padding not counted.</param>
    /// <param name="residual">r: derivative of the row's value with respect to η.</param>
    /// <param name="weight">w: minus the derivative of r.</param>
    /// <returns>−2 times the sum of the rows' values: for likelihoods the deviance.</returns>
    public abstract double Evaluate(
        ReadOnlySpan<double> index, ReadOnlySpan<double> treated, ReadOnlySpan<double> caseWeights, int count,
        Span<double> residual, Span<double> weight);

    /// <summary>Log odds of treatment for η, in place.</summary>
    public virtual void ToLogOdds(Span<double> index)
    {
    }

    /// <summary>dη of the log odds, per row; null when it is 1.</summary>
    public virtual double[]? Slopes(ReadOnlySpan<double> logOdds) => null;
}
