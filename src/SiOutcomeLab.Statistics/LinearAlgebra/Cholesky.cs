namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// Factor L of a small symmetric positive definite matrix A = LLᵀ. Written out, because the matrices here are the size of a covariate
/// list and every step must run in one fixed order.
/// </summary>
internal sealed class Cholesky
{
    private readonly double[] _factor;

    private Cholesky(double[] factor, int size)
    {
        _factor = factor;
        Size = size;
    }

    public int Size { get; }

    /// <summary>L, row-major; zero above the diagonal.</summary>
    public ReadOnlySpan<double> Lower => _factor;

    /// <summary>Factors a symmetric matrix (row-major; only the lower triangle is read).</summary>
    /// <returns>Null when a pivot falls under <paramref name="tolerance"/> times its diagonal element.</returns>
    public static Cholesky? TryFactor(ReadOnlySpan<double> matrix, int size, double tolerance = 1e-14)
    {
        var factor = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var sum = matrix[(i * size) + j];
                for (var k = 0; k < j; k++) sum -= factor[(i * size) + k] * factor[(j * size) + k];
                if (i > j)
                {
                    factor[(i * size) + j] = sum / factor[(j * size) + j];
                }
                else if (sum > tolerance * matrix[(j * size) + j] && double.IsFinite(sum))
                {
                    factor[(j * size) + j] = Math.Sqrt(sum);
                }
                else
                {
                    return null;
                }
            }
        }

        return new Cholesky(factor, size);
    }

    /// <summary>x with A x = b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        var x = b.ToArray();
        for (var i = 0; i < Size; i++)
        {
            for (var k = 0; k < i; k++) x[i] -= _factor[(i * Size) + k] * x[k];
            x[i] /= _factor[(i * Size) + i];
        }

        for (var i = Size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < Size; k++) x[i] -= _factor[(k * Size) + i] * x[k];
            x[i] /= _factor[(i * Size) + i];
        }

        return x;
    }

    /// <summary>log |A|.</summary>
    public double LogDeterminant()
    {
        var sum = 0.0;
        for (var i = 0; i < Size; i++) sum += Math.Log(_factor[(i * Size) + i]);
        return 2 * sum;
    }

    /// <summary>A⁻¹, row-major.</summary>
    public double[] Inverse()
    {
        var inverse = new double[Size * Size];
        var unit = new double[Size];
        for (var j = 0; j < Size; j++)
        {
            unit[j] = 1;
            var column = Solve(unit);
            for (var i = 0; i < Size; i++) inverse[(i * Size) + j] = column[i];
            unit[j] = 0;
        }

        return inverse;
    }
}
