namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>What one estimate does to the pooled result; see <see cref="Influence"/> for the formulas.</summary>
/// <param name="StudentisedResidual">Residual from the fit without it, in standard errors.</param>
/// <param name="StandardisedResidual">Residual from the fit with it, in standard errors.</param>
/// <param name="Dffits">Change of its own fitted value, in standard errors.</param>
/// <param name="CooksDistance">Change of all coefficients, in the metric of their information.</param>
/// <param name="CovarianceRatio">Generalised variance of the coefficients without it, over that with it; under 1: it adds noise.</param>
/// <param name="TauSquaredWithout">τ² without it.</param>
/// <param name="QWithout">Q without it.</param>
/// <param name="Leverage">Diagonal element of the hat matrix.</param>
/// <param name="Weight">Its weight, in per cent.</param>
public sealed record InfluenceValues(
    double StudentisedResidual,
    double StandardisedResidual,
    double Dffits,
    double CooksDistance,
    double CovarianceRatio,
    double TauSquaredWithout,
    double QWithout,
    double Leverage,
    double Weight);
