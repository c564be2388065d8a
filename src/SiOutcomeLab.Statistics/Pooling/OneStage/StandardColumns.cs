using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Covariates of rows sorted by group, each column centred and divided by its standard deviation, and the way back: b = T c for the
/// coefficients on the columns' own scale, the intercept first.
/// </summary>
internal sealed class StandardColumns
{
    private readonly double[] _centre;
    private readonly double[] _scale;

    private StandardColumns(double[][] columns, double[] centre, double[] scale)
    {
        (Columns, _centre, _scale) = (columns, centre, scale);
    }

    /// <summary>Columns after the intercept.</summary>
    public double[][] Columns { get; }

    public int Size => Columns.Length + 1;

    public static Estimable<StandardColumns> From(DesignMatrix x, GroupedRows groups)
    {
        var p = x.Columns;
        var (columns, centre, scale) = (new double[p][], new double[p], new double[p]);
        var gram = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            var source = x.Column(j);
            var column = new double[groups.Rows.Length];
            for (var i = 0; i < column.Length; i++) column[i] = source[groups.Rows[i]];
            centre[j] = LaneSum.Sum(column) / column.Length;
            LaneSum.Shift(column, centre[j], 1, column);
            scale[j] = Math.Sqrt(LaneSum.Dot(column, column) / column.Length);
            if (!(scale[j] > 1e-13 * (1 + Math.Abs(centre[j])))) return Refused(x.Names[j]);
            LaneSum.Shift(column, 0, 1 / scale[j], column);
            columns[j] = column;
            for (var l = 0; l <= j; l++) gram[(j * p) + l] = LaneSum.Dot(column, columns[l]);
            if (Cholesky.TryFactor(Leading(gram, p, j + 1), j + 1, 1e-10) is null) return Refused(x.Names[j]);
        }

        return Estimable.Of(new StandardColumns(columns, centre, scale));
    }

    /// <summary>T c.</summary>
    public double[] Back(ReadOnlySpan<double> c)
    {
        var b = c[..Size].ToArray();
        for (var j = 1; j < b.Length; j++)
        {
            b[j] /= _scale[j - 1];
            b[0] -= b[j] * _centre[j - 1];
        }

        return b;
    }

    /// <summary>Variances of T c: the diagonal of T C T'.</summary>
    /// <param name="covariance">Row-major; only its first <see cref="Size"/> rows and columns are read.</param>
    /// <param name="width">Its row length.</param>
    public double[] BackVariances(ReadOnlySpan<double> covariance, int width)
    {
        var variances = new double[Size];
        Span<double> row = stackalloc double[Size];
        for (var j = 0; j < Size; j++)
        {
            row.Clear();
            row[j] = j == 0 ? 1 : 1 / _scale[j - 1];
            for (var l = 1; j == 0 && l < Size; l++) row[l] = -_centre[l - 1] / _scale[l - 1];
            for (var a = 0; a < Size; a++)
            {
                for (var b = 0; b < Size; b++) variances[j] += row[a] * row[b] * covariance[(a * width) + b];
            }
        }

        return variances;
    }

    /// <summary>log |T|: what a determinant in standardised columns differs by.</summary>
    public double LogScale => _scale.Sum(Math.Log);

    private static Estimable<StandardColumns> Refused(string name) => Estimable.Not<StandardColumns>(
        NotEstimableReason.Collinear, $"Column '{name}' is constant or a combination of the columns before it.");

    private static double[] Leading(double[] matrix, int width, int size)
    {
        var block = new double[size * size];
        for (var i = 0; i < size; i++) matrix.AsSpan(i * width, i + 1).CopyTo(block.AsSpan(i * size));
        return block;
    }
}
