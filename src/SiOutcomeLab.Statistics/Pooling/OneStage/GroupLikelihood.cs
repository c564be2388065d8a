namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Log-likelihoods of groups that each depend on one further number, the group's shift of the linear predictor; what a random effect is
/// integrated over.
/// </summary>
internal abstract class GroupLikelihood
{
    public abstract int Groups { get; }

    /// <summary>Number of coefficients, the intercept (or pooled effect) first.</summary>
    public abstract int Coefficients { get; }

    /// <summary>Sets the coefficients for the calls that follow.</summary>
    public abstract void SetCoefficients(ReadOnlySpan<double> coefficients);

    /// <summary>One group's terms at a shift.</summary>
    /// <param name="group">Number of the group.</param>
    /// <param name="shift">Added to its linear predictors.</param>
    /// <param name="derivatives">
    /// Empty, or room for one or three rows of <see cref="Coefficients"/>: Σ x ∂l, Σ x (−∂²l), Σ x (−∂³l), derivatives in the predictor.
    /// </param>
    public abstract GroupTerms At(int group, double shift, Span<double> derivatives);

    /// <summary>The derivatives of a model whose only regressor is the intercept.</summary>
    protected static void Copy(in GroupTerms terms, Span<double> derivatives)
    {
        if (!derivatives.IsEmpty) derivatives[0] = terms.Score;
        if (derivatives.Length == 3) (derivatives[1], derivatives[2]) = (terms.Information, terms.Slope);
    }
}
