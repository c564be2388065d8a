namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>Who is probably where among the sources; rank 1 is the largest true effect.</summary>
/// <param name="Draws">Number of draws.</param>
/// <param name="Seed">Their seed.</param>
/// <param name="Probabilities">Row-major k × k: row i holds source i's probability of each rank; rows and columns add up to 1.</param>
/// <param name="ExpectedRanks">Expected rank per source, in closed form.</param>
public sealed record RankProbabilitiesResult(
    int Draws, ulong Seed, IReadOnlyList<double> Probabilities, IReadOnlyList<double> ExpectedRanks);
