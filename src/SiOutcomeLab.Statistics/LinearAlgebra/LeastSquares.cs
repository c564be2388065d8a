namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Weighted least squares on a standardised design, extended to all rows: b minimises Σ wᵢ (yᵢ − zᵢ'b)², and a row of weight 0 is
/// predicted without being learned from. Normal equations on standardised columns, refined twice, so that digits are lost neither to
/// units nor to squaring.
/// </summary>
internal sealed class LeastSquares
{
    private readonly double[] _weights;

    private LeastSquares(StandardisedDesign design, double[] weights, Cholesky crossProduct, double[] coefficients, double[] residuals)
    {
        Design = design;
        _weights = weights;
        CrossProduct = crossProduct;
        Coefficients = coefficients;
        Residuals = residuals;
    }

    public StandardisedDesign Design { get; }

    /// <summary>Z'WZ.</summary>
    public Cholesky CrossProduct { get; }

    /// <summary>Coefficients of the standardised columns, the intercept first.</summary>
    public double[] Coefficients { get; }

    /// <summary>y − z'b for every row, also those of weight 0.</summary>
    public double[] Residuals { get; }

    /// <summary>Fits; null when the columns cannot be told apart among the rows with weight.</summary>
    /// <param name="design">Covariates of all rows.</param>
    /// <param name="outcome">One value per row; those of rows of weight 0 only enter their residuals.</param>
    /// <param name="weights">One weight per row, at least 0; kept, not copied.</param>
    /// <param name="threads">Most threads, or null for the machine's.</param>
    public static LeastSquares? TryFit(StandardisedDesign design, ReadOnlySpan<double> outcome, double[] weights, int? threads = null)
    {
        if (Cholesky.TryFactor(design.CrossProduct(weights, threads), design.Size, 1e-10) is not { } factor) return null;

        var residuals = outcome.ToArray();
        var coefficients = new double[design.Size];
        var weighted = new double[design.Rows];
        // The second and third rounds are iterative refinement: they win back the digits that normal equations lose.
        for (var round = 0; round < 3; round++)
        {
            LaneSum.Multiply(weights, residuals, weighted);
            var step = factor.Solve(design.TransposedTimes(weighted, threads));
            for (var j = 0; j < step.Length; j++)
            {
                coefficients[j] += step[j];
                step[j] = -step[j];
            }

            design.AddTimes(step, residuals, threads);
        }

        return new LeastSquares(design, weights, factor, coefficients, residuals);
    }

    /// <summary>
    /// What estimating the coefficients adds to each row's influence on Σ fᵢ rᵢ: coefficients move by (Z'WZ)⁻¹ zᵢ wᵢ rᵢ for row i, and the
    /// sum moves by −Σ fᵢ zᵢ times that.
    /// </summary>
    public void AddInfluence(double[] factor, Span<double> influence)
    {
        var carried = Design.Times(CrossProduct.Solve(Design.TransposedTimes(factor)));
        for (var i = 0; i < carried.Length; i++) influence[i] -= carried[i] * _weights[i] * Residuals[i];
    }
}
