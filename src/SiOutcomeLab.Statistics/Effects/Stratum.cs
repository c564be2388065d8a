namespace SiOutcomeLab.Statistics.Effects;

/// <summary>The comparison within one stratum.</summary>
/// <param name="Number">The stratum, as the matching numbered it.</param>
/// <param name="Treated">Treated rows.</param>
/// <param name="Comparison">Comparison rows.</param>
/// <param name="Difference">Mean outcome of the treated less that of the comparison rows.</param>
/// <param name="Variance">
/// Its variance: each arm's variance (n − 1) over its number of rows; not a number where an arm has one row only.
/// </param>
public sealed record Stratum(int Number, int Treated, int Comparison, double Difference, double Variance);
