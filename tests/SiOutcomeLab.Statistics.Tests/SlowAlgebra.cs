namespace SiOutcomeLab.Statistics.Tests;

/// <summary>Plain dense algebra for second witnesses: Gauss–Jordan with row pivoting, and derivatives by central differences.</summary>
internal static class SlowAlgebra
{
    public static double[,] Invert(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var inverse = new double[n, n];
        for (var i = 0; i < n; i++) inverse[i, i] = 1;
        for (var column = 0; column < n; column++)
        {
            var pivot = Enumerable.Range(column, n - column).MaxBy(row => Math.Abs(a[row, column]));
            for (var k = 0; k < n; k++)
            {
                (a[column, k], a[pivot, k]) = (a[pivot, k], a[column, k]);
                (inverse[column, k], inverse[pivot, k]) = (inverse[pivot, k], inverse[column, k]);
            }

            var divisor = a[column, column];
            for (var k = 0; k < n; k++)
            {
                a[column, k] /= divisor;
                inverse[column, k] /= divisor;
            }

            for (var row = 0; row < n; row++)
            {
                var factor = a[row, column];
                if (row == column || factor == 0) continue;
                for (var k = 0; k < n; k++)
                {
                    a[row, k] -= factor * a[column, k];
                    inverse[row, k] -= factor * inverse[column, k];
                }
            }
        }

        return inverse;
    }

    /// <summary>
    /// Standard error of c'θ from stacked estimating equations: A⁻¹BA⁻ᵀ with A by central differences.
    /// </summary>
    public static double MEstimationError(Func<double[], int, double[]> equations, int rows, double[] theta, double[] contrast)
    {
        var q = theta.Length;
        var derivative = new double[q, q];
        for (var k = 0; k < q; k++)
        {
            var step = 1e-5 * Math.Max(1, Math.Abs(theta[k]));
            var up = Total(equations, rows, Shifted(theta, k, step));
            var down = Total(equations, rows, Shifted(theta, k, -step));
            for (var j = 0; j < q; j++) derivative[j, k] = (up[j] - down[j]) / (2 * step);
        }

        var inverse = Invert(derivative);
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            var psi = equations(theta, i);
            var influence = 0.0;
            for (var j = 0; j < q; j++)
            {
                for (var k = 0; k < q; k++) influence -= contrast[j] * inverse[j, k] * psi[k];
            }

            sum += influence * influence;
        }

        return Math.Sqrt(sum);
    }

    public static double[] Total(Func<double[], int, double[]> equations, int rows, double[] theta)
    {
        var total = new double[theta.Length];
        for (var i = 0; i < rows; i++)
        {
            var psi = equations(theta, i);
            for (var j = 0; j < total.Length; j++) total[j] += psi[j];
        }

        return total;
    }

    /// <summary>The root of estimating equations by Newton with numerical derivatives, from a start that is near enough.</summary>
    public static double[] Root(Func<double[], int, double[]> equations, int rows, double[] start)
    {
        var theta = (double[])start.Clone();
        var q = theta.Length;
        for (var round = 0; round < 30; round++)
        {
            var derivative = new double[q, q];
            for (var k = 0; k < q; k++)
            {
                var up = Total(equations, rows, Shifted(theta, k, 1e-5));
                var down = Total(equations, rows, Shifted(theta, k, -1e-5));
                for (var j = 0; j < q; j++) derivative[j, k] = (up[j] - down[j]) / 2e-5;
            }

            var inverse = Invert(derivative);
            var value = Total(equations, rows, theta);
            for (var j = 0; j < q; j++)
            {
                for (var k = 0; k < q; k++) theta[j] -= inverse[j, k] * value[k];
            }
        }

        return theta;
    }

    private static double[] Shifted(double[] theta, int index, double by)
    {
        var shifted = (double[])theta.Clone();
        shifted[index] += by;
        return shifted;
    }
}
