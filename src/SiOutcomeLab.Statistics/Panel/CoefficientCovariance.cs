using SiOutcomeLab.Statistics.Effects;

namespace SiOutcomeLab.Statistics.Panel;

/// <summary>Covariance of coefficients, how it was computed, and the degrees of freedom of its t distribution.</summary>
/// <param name="Matrix">Coefficients × coefficients, in their order.</param>
/// <param name="Type">How.</param>
/// <param name="DegreesOfFreedom">Clusters − 1 (of the fewer, when two-way), or rows less parameters.</param>
public sealed record CoefficientCovariance(double[,] Matrix, StandardErrorType Type, double DegreesOfFreedom)
{
    /// <summary>Standard error of one coefficient.</summary>
    /// <param name="coefficient">Its number from 0.</param>
    /// <returns>The square root of the diagonal; NaN when a two-way variance is negative.</returns>
    public double StandardError(int coefficient) => Math.Sqrt(Matrix[coefficient, coefficient]);

    /// <summary>Standard error of a linear combination.</summary>
    /// <param name="weights">One weight per coefficient.</param>
    /// <returns>The square root of w'Vw.</returns>
    public double StandardError(ReadOnlySpan<double> weights)
    {
        var sum = 0.0;
        for (var j = 0; j < weights.Length; j++)
        {
            for (var k = 0; k < weights.Length; k++) sum += weights[j] * weights[k] * Matrix[j, k];
        }

        return Math.Sqrt(sum);
    }
}
