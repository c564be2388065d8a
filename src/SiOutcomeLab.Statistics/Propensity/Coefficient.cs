using MathNet.Numerics.Distributions;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>A model coefficient in the covariate's own unit.</summary>
/// <param name="Name">The column's name, or <c>(Intercept)</c>.</param>
/// <param name="Value">Change of the log odds of treatment (in a probit: of its index) per unit of the covariate.</param>
/// <param name="StandardError">Its standard error; NaN where the model knows none, as with penalties.</param>
public sealed record Coefficient(string Name, double Value, double StandardError)
{
    /// <summary>Value over standard error.</summary>
    public double Z => Value / StandardError;

    /// <summary>Two-sided p-value against no association, by the normal distribution.</summary>
    public double PValue => 2 * Normal.CDF(0, 1, -Math.Abs(Z));

    /// <summary>Wald interval.</summary>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <returns>Its ends.</returns>
    public (double Low, double High) Interval(double level = 0.95)
    {
        RowGuards.Level(level);
        var reach = Normal.InvCDF(0, 1, (1 + level) / 2) * StandardError;
        return (Value - reach, Value + reach);
    }
}
