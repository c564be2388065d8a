namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>An estimate that would be zero, were the comparison fair: a lag held out of the model, or a negative-control outcome.</summary>
/// <param name="Name">What was estimated.</param>
/// <param name="Estimate">The estimate.</param>
/// <param name="StandardError">Its standard error, above 0.</param>
/// <param name="Size">The size stated beforehand, in the estimate's unit, above 0: smaller effects are of no concern.</param>
public sealed record PlaceboEstimate(string Name, double Estimate, double StandardError, double Size);
