using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Tests.LinearAlgebra;

public sealed class StandardisedDesignTests
{
    [Fact]
    public void From_CollinearAndConstantColumns_DropsTheLaterOnes()
    {
        var random = new Random(3);
        double[] a = [.. Enumerable.Range(0, 200).Select(_ => Simulated.Normal(random) * 1e4)];
        double[] b = [.. Enumerable.Range(0, 200).Select(_ => 1990 + (double)random.Next(30))];
        double[] c = [.. a.Zip(b, (x, y) => (3 * x) - (7 * y) + 2)];
        double[] d = [.. b.Select(y => 5 - y)];
        var design = StandardisedDesign.From(
            DesignMatrix.FromColumns([("a", a), ("k", [.. Enumerable.Repeat(4.0, 200)]), ("b", b), ("c", c), ("d", d)]));
        Assert.Equal(["k", "c", "d"], design.Dropped);
        Assert.Equal(3, design.Size);
        Assert.Equal([0, 2], design.Source);
    }

    [Fact]
    public void From_NearlyCollinear_IsKept()
    {
        var random = new Random(4);
        double[] a = [.. Enumerable.Range(0, 500).Select(_ => Simulated.Normal(random))];
        double[] b = [.. a.Select(x => x + (1e-3 * Simulated.Normal(random)))];
        Assert.Empty(StandardisedDesign.From(DesignMatrix.FromColumns([("a", a), ("b", b)])).Dropped);
    }
}
