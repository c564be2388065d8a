namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>A test of whether small sources report other effects than large ones.</summary>
/// <param name="Slope">Change of the estimate per unit of its standard error.</param>
/// <param name="Statistic">Slope over its standard error.</param>
/// <param name="DegreesOfFreedom">Of its t distribution; infinite for the normal.</param>
/// <param name="PValue">Two-sided.</param>
/// <param name="Limit">What the regression expects of a source without sampling error.</param>
/// <param name="LimitLow">Lower end of its interval.</param>
/// <param name="LimitHigh">Upper end.</param>
public sealed record FunnelAsymmetry(
    double Slope, double Statistic, double DegreesOfFreedom, double PValue, double Limit, double LimitLow, double LimitHigh);
