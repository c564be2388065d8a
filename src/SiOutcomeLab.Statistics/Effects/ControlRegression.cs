using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects;

/// <summary>Least squares of the outcome on covariates among comparison rows, extended to all rows.</summary>
/// <param name="Design">Standardised covariates of all rows, intercept first.</param>
/// <param name="CrossProduct">X'X over comparison rows.</param>
/// <param name="Residuals">Outcome minus prediction, for all rows.</param>
internal sealed record ControlRegression(StandardisedDesign Design, Cholesky CrossProduct, double[] Residuals)
{
    public static Estimable<ControlRegression> Fit(DesignMatrix x, ReadOnlySpan<double> outcome, ReadOnlySpan<bool> treated)
    {
        var design = StandardisedDesign.From(x);
        var control = new double[treated.Length];
        for (var i = 0; i < control.Length; i++) control[i] = treated[i] ? 0 : 1;
        var q = design.Size;
        if (treated.Count(false) <= q)
        {
            return Estimable.Not<ControlRegression>(
                NotEstimableReason.TooFewObservations, $"{treated.Count(false)} comparison rows cannot tell {q} coefficients.");
        }

        if (Cholesky.TryFactor(design.CrossProduct(control), q, 1e-10) is not { } factor)
        {
            return Estimable.Not<ControlRegression>(
                NotEstimableReason.Collinear,
                "Outcome covariates are linear combinations of each other among comparison rows, though not among all.");
        }

        var residuals = outcome.ToArray();
        // The second round is iterative refinement: it wins back the digits that normal equations lose.
        var masked = new double[design.Rows];
        for (var round = 0; round < 3; round++)
        {
            LaneSum.Multiply(control, residuals, masked);
            var step = factor.Solve(design.TransposedTimes(masked));
            for (var j = 0; j < q; j++) step[j] = -step[j];
            design.AddTimes(step, residuals);
        }

        return Estimable.Of(new ControlRegression(design, factor, residuals));
    }

    /// <summary>
    /// What estimating the coefficients adds to each row's influence on Σ fᵢ rᵢ: coefficients move by (X₀'X₀)⁻¹ xᵢ rᵢ for a comparison
    /// row, and the sum moves by −Σ fᵢ xᵢ times that.
    /// </summary>
    public void AddInfluence(double[] factor, ReadOnlySpan<bool> treated, Span<double> influence)
    {
        var carried = Design.Times(CrossProduct.Solve(Design.TransposedTimes(factor)));
        for (var i = 0; i < carried.Length; i++)
        {
            if (!treated[i]) influence[i] -= carried[i] * Residuals[i];
        }
    }
}
