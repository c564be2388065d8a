using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>Least squares of the outcome on covariates among comparison rows, extended to all rows.</summary>
internal static class ControlRegression
{
    public static Estimable<LeastSquares> Fit(DesignMatrix x, ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated)
    {
        var design = StandardisedDesign.From(x);
        var control = new double[treated.Length];
        for (var i = 0; i < control.Length; i++) control[i] = treated[i] ? 0 : 1;
        if (treated.Count(false) <= design.Size)
        {
            return Estimable.Not<LeastSquares>(
                NotEstimableReason.TooFewObservations, $"{treated.Count(false)} comparison rows cannot tell {design.Size} coefficients.");
        }

        return LeastSquares.TryFit(design, outcome, control) is { } fit
            ? Estimable.Of(fit)
            : Estimable.Not<LeastSquares>(
                NotEstimableReason.Collinear,
                "Outcome covariates are linear combinations of each other among comparison rows, though not among all.");
    }
}
