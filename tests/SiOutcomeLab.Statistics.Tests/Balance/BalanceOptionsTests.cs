using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Statistics.Tests.Balance;

public sealed class BalanceOptionsTests
{
    private static readonly Simulated Data = Simulated.Draw(2_000, 31);
    private static readonly double[] Weights = [.. Data.Treated.Select((t, i) => t ? 1 : 0.2 + (i % 7))];

    [Fact]
    public void Compute_Denominators_AreTheirFormulas()
    {
        double[] a = [.. Column(0).Where((_, i) => Data.Treated[i])], b = [.. Column(0).Where((_, i) => !Data.Treated[i])];
        double n = a.Length, m = b.Length, v = Variance(a), u = Variance(b);
        var hedges = Math.Sqrt((((n - 1) * v) + ((m - 1) * u)) / (n + m - 2)) / (1 - (3 / ((4 * (n + m)) - 9)));
        Check(SmdDenominator.Treated, Math.Sqrt(v));
        Check(SmdDenominator.Comparison, Math.Sqrt(u));
        Check(SmdDenominator.Pooled, Math.Sqrt((v + u) / 2));
        Check(SmdDenominator.All, Math.Sqrt(Variance([.. a, .. b])));
        Check(SmdDenominator.Hedges, hedges);
        double total = Weights.Sum(), mean = Column(0).Zip(Weights, (x, w) => x * w).Sum() / total;
        var squares = Column(0).Zip(Weights, (x, w) => w * (x - mean) * (x - mean)).Sum() / total;
        Check(SmdDenominator.Weighted, Math.Sqrt(squares / (1 - (Weights.Sum(w => w * w) / (total * total)))));

        void Check(SmdDenominator denominator, double expected)
        {
            var c = BalanceTable.Compute(Data.X, Data.Treated, Weights, denominator).Value().Covariates[0];
            Assert.Equal(expected, c.Before.RawDifference / c.Before.Smd, 1e-12);
            Assert.Equal(expected, c.After.RawDifference / c.After.Smd, 1e-12);
        }
    }

    [Fact]
    public void Compute_BinaryDenominators_UseShares()
    {
        double p = Column(2).Where((_, i) => Data.Treated[i]).Average(), all = Column(2).Average();
        Assert.Equal(Math.Sqrt(p * (1 - p)), Denominator(SmdDenominator.Treated), 1e-12);
        Assert.Equal(Math.Sqrt(all * (1 - all)), Denominator(SmdDenominator.All), 1e-12);

        double Denominator(SmdDenominator denominator)
        {
            var c = BalanceTable.Compute(Data.X, Data.Treated, Weights, denominator).Value().Covariates[2];
            return c.Before.RawDifference / c.Before.Smd;
        }
    }

    [Fact]
    public void Compute_SquaresAndInteractions_AreColumnsOfTheirOwn()
    {
        var options = new BalanceOptions { Squares = true, Interactions = true };
        var table = BalanceTable.Compute(Data.X, Data.Treated, Weights, options).Value();
        Assert.Equal(["x1", "x2", "x3", "x1²", "x2²", "x1 * x2", "x1 * x3", "x2 * x3"], table.Covariates.Select(c => c.Name));
        double[] product = [.. Column(0).Zip(Column(2), (a, b) => a * b)];
        var alone = BalanceTable.Compute(new DesignMatrix(2_000, ["x1 * x3"], product), Data.Treated, Weights).Value();
        Assert.Equal(alone.Covariates[0], table.Covariates[6]);
    }

    [Fact]
    public void Compute_ProductThatDoesNotVary_IsLeftOut()
    {
        var x = DesignMatrix.FromColumns([("a", [1, 0, 0, 1]), ("b", [0, 1, 0, 0])]);
        var options = new BalanceOptions { Interactions = true };
        Assert.Equal(2, BalanceTable.Compute(x, [true, true, false, false], [1, 1, 1, 1], options).Value().Covariates.Count);
    }

    [Fact]
    public void Compute_OneOrTwoThreads_SameBytes()
    {
        var data = Simulated.Draw(40_000, 32);
        double[] weights = [.. data.Treated.Select((t, i) => t ? 1 : 0.1 + (i % 11))];
        Assert.Equal(Bytes(1), Bytes(2));

        double[] Bytes(int threads)
        {
            var options = new BalanceOptions { MeanEcdfDifference = true, OverlapComplement = true, Threads = threads };
            var table = BalanceTable.Compute(data.X, data.Treated, weights, options).Value();
            return [.. table.Covariates.SelectMany(c => new[]
            {
                c.Before.Smd, c.After.Smd, c.After.KolmogorovSmirnov, c.After.MeanEcdfDifference!.Value, c.After.OverlapComplement!.Value,
                c.After.VarianceRatio ?? 0, c.After.SmdStandardError
            })];
        }
    }

    [Fact]
    public void Compute_OverlapOfTwoNormals_IsNearTheClosedForm()
    {
        // ∫ min of N(0, 1) and N(1, 1) is 2Φ(−½); kernels widen both by their bandwidth, which takes the distance down by the same factor.
        var random = new Random(5);
        const int Rows = 40_000;
        bool[] treated = [.. Enumerable.Range(0, Rows).Select(i => i % 2 == 0)];
        double[] values = [.. treated.Select(t => Simulated.Normal(random) + (t ? 1 : 0))];
        var c = Overlap(values, treated);
        var bandwidth = 1.06 * Math.Pow(Rows / 2.0, -0.2);
        Assert.Equal(1 - (2 * Normal.CDF(0, 1, -0.5 / Math.Sqrt(1 + (bandwidth * bandwidth)))), c.Before.OverlapComplement!.Value, 0.012);
        Assert.Equal(c.Before.OverlapComplement!.Value, c.After.OverlapComplement!.Value, 1e-12);
    }

    [Fact]
    public void Compute_OverlapOfSeparateOrEqualArms_IsOneOrZero()
    {
        // The kernel ends six deviations out, where 1e-8 of its mass is left.
        Assert.Equal(1, Overlap([1, 2, 3, 4], [true, true, false, false]).Before.OverlapComplement);
        Assert.Equal(0, Overlap([1, 2, 1, 2], [true, true, false, false]).Before.OverlapComplement!.Value, 1e-7);
        Assert.Equal(0, Overlap([2, 2, 2, 2], [true, true, false, false]).Before.OverlapComplement!.Value, 1e-7);
    }

    [Fact]
    public void Compute_ValuesFarFromZero_KeepTheirVariance()
    {
        // A mean of 10⁹ beside a deviation of 1: sums of raw squares would have no digit left.
        double[] shifted = [.. Column(0).Select(value => value + 1e9)];
        double[] back = [.. shifted.Select(value => value - 1e9)];
        var far = BalanceTable.Compute(new DesignMatrix(2_000, ["a"], shifted), Data.Treated, Weights).Value().Covariates[0];
        var near = BalanceTable.Compute(new DesignMatrix(2_000, ["a"], back), Data.Treated, Weights).Value().Covariates[0];
        Assert.Equal(near.After.VarianceRatio!.Value, far.After.VarianceRatio!.Value, 1e-6);
        Assert.Equal(near.After.Smd, far.After.Smd, 1e-6);
        Assert.Equal(near.After.KolmogorovSmirnov, far.After.KolmogorovSmirnov, 1e-12);
    }

    private static CovariateBalance Overlap(double[] values, bool[] treated) =>
        BalanceTable.Compute(
            new DesignMatrix(values.Length, ["a"], values, [ColumnKind.Continuous]), treated, [.. values.Select(_ => 1.0)],
            new BalanceOptions { OverlapComplement = true }).Value().Covariates[0];

    private static double[] Column(int column) => Data.X.Column(column).ToArray();

    private static double Variance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
