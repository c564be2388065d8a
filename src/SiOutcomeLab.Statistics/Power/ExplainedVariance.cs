using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Power;

/// <summary>
/// Estimand: the share of an outcome's variance that covariates explain among persons alike to those measured; what is left of the variance
/// when the covariates are adjusted for is 1 less this share.
/// Formula: 1 − (RSS/(n − p − 1))/(TSS/(n − 1)) of least squares with an intercept, p the columns that can be told apart; not below 0.
/// Arguments: see the method; no missing values. Result: a share in [0, 1).
/// Not estimable when: the outcome is the same for all, or there are no more persons than columns and one.
/// Ties, order, seed: none.
/// Source: Theil (1961), Economic Forecasts and Policy, 2nd ed., p. 211 (the adjusted R²).
/// Checked against: R's summary(lm)$adj.r.squared, 1e-10, in the tests; a simulation with a known share.
/// </summary>
public static class ExplainedVariance
{
    /// <summary>The share.</summary>
    /// <param name="covariates">One row per person.</param>
    /// <param name="outcome">One finite value per person.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public static Estimable<double> Adjusted(DesignMatrix covariates, ReadOnlySpan<double> outcome)
    {
        ArgumentNullException.ThrowIfNull(covariates);
        RowGuards.Finite(outcome, nameof(outcome));
        if (outcome.Length != covariates.Rows) throw new ArgumentException("One value per row of the covariates.", nameof(outcome));
        if (outcome.Length < 2) return Estimable.Not<double>(NotEstimableReason.TooFewObservations, "Fewer than two persons have no variance.");
        var total = SquaresAround(outcome, Mean(outcome));
        if (!(total > 0)) return Estimable.Not<double>(NotEstimableReason.NoVariation, "The outcome is the same for all.");
        var design = StandardisedDesign.From(covariates);
        var left = outcome.Length - design.Size;
        if (left < 1) return Estimable.Not<double>(NotEstimableReason.TooFewObservations, "No more persons than covariates.");
        var ones = new double[outcome.Length];
        Array.Fill(ones, 1.0);
        if (LeastSquares.TryFit(design, outcome, ones) is not { } fit)
        {
            return Estimable.Not<double>(NotEstimableReason.Collinear, "The covariates cannot be told apart.");
        }

        var residual = SquaresAround(fit.Residuals, 0);
        return Estimable.Of(Math.Max(0, 1 - (residual / left / (total / (outcome.Length - 1)))));
    }

    private static double Mean(ReadOnlySpan<double> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += value;
        return sum / values.Length;
    }

    private static double SquaresAround(ReadOnlySpan<double> values, double centre)
    {
        var sum = 0.0;
        foreach (var value in values) sum += (value - centre) * (value - centre);
        return sum;
    }
}
