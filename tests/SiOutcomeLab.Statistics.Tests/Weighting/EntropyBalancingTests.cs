using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Weighting;

public sealed class EntropyBalancingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Att_SimulatedData_BalancesMeansAndKeepsTotals(int seed)
    {
        var data = Simulated.Draw(500, seed);
        var weights = Weights(data.X, data.Treated);
        Assert.True(weights.AreEstimated);
        Assert.Equal(data.Treated.Count(t => t), Sum(weights, data.Treated, _ => 1, false), 1e-9);
        for (var j = 0; j < 3; j++)
        {
            Assert.Equal(Sum(weights, data.Treated, i => data.X[i, j], true), Sum(weights, data.Treated, i => data.X[i, j], false), 1e-8);
        }

        for (var i = 0; i < 500; i++) Assert.True(data.Treated[i] ? weights.Weights.Span[i] == 1 : weights.Weights.Span[i] > 0);
    }

    [Fact]
    public void Att_SimulatedData_IsLeastEntropy()
    {
        // Karush–Kuhn–Tucker: balance plus log weights linear in the covariates is the one minimum. The plane through the log weights
        // of four comparison rows must pass through all others.
        var data = Simulated.Draw(300, 4);
        var weights = Weights(data.X, data.Treated).Weights.ToArray();
        int[] controls = [.. Enumerable.Range(0, 300).Where(i => !data.Treated[i])];
        int[] four = [.. controls.Where(i => data.X[i, 2] == 1).Take(2), .. controls.Where(i => data.X[i, 2] == 0).Take(2)];
        var corner = new double[4, 4];
        for (var r = 0; r < 4; r++)
        {
            corner[r, 0] = 1;
            for (var j = 0; j < 3; j++) corner[r, j + 1] = data.X[four[r], j];
        }

        var inverse = SlowAlgebra.Invert(corner);
        var plane = new double[4];
        for (var j = 0; j < 4; j++)
        {
            for (var r = 0; r < 4; r++) plane[j] += inverse[j, r] * Math.Log(weights[four[r]]);
        }

        foreach (var i in controls)
        {
            var onPlane = plane[0] + (plane[1] * data.X[i, 0]) + (plane[2] * data.X[i, 1]) + (plane[3] * data.X[i, 2]);
            Assert.Equal(onPlane, Math.Log(weights[i]), 1e-7);
        }
    }

    [Fact]
    public void Att_ShiftedScaledAndPermuted_SameWeights()
    {
        var data = Simulated.Draw(400, 5);
        double[] values = [.. data.X.RowMajor()];
        for (var i = 0; i < values.Length; i += 3) (values[i], values[i + 1]) = ((values[i] * 3e4) - 1e5, values[i + 1] * 1e-3);
        var permutation = new Permutation(400, 6);
        var before = permutation.Of(Weights(data.X, data.Treated).Weights.Span);
        var changed = permutation.Of(new DesignMatrix(400, data.X.Names, values));
        var after = Weights(changed, permutation.Of<bool>(data.Treated)).Weights.ToArray();
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i], 1e-8 * Math.Max(1, before[i]));
    }

    [Fact]
    public void Att_AlreadyBalanced_IsEqualWeights()
    {
        var weights = Weights(new DesignMatrix(6, ["a"], [0, 2, 0, 2, 0, 2]), [true, true, false, false, false, false]);
        Assert.All(weights.Weights.Span[2..].ToArray(), weight => Assert.Equal(0.5, weight, 1e-12));
    }

    [Fact]
    public void Att_TreatedMeanOutsideOneColumn_NamesIt()
    {
        var refusal = Refuse([("a", [1, 2, 1, 2, 1.5]), ("b", [9, 8, 1, 2, 3])], [true, true, false, false, false]);
        Assert.Equal(NotEstimableReason.NoOverlap, refusal.Reason);
        Assert.Contains("'b'", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Att_TreatedMeanOnTheBorder_IsNoOverlap() =>
        Assert.Equal(
            NotEstimableReason.NoOverlap, Refuse([("a", [0, 0, 1, 0, 0])], [true, true, false, false, false]).Reason);

    [Fact]
    public void Att_InsideEachColumnOutsideTheHull_IsNoOverlap()
    {
        // Comparison rows on a triangle with a + b ≤ 1; the treated mean (0.7, 0.7) is inside of each range and outside of the hull.
        var random = new Random(7);
        List<double> a = [0.7, 0.7], b = [0.7, 0.7];
        while (a.Count < 60)
        {
            double x = random.NextDouble(), y = random.NextDouble();
            if (x + y > 1) continue;
            a.Add(x);
            b.Add(y);
        }

        a.AddRange([1, 0]);
        b.AddRange([0, 1]);
        bool[] treated = [.. Enumerable.Range(0, a.Count).Select(i => i < 2)];
        Assert.Equal(NotEstimableReason.NoOverlap, Refuse([("a", [.. a]), ("b", [.. b])], treated).Reason);
    }

    [Fact]
    public void Att_OnAFaceOfTheHull_IsNoOverlap()
    {
        // (0.5, 0.5) lies on the edge a + b = 1 of the comparison rows' triangle: only zero weights elsewhere reach it.
        var refusal = Refuse(
            [("a", [0.5, 0.5, 0, 1, 0, 0.2, 0.3]), ("b", [0.5, 0.5, 0, 0, 1, 0.3, 0.2])], [true, true, false, false, false, false, false]);
        Assert.Equal(NotEstimableReason.NoOverlap, refusal.Reason);
    }

    [Fact]
    public void Att_JustInsideTheHull_IsEstimated()
    {
        var x = DesignMatrix.FromColumns([("a", [0.499, 0.499, 0, 1, 0, 0.2]), ("b", [0.499, 0.499, 0, 0, 1, 0.3])]);
        bool[] treated = [true, true, false, false, false, false];
        var weights = Weights(x, treated);
        Assert.Equal(0.998, Sum(weights, treated, i => x[i, 0], false), 1e-8);
        Assert.Equal(0.998, Sum(weights, treated, i => x[i, 1], false), 1e-8);
    }

    [Fact]
    public void Att_CollinearColumns_BalancesThemToo()
    {
        var data = Simulated.Draw(300, 8);
        double[] twin = [.. data.X.Column(0).ToArray().Zip(data.X.Column(1).ToArray(), (a, b) => (2 * a) - b)];
        var x = DesignMatrix.FromColumns([("x1", data.X.Column(0).ToArray()), ("x2", data.X.Column(1).ToArray()), ("twin", twin)]);
        var weights = Weights(x, data.Treated);
        Assert.Equal(Sum(weights, data.Treated, i => twin[i], true), Sum(weights, data.Treated, i => twin[i], false), 1e-8);
    }

    [Fact]
    public void Att_EmptyArm_SaysWhich()
    {
        Assert.Equal(NotEstimableReason.NoTreated, Refuse([("a", [1, 2])], [false, false]).Reason);
        Assert.Equal(NotEstimableReason.NoComparison, Refuse([("a", [1, 2])], [true, true]).Reason);
    }

    private static double Sum(BalancingWeights weights, bool[] treated, Func<int, double> value, bool arm) =>
        Enumerable.Range(0, treated.Length).Where(i => treated[i] == arm).Sum(i => weights.Weights.Span[i] * value(i));

    private static BalancingWeights Weights(DesignMatrix x, bool[] treated) => EntropyBalancing.Att(x, treated, Cancellation).Value();

    private static NotEstimable<BalancingWeights> Refuse((string, double[])[] columns, bool[] treated) =>
        EntropyBalancing.Att(DesignMatrix.FromColumns(columns), treated, Cancellation).Refusal();
}
