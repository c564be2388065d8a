namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// Inverse square root of a small symmetric positive semidefinite matrix, by Jacobi rotations; null directions stay null.
/// </summary>
internal static class SymmetricRoot
{
    private const double Tolerance = 1e-15;

    // Relative to the largest eigenvalue; a cluster that a coefficient of its own fits exactly has eigenvalues of rounding size.
    private const double NullTolerance = 1e-12;

    public static double[,] Inverse(double[,] matrix)
    {
        var n = matrix.GetLength(0);
        var a = (double[,])matrix.Clone();
        var vectors = new double[n, n];
        for (var i = 0; i < n; i++) vectors[i, i] = 1;
        for (var sweep = 0; sweep < 60 && OffDiagonal(a) > Tolerance * Diagonal(a); sweep++)
        {
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++) Rotate(a, vectors, p, q);
            }
        }

        var largest = 0.0;
        for (var i = 0; i < n; i++) largest = Math.Max(largest, a[i, i]);
        var root = new double[n, n];
        for (var k = 0; k < n; k++)
        {
            if (a[k, k] <= NullTolerance * largest) continue;
            var factor = 1 / Math.Sqrt(a[k, k]);
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) root[i, j] += factor * vectors[i, k] * vectors[j, k];
            }
        }

        return root;
    }

    private static void Rotate(double[,] a, double[,] vectors, int p, int q)
    {
        if (a[p, q] == 0) return;

        var theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        var t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        var c = 1 / Math.Sqrt((t * t) + 1);
        var s = t * c;
        for (var k = 0; k < a.GetLength(0); k++) (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (var k = 0; k < a.GetLength(0); k++) (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        for (var k = 0; k < a.GetLength(0); k++)
        {
            (vectors[k, p], vectors[k, q]) = ((c * vectors[k, p]) - (s * vectors[k, q]), (s * vectors[k, p]) + (c * vectors[k, q]));
        }
    }

    private static double OffDiagonal(double[,] a)
    {
        var largest = 0.0;
        for (var i = 0; i < a.GetLength(0); i++)
        {
            for (var j = 0; j < i; j++) largest = Math.Max(largest, Math.Abs(a[i, j]));
        }

        return largest;
    }

    private static double Diagonal(double[,] a)
    {
        var largest = 0.0;
        for (var i = 0; i < a.GetLength(0); i++) largest = Math.Max(largest, Math.Abs(a[i, i]));
        return largest;
    }
}
