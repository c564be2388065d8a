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
    /// <summary>Takes coefficients of standardised columns to the covariates' own units: row-major, one row per new coefficient.</summary>
    public double[] ToOwnUnits()
    {
        var q = Design.Size;
        var map = new double[q * q];
        map[0] = 1;
        for (var j = 1; j < q; j++)
        {
            map[j] = -Design.Centre[j - 1] / Design.Scale[j - 1];
            map[(j * q) + j] = 1 / Design.Scale[j - 1];
        }

        return map;
    }

    /// <summary>Covariance of the coefficients in the covariates' own units for a covariance in standardised ones.</summary>
    public double[] InOwnUnits(ReadOnlySpan<double> standardised)
    {
        var q = Design.Size;
        var map = ToOwnUnits();
        var (half, whole) = (new double[q * q], new double[q * q]);
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                for (var k = 0; k < q; k++) half[(i * q) + j] += map[(i * q) + k] * standardised[(k * q) + j];
            }
        }

        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                for (var k = 0; k < q; k++) whole[(i * q) + j] += half[(i * q) + k] * map[(j * q) + k];
                whole[(j * q) + i] = whole[(i * q) + j];
            }
        }

        return whole;
    }

    /// <summary>The coefficients in the covariates' own units, with names and errors.</summary>
    public IReadOnlyList<Coefficient> Named(DesignMatrix x, ReadOnlySpan<double> covariance)
    {
        var q = Design.Size;
        var map = ToOwnUnits();
        var named = new Coefficient[q];
        for (var i = 0; i < q; i++)
        {
            var value = 0.0;
            for (var k = 0; k < q; k++) value += map[(i * q) + k] * Coefficients[k];
            var name = i == 0 ? "(Intercept)" : x.Names[Design.Source[i - 1]];
            named[i] = new(name, value, covariance.IsEmpty ? double.NaN : Math.Sqrt(covariance[(i * q) + i]));
        }

        return named;
    }

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
