namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>A model of the probability of treatment given covariates.</summary>
public interface IPropensityModel
{
    /// <summary>Fits the model.</summary>
    /// <param name="x">Covariates, one row per person, without an intercept.</param>
    /// <param name="treated">True for treated rows; same order and length as the rows of <paramref name="x"/>.</param>
    /// <param name="cancellationToken">Stops the work between passes over the data.</param>
    /// <returns>Scores and what the model can say about itself, or why there is no fit.</returns>
    Estimable<PropensityFit> Fit(DesignMatrix x, ReadOnlySpan<bool> treated, CancellationToken cancellationToken = default);
}
