using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Weighting;

public sealed class EntropyMomentsTests
{
    private static readonly Simulated Data = Simulated.Draw(900, 81);

    [Theory]
    [InlineData(Estimand.Treated)]
    [InlineData(Estimand.Untreated)]
    [InlineData(Estimand.Everyone)]
    public void Weights_ThreeMomentsAndAProduct_BalancesThemAll(Estimand estimand)
    {
        var options = new EntropyBalancingOptions { Moments = 3, Interactions = [("x1", "x3"), ("x1", "x2")] };
        var weights = Weights(Data, estimand, options);
        foreach (var function in new Func<int, double>[]
        {
            i => Data.X[i, 0], i => Data.X[i, 1], i => Data.X[i, 2], i => Math.Pow(Data.X[i, 0], 2), i => Math.Pow(Data.X[i, 1], 2),
            i => Math.Pow(Data.X[i, 0], 3), i => Math.Pow(Data.X[i, 1], 3), i => Data.X[i, 0] * Data.X[i, 2],
            i => Data.X[i, 0] * Data.X[i, 1]
        })
        {
            bool Asked(int i) => estimand == Estimand.Everyone || Data.Treated[i] == (estimand == Estimand.Treated);
            int[] group = [.. Enumerable.Range(0, 900).Where(Asked)];
            var target = group.Average(function);
            foreach (var arm in new[] { true, false }) Assert.Equal(target, Mean(weights, arm, function), 1e-8);
        }

        var size = estimand == Estimand.Everyone ? 900 : Data.Treated.Count(t => t == (estimand == Estimand.Treated));
        foreach (var arm in new[] { true, false })
        {
            Assert.Equal(size, Enumerable.Range(0, 900).Where(i => Data.Treated[i] == arm).Sum(i => weights.Weights.Span[i]), 1e-8);
        }
    }

    [Fact]
    public void Weights_MeansOnly_LeavesVariancesAlone()
    {
        var means = Weights(Data, Estimand.Treated, new EntropyBalancingOptions());
        var variances = Weights(Data, Estimand.Treated, new EntropyBalancingOptions { Moments = 2 });
        Assert.Equal("entropy balancing", means.Method);
        Assert.Equal("entropy balancing of 2 moments", variances.Method);
        Assert.True(Gap(means) > 1e-3);
        Assert.True(Gap(variances) < 1e-8);

        double Gap(BalancingWeights w) => Math.Abs(Mean(w, true, Square) - Mean(w, false, Square));
        double Square(int i) => Data.X[i, 0] * Data.X[i, 0];
    }

    [Fact]
    public void Weights_BaseWeights_AreNearestToThem()
    {
        // The least divergence from q has log(w/q) linear in the covariates: refit on w/q must reproduce it exactly.
        double[] q = [.. Enumerable.Range(0, 900).Select(i => i % 9 == 8 ? 0 : 1 + (i % 5))];
        var weights = Weights(Data, Estimand.Treated, new EntropyBalancingOptions { BaseWeights = q }).Weights.ToArray();
        int[] rows = [.. Enumerable.Range(0, 900).Where(i => !Data.Treated[i] && q[i] > 0)];
        Assert.All(Enumerable.Range(0, 900).Where(i => !Data.Treated[i] && q[i] == 0), i => Assert.Equal(0, weights[i]));
        Assert.All(Enumerable.Range(0, 900).Where(i => Data.Treated[i]), i => Assert.Equal(1, weights[i]));
        int[] four = [.. rows.Where(i => Data.X[i, 2] == 1).Take(2), .. rows.Where(i => Data.X[i, 2] == 0).Take(2)];
        var corner = new double[4, 4];
        for (var r = 0; r < 4; r++)
        {
            for (var j = 0; j < 4; j++) corner[r, j] = j == 0 ? 1 : Data.X[four[r], j - 1];
        }

        var inverse = SlowAlgebra.Invert(corner);
        double[] logs = [.. four.Select(i => Math.Log(weights[i] / q[i]))];
        double[] plane = [.. Enumerable.Range(0, 4).Select(j => Enumerable.Range(0, 4).Sum(r => inverse[j, r] * logs[r]))];
        foreach (var i in rows)
        {
            var linear = plane[0] + (plane[1] * Data.X[i, 0]) + (plane[2] * Data.X[i, 1]) + (plane[3] * Data.X[i, 2]);
            Assert.Equal(linear, Math.Log(weights[i] / q[i]), 1e-6);
        }
    }

    [Fact]
    public void Weights_BaseWeightZeroForEveryone_RowIsLeftOut()
    {
        double[] q = [.. Enumerable.Range(0, 900).Select(i => i % 9 == 8 ? 0.0 : 1)];
        var weights = Weights(Data, Estimand.Everyone, new EntropyBalancingOptions { BaseWeights = q }).Weights.ToArray();
        Assert.All(Enumerable.Range(0, 900), i => Assert.Equal(q[i] > 0, weights[i] > 0));
    }

    [Fact]
    public void Weights_OneOrTwoThreads_SameBytes()
    {
        var data = Simulated.Draw(40_000, 82);
        var one = Weights(data, Estimand.Everyone, new EntropyBalancingOptions { Moments = 2, Threads = 1 });
        var two = Weights(data, Estimand.Everyone, new EntropyBalancingOptions { Moments = 2, Threads = 2 });
        Assert.True(one.Weights.Span.SequenceEqual(two.Weights.Span));
    }

    [Fact]
    public void Weights_TreatedAsFromTheOtherSide_IsTheMirror()
    {
        bool[] swapped = [.. Data.Treated.Select(t => !t)];
        var here = Weights(Data, Estimand.Untreated, new EntropyBalancingOptions()).Weights;
        var there = EntropyBalancing.Att(Data.X, swapped, TestContext.Current.CancellationToken).Value().Weights;
        for (var i = 0; i < 900; i++) Assert.Equal(there.Span[i], here.Span[i], 1e-12);
    }

    [Fact]
    public void Weights_BadArguments_Throws()
    {
        foreach (var options in new EntropyBalancingOptions[]
        {
            new() { Moments = 4 }, new() { BaseWeights = new double[3] }, new() { Interactions = [("x1", "z")] }
        })
        {
            Assert.Throws<ArgumentException>(() => Weights(Data, Estimand.Treated, options));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => Weights(Data, Estimand.Overlap, new EntropyBalancingOptions()));
        var none = new EntropyBalancingOptions { BaseWeights = Data.Treated.Select(t => t ? 1.0 : 0).ToArray() };
        Assert.Equal(
            NotEstimableReason.NoComparison,
            EntropyBalancing.Weights(Data.X, Data.Treated, Estimand.Treated, none, TestContext.Current.CancellationToken).Refusal().Reason);
    }

    private static BalancingWeights Weights(Simulated data, Estimand estimand, EntropyBalancingOptions options) =>
        EntropyBalancing.Weights(data.X, data.Treated, estimand, options, TestContext.Current.CancellationToken).Value();

    private static double Mean(BalancingWeights weights, bool arm, Func<int, double> value)
    {
        int[] rows = [.. Enumerable.Range(0, 900).Where(i => Data.Treated[i] == arm)];
        return rows.Sum(i => weights.Weights.Span[i] * value(i)) / rows.Sum(i => weights.Weights.Span[i]);
    }
}
