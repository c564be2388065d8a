namespace SiOutcomeLab.Statistics.LinearAlgebra;

/// <summary>
/// A design matrix made ready for models: an intercept first, then the columns that are not linear combinations of the intercept and
/// earlier columns, each centred and divided by its standard deviation, stored column by column. Earnings of 10⁴ beside a 0/1 then
/// weigh the same in every sum, and a fitted score does not depend on a covariate's unit.
/// </summary>
internal sealed class StandardisedDesign
{
    // 1 − R² on earlier columns. Sums of centred, scaled products are good to some 1e-15, so 1e-10 is clear of rounding,
    // while a variance inflation of 10¹⁰ is clear of anything that data can tell apart.
    private const double CollinearTolerance = 1e-10;

    private readonly double[][] _columns;

    private StandardisedDesign(int rows, double[][] columns, int[] source, double[] centre, double[] scale, string[] dropped)
    {
        Rows = rows;
        _columns = columns;
        Source = source;
        Centre = centre;
        Scale = scale;
        Dropped = dropped;
    }

    public int Rows { get; }

    /// <summary>Number of columns, the intercept counted.</summary>
    public int Size => _columns.Length;

    /// <summary>For each column after the intercept: its number in the design matrix.</summary>
    public int[] Source { get; }

    public double[] Centre { get; }

    public double[] Scale { get; }

    /// <summary>Names of columns left out: constant, or a combination of earlier ones.</summary>
    public string[] Dropped { get; }

    public static StandardisedDesign From(DesignMatrix x)
    {
        var ones = new double[x.Rows];
        Array.Fill(ones, 1.0);
        List<double[]> columns = [ones];
        List<int> source = [];
        List<double> centre = [];
        List<double> scale = [];
        List<string> dropped = [];
        var gram = new List<double[]>();
        var raw = x.AllColumns();
        for (var j = 0; j < x.Columns; j++)
        {
            var column = raw[j];
            if (!TryStandardise(column, out var mean, out var deviation))
            {
                dropped.Add(x.Names[j]);
                continue;
            }

            if (!TryExtend(gram, columns, column))
            {
                dropped.Add(x.Names[j]);
                continue;
            }

            columns.Add(column);
            source.Add(j);
            centre.Add(mean);
            scale.Add(deviation);
        }

        return new StandardisedDesign(x.Rows, [.. columns], [.. source], [.. centre], [.. scale], [.. dropped]);
    }

    public ReadOnlySpan<double> Column(int column) => _columns[column];

    /// <summary>One row times a coefficient vector (intercept first).</summary>
    public double Times(int row, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        for (var j = 0; j < coefficients.Length; j++) sum += _columns[j][row] * coefficients[j];
        return sum;
    }

    /// <summary>All rows times a coefficient vector.</summary>
    public double[] Times(ReadOnlySpan<double> coefficients)
    {
        var result = new double[Rows];
        for (var j = 0; j < coefficients.Length; j++) LaneSum.AddScaled(coefficients[j], _columns[j], result);
        return result;
    }

    /// <summary>Σ over rows of factor × row: one number per column.</summary>
    public double[] TransposedTimes(ReadOnlySpan<double> factor)
    {
        var result = new double[Size];
        for (var j = 0; j < Size; j++) result[j] = LaneSum.Dot(_columns[j], factor);
        return result;
    }

    private static bool TryStandardise(double[] column, out double mean, out double deviation)
    {
        var n = column.Length;
        CompensatedSum sum = default;
        var largest = 0.0;
        foreach (var value in column)
        {
            sum.Add(value);
            largest = Math.Max(largest, Math.Abs(value));
        }

        mean = n == 0 ? 0 : sum.Value / n;
        CompensatedSum squares = default;
        foreach (var value in column) squares.Add((value - mean) * (value - mean));
        deviation = n == 0 ? 0 : Math.Sqrt(squares.Value / n);
        if (!(deviation > 1e-13 * largest)) return false;

        for (var i = 0; i < n; i++) column[i] = (column[i] - mean) / deviation;
        return true;
    }

    // One more row of the Cholesky factor of the correlation matrix; its last pivot is the column's 1 − R² on the columns before it.
    private static bool TryExtend(List<double[]> factor, List<double[]> columns, double[] candidate)
    {
        var n = (double)candidate.Length;
        var row = new double[factor.Count + 1];
        var pivot = 1.0;
        for (var k = 0; k < factor.Count; k++)
        {
            var sum = LaneSum.Dot(columns[k + 1], candidate) / n;
            for (var m = 0; m < k; m++) sum -= row[m] * factor[k][m];
            row[k] = sum / factor[k][k];
            pivot -= row[k] * row[k];
        }

        if (pivot < CollinearTolerance) return false;

        row[factor.Count] = Math.Sqrt(pivot);
        factor.Add(row);
        return true;
    }
}
