using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// The group's mean outcome if all of it were in one arm: M = Σ gᵢ eᵢ μ(xᵢ) / Σ gᵢ eᵢ with g the group, e the exposure and μ the fitted
/// mean per unit of exposure, and what each row adds to it.
/// </summary>
internal sealed class StandardisedMean
{
    private StandardisedMean(double value, double[] averaging, double[] coefficients, double spread)
    {
        (Value, Averaging, Coefficients, Spread) = (value, averaging, coefficients, spread);
    }

    public double Value { get; }

    /// <summary>Influence of each row through being averaged over: gᵢ eᵢ (μ(xᵢ) − M) / Σ g e.</summary>
    public double[] Averaging { get; }

    /// <summary>Influence of each row through the coefficients, by the delta method.</summary>
    public double[] Coefficients { get; }

    /// <summary>
    /// G'A⁻¹G with G the derivative of M by the coefficients: the variance per unit of dispersion when the model is right.
    /// </summary>
    public double Spread { get; }

    /// <summary>Derivative of M by the standardised coefficients.</summary>
    public required double[] Gradient { get; init; }

    /// <param name="fit">The outcome model.</param>
    /// <param name="group">How much each row counts in the group, times its exposure.</param>
    /// <param name="armShift">What to add to a row's linear predictor to put it into the arm; null when the model is the arm's own.</param>
    /// <param name="offset">Logarithm of the exposure, or null.</param>
    /// <param name="armValue">The arm's standardised value in the first column; read only with <paramref name="armShift"/>.</param>
    public static StandardisedMean Of(GlmFit fit, double[] group, double[]? armShift, double[]? offset, double armValue)
    {
        var rows = group.Length;
        CompensatedSum total = default, weighted = default;
        var mean = new double[rows];
        var slope = new double[rows];
        for (var i = 0; i < rows; i++)
        {
            if (group[i] == 0) continue;
            var eta = fit.Linear[i] + (armShift is null ? 0 : armShift[i]) - (offset is null ? 0 : offset[i]);
            (mean[i], slope[i]) = GlmPass.Mean(fit.Family, eta);
            total.Add(group[i]);
            weighted.Add(group[i] * mean[i]);
        }

        var value = weighted.Value / total.Value;
        CompensatedSum slopes = default;
        for (var i = 0; i < rows; i++)
        {
            var share = group[i] / total.Value;
            mean[i] = share * (mean[i] - value);
            slope[i] *= share;
            slopes.Add(slope[i]);
        }

        var gradient = fit.Design.TransposedTimes(slope);
        if (armShift is not null) gradient[1] = slopes.Value * armValue;
        return new StandardisedMean(value, mean, fit.Influence(gradient), fit.Spread(gradient)) { Gradient = gradient };
    }
}
