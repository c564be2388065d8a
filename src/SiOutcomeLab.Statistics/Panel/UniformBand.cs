namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Bootstrap standard errors and the critical value of a band that covers all estimates at once.</summary>
/// <param name="StandardErrors">Per estimate: interquartile range of the draws over that of the standard normal.</param>
/// <param name="CriticalValue">The band is estimate ± critical value × standard error.</param>
/// <param name="Level">Confidence level of the whole band.</param>
/// <param name="Draws">Number of draws.</param>
/// <param name="Seed">Seed of the draws.</param>
public sealed record UniformBand(IReadOnlyList<double> StandardErrors, double CriticalValue, double Level, int Draws, int Seed);
