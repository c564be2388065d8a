using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// The bias-reduced clustered error of one contrast of a weighted least-squares fit, working model: independent, one variance.
/// </summary>
internal sealed record BellMcCaffrey(double Error, double DegreesOfFreedom, double[] Influence)
{
    public static BellMcCaffrey Of(GlmFit fit, double[] outcome, double[] contrast, ReadOnlySpan<int> clusters)
    {
        var q = fit.Design.Size;
        var inverse = fit.Curvature.Inverse();
        var squared = new double[fit.Weights.Length];
        for (var i = 0; i < squared.Length; i++) squared[i] = fit.Weights[i] * fit.Weights[i];
        var sandwich = Product(Product(inverse, fit.Design.CrossProduct(squared), q), inverse, q);
        var direction = fit.Curvature.Solve(contrast);
        var influence = new double[outcome.Length];

        // P = D + U·N·U' − U·M·V' − V·M·U' with a row of U and V per cluster, so its traces need no matrix of all clusters.
        var both = new double[2 * q * 2 * q];
        CompensatedSum trace = default, squares = default, error = default;
        foreach (var rows in Groups(clusters, fit.Weights))
        {
            var x = new double[rows.Count][];
            for (var i = 0; i < x.Length; i++) x[i] = Row(fit.Design, rows[i]);
            var root = SymmetricRoot.Inverse(Residual(x, rows, fit.Weights, inverse, sandwich));
            var s = new double[x.Length];
            for (var i = 0; i < s.Length; i++)
            {
                for (var j = 0; j < s.Length; j++) s[i] += root[i, j] * fit.Weights[rows[j]] * LaneSum.Dot(x[j], direction);
            }

            var uv = new double[2 * q];
            double own = 0, sum = 0;
            for (var i = 0; i < s.Length; i++)
            {
                influence[rows[i]] = s[i] * (outcome[rows[i]] - fit.Linear[rows[i]]);
                sum += influence[rows[i]];
                own += s[i] * s[i];
                for (var j = 0; j < q; j++)
                {
                    uv[j] += s[i] * x[i][j];
                    uv[q + j] += s[i] * fit.Weights[rows[i]] * x[i][j];
                }
            }

            error.Add(sum * sum);
            var low = Form(uv, inverse, sandwich, q);
            trace.Add(own + low);
            squares.Add((own * own) + (2 * own * low));
            for (var i = 0; i < uv.Length; i++)
            {
                for (var j = 0; j < uv.Length; j++) both[(i * 2 * q) + j] += uv[i] * uv[j];
            }
        }

        // tr(L²) with L = Z K Z': tr(K S K S), S = Z'Z.
        var kernel = Kernel(inverse, sandwich, q);
        var turned = Product(kernel, both, 2 * q);
        for (var i = 0; i < 2 * q; i++)
        {
            for (var j = 0; j < 2 * q; j++) squares.Add(turned[(i * 2 * q) + j] * turned[(j * 2 * q) + i]);
        }

        return new BellMcCaffrey(Math.Sqrt(error.Value), trace.Value * trace.Value / squares.Value, influence);
    }

    // I − H − H' + X N X' within the cluster, where H = X M X'W.
    private static double[,] Residual(double[][] x, List<int> rows, double[] weights, double[] inverse, double[] sandwich)
    {
        var m = x.Length;
        var residual = new double[m, m];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var hat = Bilinear(x[i], inverse, x[j]);
                residual[i, j] = residual[j, i] =
                    (i == j ? 1 : 0) - (hat * (weights[rows[i]] + weights[rows[j]])) + Bilinear(x[i], sandwich, x[j]);
            }
        }

        return residual;
    }

    private static double Form(double[] uv, double[] inverse, double[] sandwich, int q)
    {
        var (u, v) = (uv[..q], uv[q..]);
        return Bilinear(u, sandwich, u) - (2 * Bilinear(u, inverse, v));
    }

    private static double[] Kernel(double[] inverse, double[] sandwich, int q)
    {
        var kernel = new double[2 * q * 2 * q];
        for (var i = 0; i < q; i++)
        {
            for (var j = 0; j < q; j++)
            {
                kernel[(i * 2 * q) + j] = sandwich[(i * q) + j];
                kernel[(i * 2 * q) + q + j] = kernel[((q + i) * 2 * q) + j] = -inverse[(i * q) + j];
            }
        }

        return kernel;
    }

    private static double Bilinear(double[] a, double[] matrix, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * LaneSum.Dot(matrix.AsSpan(i * b.Length, b.Length), b);
        return sum;
    }

    private static double[] Product(double[] a, double[] b, int n)
    {
        var product = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < n; k++) LaneSum.AddScaled(a[(i * n) + k], b.AsSpan(k * n, n), product.AsSpan(i * n, n));
        }

        return product;
    }

    private static double[] Row(StandardisedDesign design, int row)
    {
        var values = new double[design.Size];
        design.Fill(row, 1, values);
        return values;
    }

    private static List<List<int>> Groups(ReadOnlySpan<int> clusters, double[] weights)
    {
        var index = new Dictionary<int, int>();
        List<List<int>> groups = [];
        for (var i = 0; i < clusters.Length; i++)
        {
            if (weights[i] == 0) continue;
            if (!index.TryGetValue(clusters[i], out var at))
            {
                at = groups.Count;
                index.Add(clusters[i], at);
                groups.Add([]);
            }

            groups[at].Add(i);
        }

        return groups;
    }
}
