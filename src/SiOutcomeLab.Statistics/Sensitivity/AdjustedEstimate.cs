namespace SiOutcomeLab.Statistics.Sensitivity;

/// <summary>What an estimate would be, had a confounder of a stated strength been measured.</summary>
/// <param name="Estimate">The estimate, moved towards zero (and past it) by the bias.</param>
/// <param name="StandardError">Its standard error; one degree of freedom fewer.</param>
/// <param name="T">Its t statistic.</param>
/// <param name="Low">Lower confidence limit.</param>
/// <param name="High">Upper confidence limit.</param>
public sealed record AdjustedEstimate(double Estimate, double StandardError, double T, double Low, double High);
