using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Tests.LinearAlgebra;

public sealed class CholeskyTests
{
    [Fact]
    public void SolveAndInverse_RandomPositiveDefinite_AgreeWithGaussJordan()
    {
        var random = new Random(7);
        for (var n = 1; n <= 8; n++)
        {
            var root = new double[n, n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++) root[i, j] = Simulated.Normal(random) + (i == j ? 3 : 0);
            }

            var full = new double[n, n];
            var flat = new double[n * n];
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    full[i, j] = i == j ? 1 : 0;
                    for (var k = 0; k < n; k++) full[i, j] += root[i, k] * root[j, k];
                    flat[(i * n) + j] = full[i, j];
                }
            }

            var expected = SlowAlgebra.Invert(full);
            var actual = Cholesky.TryFactor(flat, n)!;
            var inverse = actual.Inverse();
            for (var i = 0; i < n * n; i++) Assert.Equal(expected[i / n, i % n], inverse[i], 1e-10);
        }
    }

    [Fact]
    public void TryFactor_Singular_IsNull() => Assert.Null(Cholesky.TryFactor([1, 1, 1, 1], 2));

    [Fact]
    public void TryFactor_NotFinite_IsNull() => Assert.Null(Cholesky.TryFactor([double.NaN], 1));
}
