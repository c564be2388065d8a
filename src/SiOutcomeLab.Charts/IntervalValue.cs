namespace SiOutcomeLab.Charts;

/// <summary>An estimate with its interval. NaN is a gap; an infinite end is an interval without that end.</summary>
/// <param name="Value">The estimate.</param>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct IntervalValue(double Value, double Lower, double Upper);
