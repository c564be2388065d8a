namespace SiOutcomeLab.Statistics.Looks;

/// <summary>What is reported after a plan of looks has stopped.</summary>
/// <param name="PValueAbove">One-sided p-value against an effect above zero.</param>
/// <param name="PValue">Two-sided p-value; for a one-sided plan the same as <paramref name="PValueAbove"/>.</param>
/// <param name="MedianUnbiased">The estimate that is too large as often as too small.</param>
/// <param name="Low">Lower end of the interval at the plan's level.</param>
/// <param name="High">Upper end; for a one-sided plan at the same error as the lower end.</param>
public sealed record StageWiseResult(double PValueAbove, double PValue, double MedianUnbiased, double Low, double High);
