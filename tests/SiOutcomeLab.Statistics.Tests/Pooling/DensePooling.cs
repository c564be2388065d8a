using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

/// <summary>The textbook's k × k matrices, inverted by Gauss–Jordan: no rotation, no traces by sums, no shortcut.</summary>
internal sealed class DensePooling
{
    private readonly EstimateSet _set;

    public DensePooling(EstimateSet set)
    {
        _set = set;
        Count = set.Count;
        Size = 1 + (set.Moderators?.Columns ?? 0);
        X = new double[Count, Size];
        for (var i = 0; i < Count; i++)
        {
            X[i, 0] = 1;
            for (var j = 1; j < Size; j++) X[i, j] = set.Moderators![i, j - 1];
        }
    }

    public int Count { get; }

    public int Size { get; }

    public double[,] X { get; }

    public double[,] Total(double tau)
    {
        var m = new double[Count, Count];
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++)
            {
                var v = _set.IsCorrelated ? _set.Covariance[(i * Count) + j] : i == j ? _set.Variances[i] : 0;
                m[i, j] = v + (i == j ? tau : 0);
            }
        }

        return m;
    }

    public double[,] Weight(double tau) => SlowAlgebra.Invert(Total(tau));

    public (double[] Coefficients, double[,] Covariance) Fit(double tau)
    {
        var xw = Times(Transposed(X), Weight(tau));
        var c = SlowAlgebra.Invert(Times(xw, X));
        var y = new double[Count, 1];
        for (var i = 0; i < Count; i++) y[i, 0] = _set.Estimates[i];
        var b = Times(c, Times(xw, y));
        return ([.. Enumerable.Range(0, Size).Select(j => b[j, 0])], c);
    }

    public double[,] P(double tau)
    {
        var w = Weight(tau);
        var wx = Times(w, X);
        var projected = Times(Times(wx, Fit(tau).Covariance), Transposed(wx));
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++) w[i, j] -= projected[i, j];
        }

        return w;
    }

    public double Quadratic(double[,] matrix)
    {
        var sum = 0.0;
        for (var i = 0; i < Count; i++)
        {
            for (var j = 0; j < Count; j++) sum += _set.Estimates[i] * matrix[i, j] * _set.Estimates[j];
        }

        return sum;
    }

    /// <summary>The (restricted) log-likelihood but for constants, by determinants.</summary>
    public double LogLikelihood(double tau, bool restricted) =>
        -0.5 * (LogDeterminant(Total(tau)) - (restricted ? LogDeterminant(Fit(tau).Covariance) : 0) + Quadratic(P(tau)));

    public static double LogDeterminant(double[,] matrix)
    {
        var a = (double[,])matrix.Clone();
        var (sum, n) = (0.0, a.GetLength(0));
        for (var k = 0; k < n; k++)
        {
            sum += Math.Log(a[k, k]);
            for (var i = k + 1; i < n; i++)
            {
                var factor = a[i, k] / a[k, k];
                for (var j = k; j < n; j++) a[i, j] -= factor * a[k, j];
            }
        }

        return sum;
    }

    public static double Trace(double[,] matrix) => Enumerable.Range(0, matrix.GetLength(0)).Sum(i => matrix[i, i]);

    public static double[,] Transposed(double[,] a)
    {
        var t = new double[a.GetLength(1), a.GetLength(0)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < a.GetLength(1); j++) t[j, i] = a[i, j];
        }

        return t;
    }

    public static double[,] Times(double[,] a, double[,] b)
    {
        var product = new double[a.GetLength(0), b.GetLength(1)];
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < b.GetLength(1); j++)
            {
                for (var l = 0; l < a.GetLength(1); l++) product[i, j] += a[i, l] * b[l, j];
            }
        }

        return product;
    }
}
