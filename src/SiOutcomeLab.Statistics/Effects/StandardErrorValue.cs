namespace SiOutcomeLab.Statistics.Effects;

/// <summary>A standard error and how it was computed.</summary>
/// <param name="Type">How.</param>
/// <param name="Value">In the outcome's unit.</param>
public sealed record StandardErrorValue(StandardErrorType Type, double Value);
