using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// How rows enter a set of score equations Σ r z = 0 of one linear predictor η = z'b: the equations are the gradient of a concave
/// function, and maximum likelihood, probit and covariate balancing differ in these row terms only.
/// </summary>
internal abstract class BinaryLink
{
    /// <summary>What a row that is only padding carries.</summary>
    public const double PaddingIndex = 1000;

    /// <summary>True when the concave function is a log likelihood, so that its curvature tells the coefficients' covariance.</summary>
    public virtual bool IsLikelihood => true;

    /// <summary>True when η is the log odds of treatment.</summary>
    public virtual bool IndexIsLogOdds => true;

    /// <summary>
    /// Row terms of a block. All spans have the same length, a multiple of 8; the rows from <paramref name="count"/> on are padding,
    /// treated, with an index of <see cref="PaddingIndex"/>, and get residual and weight 0.
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

    /// <summary>Log odds of treatment for η.</summary>
    public virtual void ToLogOdds(ReadOnlySpan<double> index, Span<double> logOdds) => index.CopyTo(logOdds);

    /// <summary>Derivative of the log odds with respect to η, per row; null when it is 1.</summary>
    public virtual double[]? Slopes(ReadOnlySpan<double> index) => null;

    /// <summary>True when the function rises for ever along a step, so that the equations have no solution.</summary>
    public virtual bool Recedes(
        StandardisedDesign design, double[] step, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights) =>
        Separation.ByDirection(design, step, treated, caseWeights);

    /// <summary>The refusal for a search that found no root.</summary>
    public virtual Estimable<PropensityFit> Refusal(DesignMatrix x, ScoreRoot root, ScoreRoot.Ending ending)
    {
        var design = root.Pass.Design;
        return ending == ScoreRoot.Ending.Receding
            ? Estimable.Not<PropensityFit>(NotEstimableReason.Separation, Separation.Describe(x, design, root.Direction))
            : Estimable.Not<PropensityFit>(
                NotEstimableReason.DidNotConverge,
                $"The equations of {design.Size} coefficients on {design.Rows} rows were not solved in {root.Steps} steps.");
    }
}
