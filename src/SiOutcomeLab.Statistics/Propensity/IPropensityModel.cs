namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>A model of the probability of treatment given covariates.</summary>
public interface IPropensityModel
{
    /// <summary>Fits the model, every row counting once.</summary>
    /// <param name="x">Covariates, one row per person, without an intercept.</param>
    /// <param name="treated">True for treated rows; same order and length as the rows of <paramref name="x"/>.</param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>Scores and what the model can say about itself, or why there is no fit.</returns>
    Estimable<PropensityFit> Fit(DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default) =>
        Fit(x, treated, default, cancellationToken);

    /// <summary>Fits the model with case weights.</summary>
    /// <param name="x">Covariates, one row per person, without an intercept.</param>
    /// <param name="treated">True for treated rows; same order and length as the rows of <paramref name="x"/>.</param>
    /// <param name="caseWeights">
    /// How much each row counts, finite and at least 0 (a row of weight 0 is scored without being learned from), or empty for all one.
    /// </param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>Scores of all rows and what the model can say about itself, or why there is no fit.</returns>
    Estimable<PropensityFit> Fit(
        DesignMatrix x, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights, CancellationToken cancellationToken = default);
}
