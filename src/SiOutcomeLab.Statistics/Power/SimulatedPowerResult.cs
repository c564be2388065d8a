namespace SiOutcomeLab.Statistics.Power;

/// <summary>A simulated power with what is needed to judge and repeat it.</summary>
/// <param name="Power">Share of estimable replicates that were significant.</param>
/// <param name="MonteCarloError">Standard error of the share.</param>
/// <param name="Low">Lower end of Wilson's 95 % interval of the share.</param>
/// <param name="High">Upper end.</param>
/// <param name="Replicates">Replicates that gave an answer.</param>
/// <param name="Refused">Replicates that gave none; when many, the power holds for the lucky samples only.</param>
/// <param name="Seed">The seed.</param>
public sealed record SimulatedPowerResult(
    double Power, double MonteCarloError, double Low, double High, int Replicates, int Refused, ulong Seed);
