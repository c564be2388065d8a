using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Pooling.OneStage;

/// <summary>
/// Nodes and weights for ∫ f(x) exp(−x²) dx, from the eigenvalues of the recurrence's matrix (Golub and Welsch 1969, Mathematics of
/// Computation 23(106), p. 221–230).
/// </summary>
internal static class GaussHermite
{
    public static (double[] Nodes, double[] Weights) Rule(int points)
    {
        var matrix = new double[points * points];
        for (var i = 1; i < points; i++) matrix[(i * points) + i - 1] = matrix[((i - 1) * points) + i] = Math.Sqrt(i / 2.0);
        var eigen = SymmetricEigen.TryDecompose(matrix, points) ?? throw new InvalidOperationException("A finite matrix has eigenvalues.");
        var (nodes, weights) = (eigen.Values, new double[points]);
        for (var i = 0; i < points; i++) weights[i] = Math.Sqrt(Math.PI) * eigen.Vectors[i] * eigen.Vectors[i];
        Array.Sort(nodes, weights);
        return (nodes, weights);
    }
}
