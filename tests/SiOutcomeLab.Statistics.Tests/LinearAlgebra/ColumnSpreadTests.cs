using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Tests.LinearAlgebra;

public sealed class ColumnSpreadTests
{
    private const int Rows = 20_000;

    [Fact]
    public void Of_SampleFarFromTheMean_KeepsItsDigits()
    {
        // All that the provisional centre sees lies a million deviations of the other rows off, and has no weight.
        const int Step = Rows / ColumnSpread.SampleRows;
        var random = new Random(1);
        double[] a = [.. Enumerable.Range(0, Rows).Select(i => i % Step == 0 ? 0 : 1e6 + Coarse(random))];
        double[] b = [.. a.Select((value, i) => i % Step == 0 ? -1e6 : value - 1e6 + Coarse(random))];
        Check([a, b], [0, 0], [.. a.Select(value => value == 0 ? 0.0 : 1)]);
    }

    [Fact]
    public void Of_FarFromZero_KeepsItsDigits()
    {
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, Rows).Select(_ => Coarse(random))];
        double[] b = [.. a.Select(value => value + Coarse(random))];
        Check([a, b], [1e9, -1e9], []);
    }

    [Fact]
    public void Of_Weights_AgreesWithPlainLoops()
    {
        var random = new Random(2);
        double[] a = [.. Enumerable.Range(0, Rows).Select(_ => Simulated.Normal(random))];
        double[] b = [.. a.Select(value => (1e5 * value) + Simulated.Normal(random))];
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => i % 7 == 0 ? 0 : random.NextDouble())];
        Check([a, b], [0, 0], weights);
    }

    // With 20 bits after the point, 10⁹ can be added without rounding.
    private static double Coarse(Random random) => Math.Round(Simulated.Normal(random) * (1 << 20)) / (1 << 20);

    private static void Check(double[][] columns, double[] offsets, double[] weights)
    {
        var x = DesignMatrix.FromColumns([.. columns.Select((values, j) => ($"x{j}", values.Select(v => v + offsets[j]).ToArray()))]);
        var spread = ColumnSpread.Of(x, weights, 1);
        double[] w = weights.Length > 0 ? weights : [.. Enumerable.Repeat(1.0, Rows)];
        double[] means = [.. columns.Select(Mean)];
        for (var j = 0; j < columns.Length; j++)
        {
            Assert.Equal(means[j] + offsets[j], spread.Mean[j], 1e-14 * (1e6 + Math.Abs(offsets[j])));
            for (var k = 0; k < columns.Length; k++)
            {
                var size = Math.Sqrt(Product(j, j) * Product(k, k));
                Assert.Equal(Product(j, k), spread.CrossProducts[(j * columns.Length) + k], 1e-13 * size);
            }
        }

        // Twice, because the first quotient is rounded.
        double Mean(double[] column)
        {
            var first = Sum(i => w[i] * column[i]) / Sum(i => w[i]);
            return first + (Sum(i => w[i] * (column[i] - first)) / Sum(i => w[i]));
        }

        double Product(int j, int k) => Sum(i => w[i] * (columns[j][i] - means[j]) * (columns[k][i] - means[k]));
    }

    private static double Sum(Func<int, double> term)
    {
        CompensatedSum sum = default;
        for (var i = 0; i < Rows; i++) sum.Add(term(i));
        return sum.Value;
    }
}
