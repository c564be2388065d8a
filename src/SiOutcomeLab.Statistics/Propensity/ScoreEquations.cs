using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// How a fitted model's coefficients came about, as M-estimation needs it: they solve Σ sᵢ zᵢ = 0 with derivative −A, and a row's log odds
/// move by kᵢ zᵢ.
/// </summary>
/// <param name="Design">Rows zᵢ, intercept first.</param>
/// <param name="Coefficients">Coefficients of the standardised columns, the intercept first.</param>
/// <param name="Bread">A.</param>
/// <param name="Score">sᵢ per row.</param>
/// <param name="Slope">kᵢ per row, or null when all are 1.</param>
internal sealed record ScoreEquations(
    StandardisedDesign Design, double[] Coefficients, Cholesky Bread, double[] Score, double[]? Slope = null)
{
    /// <summary>A⁻¹ (Σ s² z z') A⁻¹ in standardised coordinates.</summary>
    public double[] Sandwich()
    {
        var q = Design.Size;
        var squares = new double[Score.Length];
        LaneSum.Multiply(Score, Score, squares);
        var meat = Design.CrossProduct(squares);
        var bread = Bread.Inverse();
        var (half, whole) = (new double[q * q], new double[q * q]);
        Product(bread, meat, half, q);
        Product(half, bread, whole, q);
        return whole;
    }

    private static void Product(double[] a, double[] b, double[] result, int q)
    {
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                for (var k = 0; k < q; k++) result[(i * q) + j] += a[(i * q) + k] * b[(k * q) + j];
            }
        }
    }
}
