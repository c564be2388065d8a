namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>Joint test that all moderators' slopes are 0; without moderators, that the pooled effect is 0.</summary>
/// <param name="Statistic">Wald's χ² (normal test), or F (Hartung and Knapp).</param>
/// <param name="NumeratorDegreesOfFreedom">Number of coefficients tested.</param>
/// <param name="DenominatorDegreesOfFreedom">k − p, or infinite for the χ² test.</param>
/// <param name="PValue">Upper tail.</param>
public sealed record ModeratorTest(
    double Statistic, int NumeratorDegreesOfFreedom, double DenominatorDegreesOfFreedom, double PValue);
