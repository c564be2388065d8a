namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Choices of the multiplier bootstrap.</summary>
/// <param name="Seed">Seed of all draws; the same seed gives the same result.</param>
/// <param name="Draws">Number of draws, at least 10.</param>
/// <param name="Multiplier">Distribution of the multipliers.</param>
public sealed record MultiplierBootstrapOptions(int Seed, int Draws = 1000, Multiplier Multiplier = Multiplier.Rademacher);
