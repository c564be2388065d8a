using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Takes coefficients of standardised columns to the covariates' own units.</summary>
internal static class OwnUnits
{
    /// <summary>The coefficients with names and errors.</summary>
    /// <param name="x">Where the names are.</param>
    /// <param name="design">How columns were standardised.</param>
    /// <param name="beta">Coefficients of the standardised columns, the intercept first.</param>
    /// <param name="covariance">Covariance in own units, row-major, or empty for errors of NaN.</param>
    public static IReadOnlyList<Coefficient> Named(
        DesignMatrix x, StandardisedDesign design, double[] beta, ReadOnlySpan<double> covariance)
    {
        var q = design.Size;
        var map = Map(design);
        var named = new Coefficient[q];
        for (var i = 0; i < q; i++)
        {
            var value = 0.0;
            for (var k = 0; k < q; k++) value += map[(i * q) + k] * beta[k];
            var name = i == 0 ? "(Intercept)" : x.Names[design.Source[i - 1]];
            named[i] = new(name, value, covariance.IsEmpty ? double.NaN : Math.Sqrt(covariance[(i * q) + i]));
        }

        return named;
    }

    /// <summary>Covariance of the coefficients in own units for a covariance in standardised ones; row-major.</summary>
    public static double[] Covariance(StandardisedDesign design, ReadOnlySpan<double> standardised)
    {
        var q = design.Size;
        var map = Map(design);
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

    // One row per coefficient in own units: the intercept takes back the centring, the others the scaling.
    private static double[] Map(StandardisedDesign design)
    {
        var q = design.Size;
        var map = new double[q * q];
        map[0] = 1;
        for (var j = 1; j < q; j++)
        {
            map[j] = -design.Centre[j - 1] / design.Scale[j - 1];
            map[(j * q) + j] = 1 / design.Scale[j - 1];
        }

        return map;
    }
}
