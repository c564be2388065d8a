using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling;

/// <summary>
/// The estimates in coordinates where the model is diagonal. With V = U diag(d) U', V + τ²I = U diag(d + τ²) U' for every τ², so rotating
/// estimates and regressors by U' once turns a full covariance matrix into k variances d and leaves every quadratic form, trace and
/// determinant as it was. Independent estimates need no rotation. The regressors' columns are made orthonormal, X = QR, so that nothing
/// depends on a moderator's unit and |X'X| / |X'WX| = 1 / |Q'WQ|.
/// </summary>
internal sealed class PoolingBasis
{
    // Length of a column after projecting out the earlier ones, as a share of its own.
    private const double CollinearTolerance = 1e-7;

    private PoolingBasis(double[] y, double[] variances, double[][] regressors, double[] triangle)
    {
        (Y, Variances, Regressors, Triangle) = (y, variances, regressors, triangle);
    }

    /// <summary>U'y.</summary>
    public double[] Y { get; }

    /// <summary>d.</summary>
    public double[] Variances { get; }

    /// <summary>Columns of U'Q.</summary>
    public double[][] Regressors { get; }

    /// <summary>R, upper triangular, row-major.</summary>
    public double[] Triangle { get; }

    public int Count => Y.Length;

    public int Size => Regressors.Length;

    public static Estimable<PoolingBasis> From(EstimateSet set)
    {
        var names = set.Moderators?.Names ?? [];
        var size = names.Count + 1;
        var columns = new double[size][];
        columns[0] = new double[set.Count];
        Array.Fill(columns[0], 1);
        for (var j = 1; j < size; j++) columns[j] = set.Moderators!.Column(j - 1).ToArray();
        var triangle = new double[size * size];
        for (var j = 0; j < size; j++)
        {
            if (!TryOrthonormalise(columns, j, triangle))
            {
                return Estimable.Not<PoolingBasis>(
                    NotEstimableReason.Collinear, $"Moderator '{names[j - 1]}' is constant or a combination of the moderators before it.");
            }
        }

        if (!set.IsCorrelated) return Estimable.Of(new PoolingBasis(set.Estimates.ToArray(), set.Variances.ToArray(), columns, triangle));
        if (set.Eigen is not { } eigen) return Estimable.Not<PoolingBasis>(NotEstimableReason.DidNotConverge, "No eigenvalues were found.");
        if (eigen.Values.Min() <= 1e-12 * eigen.Values.Max())
        {
            return Estimable.Not<PoolingBasis>(
                NotEstimableReason.Collinear, $"The covariance matrix of {set.Count} estimates is singular: one repeats others.");
        }

        return Estimable.Of(new PoolingBasis(
            eigen.Rotate(set.Estimates), eigen.Values, [.. columns.Select(column => eigen.Rotate(column))], triangle));
    }

    /// <summary>Coefficients of the orthonormal columns turned into those of the regressors, R⁻¹c.</summary>
    public double[] Unrotate(ReadOnlySpan<double> c)
    {
        var b = c.ToArray();
        for (var j = Size - 1; j >= 0; j--)
        {
            for (var l = j + 1; l < Size; l++) b[j] -= Triangle[(j * Size) + l] * b[l];
            b[j] /= Triangle[(j * Size) + j];
        }

        return b;
    }

    /// <summary>R⁻¹ C R⁻ᵀ.</summary>
    public double[] UnrotateCovariance(ReadOnlySpan<double> c)
    {
        var half = new double[Size * Size];
        var result = new double[Size * Size];
        var column = new double[Size];
        for (var j = 0; j < Size; j++)
        {
            for (var i = 0; i < Size; i++) column[i] = c[(i * Size) + j];
            var solved = Unrotate(column);
            for (var i = 0; i < Size; i++) half[(i * Size) + j] = solved[i];
        }

        for (var i = 0; i < Size; i++) Unrotate(half.AsSpan(i * Size, Size)).CopyTo(result.AsSpan(i * Size));
        return result;
    }

    // Gram and Schmidt, twice: the second round removes what rounding left of the earlier columns.
    private static bool TryOrthonormalise(double[][] columns, int j, double[] triangle)
    {
        var size = columns.Length;
        var column = columns[j];
        var before = Math.Sqrt(LaneSum.Dot(column, column));
        for (var round = 0; round < 2; round++)
        {
            for (var l = 0; l < j; l++)
            {
                var share = LaneSum.Dot(columns[l], column);
                triangle[(l * size) + j] += share;
                LaneSum.AddScaled(-share, columns[l], column);
            }
        }

        var length = Math.Sqrt(LaneSum.Dot(column, column));
        if (!(length > CollinearTolerance * before)) return false;
        triangle[(j * size) + j] = length;
        for (var i = 0; i < column.Length; i++) column[i] /= length;
        return true;
    }
}
