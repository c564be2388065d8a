namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>A model coefficient in the covariate's own unit.</summary>
/// <param name="Name">The column's name, or <c>(Intercept)</c>.</param>
/// <param name="Value">Change of the log odds of treatment per unit of the covariate.</param>
/// <param name="StandardError">Its model-based standard error (inverse information).</param>
public sealed record Coefficient(string Name, double Value, double StandardError);
