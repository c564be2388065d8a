using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Matching;

/// <summary>Covariates turned so that plain Euclidean distance between rows is the metric's distance.</summary>
internal sealed class Whitening
{
    // As in a design: 1 − R² on earlier columns under which a column says nothing new. A difference of two rows has no part in it, so
    // leaving the column out gives the distance that a generalised inverse would give.
    private const double CollinearTolerance = 1e-10;

    private Whitening(double[] values, int columns) => (Values, Columns) = (values, columns);

    /// <summary>Row-major: rows × <see cref="Columns"/>.</summary>
    public double[] Values { get; }

    public int Columns { get; }

    /// <param name="x">Covariates.</param>
    /// <param name="treated">True for treated rows.</param>
    /// <param name="metric">The metric.</param>
    /// <param name="discarded">True for rows that do not count in variances; empty for none.</param>
    public static Whitening Of(DesignMatrix x, ReadOnlySpan<bool> treated, DistanceMetric metric, ReadOnlySpan<bool> discarded)
    {
        var counted = new List<int>(x.Rows);
        for (var i = 0; i < x.Rows; i++)
        {
            if (discarded.IsEmpty || !discarded[i]) counted.Add(i);
        }

        var columns = new double[x.Columns][];
        for (var j = 0; j < columns.Length; j++)
        {
            columns[j] = metric == DistanceMetric.RankMahalanobis ? Ranks(x.Column(j), counted) : x.Column(j).ToArray();
        }

        var within = metric is DistanceMetric.Mahalanobis or DistanceMetric.ScaledEuclidean;
        var spread = Covariance(columns, treated, counted, within);
        var p = columns.Length;
        if (metric is DistanceMetric.ScaledEuclidean or DistanceMetric.InverseVariance) KeepDiagonal(x, spread, treated, counted, metric);
        if (metric == DistanceMetric.RankMahalanobis) Untie(spread, p, counted.Count);
        return Whiten(columns, spread, x.Rows);
    }

    /// <summary>One number per row as it is.</summary>
    public static Whitening OfMeasure(ReadOnlySpan<double> measure) => new(measure.ToArray(), 1);

    /// <summary>Covariance matrix, row-major: within arms with denominator n − 2, or overall with n − 1.</summary>
    public static double[] Covariance(double[][] columns, ReadOnlySpan<bool> treated, List<int> counted, bool within)
    {
        var p = columns.Length;
        var centred = new double[p][];
        for (var j = 0; j < p; j++) centred[j] = Centred(columns[j], treated, counted, within);
        var matrix = new double[p * p];
        var denominator = counted.Count - (within ? 2.0 : 1.0);
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k <= j; k++)
            {
                matrix[(j * p) + k] = matrix[(k * p) + j] = LaneSum.Dot(centred[j], centred[k]) / denominator;
            }
        }

        return matrix;
    }

    private static double[] Centred(double[] column, ReadOnlySpan<bool> treated, List<int> counted, bool within)
    {
        Span<CompensatedSum> sums = [default, default];
        Span<int> counts = [0, 0];
        foreach (var i in counted)
        {
            var arm = within && treated[i] ? 1 : 0;
            sums[arm].Add(column[i]);
            counts[arm]++;
        }

        var values = new double[counted.Count];
        for (var k = 0; k < values.Length; k++)
        {
            var arm = within && treated[counted[k]] ? 1 : 0;
            values[k] = column[counted[k]] - (sums[arm].Value / counts[arm]);
        }

        return values;
    }

    private static void KeepDiagonal(
        DesignMatrix x, double[] spread, ReadOnlySpan<bool> treated, List<int> counted, DistanceMetric metric)
    {
        var p = x.Columns;
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++)
            {
                if (k != j) spread[(j * p) + k] = 0;
            }

            // n − 2 becomes n: the variance of a binary is p(1 − p).
            if (metric == DistanceMetric.ScaledEuclidean && x.Kinds[j] == ColumnKind.Binary)
            {
                spread[(j * p) + j] *= (counted.Count - 2.0) / counted.Count;
            }
        }
    }

    private static double[] Ranks(ReadOnlySpan<double> column, List<int> counted)
    {
        var order = counted.ToArray();
        var values = new double[order.Length];
        for (var k = 0; k < values.Length; k++) values[k] = column[order[k]];
        Array.Sort(values, order);
        var ranks = new double[column.Length];
        for (var first = 0; first < order.Length;)
        {
            var last = first + 1;
            while (last < order.Length && values[last] == values[first]) last++;
            for (var k = first; k < last; k++) ranks[order[k]] = (first + last + 1) / 2.0;
            first = last;
        }

        return ranks;
    }

    private static void Untie(double[] spread, int p, int n)
    {
        // Variance of 1 … n.
        var untied = n * (n + 1.0) / 12;
        double[] factor = [.. Enumerable.Range(0, p).Select(j => spread[(j * p) + j] > 0 ? Math.Sqrt(untied / spread[(j * p) + j]) : 1)];
        for (var j = 0; j < p; j++)
        {
            for (var k = 0; k < p; k++) spread[(j * p) + k] *= factor[j] * factor[k];
        }
    }

    // With S = LL', coordinates are L⁻¹(x − centre), column after column.
    private static Whitening Whiten(double[][] columns, double[] spread, int rows)
    {
        var p = columns.Length;
        var kept = new List<int>();
        var factor = new List<double[]>();
        for (var j = 0; j < p; j++)
        {
            var line = new double[kept.Count + 1];
            var pivot = spread[(j * p) + j];
            for (var k = 0; k < kept.Count; k++)
            {
                var sum = spread[(j * p) + kept[k]];
                for (var m = 0; m < k; m++) sum -= line[m] * factor[k][m];
                line[k] = sum / factor[k][k];
                pivot -= line[k] * line[k];
            }

            if (!(pivot > CollinearTolerance * spread[(j * p) + j])) continue;
            line[kept.Count] = Math.Sqrt(pivot);
            kept.Add(j);
            factor.Add(line);
        }

        var q = kept.Count;
        double[] centre = [.. kept.Select(j => columns[j].AsSpan().IsEmpty ? 0 : LaneSum.Sum(columns[j]) / rows)];
        var values = new double[rows * q];
        RowBlocks.Run(rows, null, (start, count) =>
        {
            for (var i = start; i < start + count; i++)
            {
                var row = values.AsSpan(i * q, q);
                for (var k = 0; k < q; k++)
                {
                    var sum = columns[kept[k]][i] - centre[k];
                    var line = factor[k];
                    for (var m = 0; m < k; m++) sum -= line[m] * row[m];
                    row[k] = sum / line[k];
                }
            }
        });
        return new Whitening(values, q);
    }
}
