namespace SiOutcomeLab.Statistics.Effects;

/// <summary>A standard error, how it was computed, and the degrees of freedom of its t distribution (infinite for the normal).</summary>
internal readonly record struct Uncertainty(double Value, StandardErrorType Type, double DegreesOfFreedom);
