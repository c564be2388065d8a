namespace SiOutcomeLab.Statistics.Panel;

/// <summary>An estimate and its standard error.</summary>
/// <param name="Value">In the outcome's unit.</param>
/// <param name="StandardError">In the outcome's unit; 0 for a base period.</param>
public readonly record struct PointEstimate(double Value, double StandardError);
