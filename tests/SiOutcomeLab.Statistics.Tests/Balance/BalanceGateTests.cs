using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Statistics.Tests.Balance;

public sealed class BalanceGateTests
{
    [Theory]
    [InlineData(400, 0.05, BalanceGrade.Pass)]
    [InlineData(400, 0.10, BalanceGrade.Pass)]
    [InlineData(400, 0.15, BalanceGrade.Amber)]
    [InlineData(40, 0.24, BalanceGrade.Amber)]
    [InlineData(40, 0.26, BalanceGrade.Fail)]
    [InlineData(20_000, 0.15, BalanceGrade.Fail)]
    [InlineData(20_000, -0.15, BalanceGrade.Fail)]
    public void Judge_OneCovariate_GradesBySizeAndSignificance(int rows, double smd, BalanceGrade expected)
    {
        var verdict = BalanceGate.Judge(Table(rows, smd));
        Assert.Equal(expected, verdict.Grade);
        Assert.Equal(expected == BalanceGrade.Amber ? ["x0"] : [], verdict.MustAdjustFor);
        Assert.Equal(expected == BalanceGrade.Fail ? ["x0"] : [], verdict.Failed);
    }

    [Fact]
    public void Judge_PValue_IsOneSidedAboveTheTarget()
    {
        var verdict = BalanceGate.Judge(Table(2_000, 0.18)).Covariates[0];
        Assert.Equal(1 - Normal.CDF(0, 1, (Math.Abs(verdict.Smd) - 0.1) / verdict.StandardError), verdict.PValue, 1e-12);
        // Arms of equal size and spread: SE² ≈ 2/1000 + d²/1998.
        Assert.Equal(Math.Sqrt(0.002 + (0.18 * 0.18 / 1998)), verdict.StandardError, 1e-4);
    }

    [Fact]
    public void Judge_ManyCovariates_SharesAlpha()
    {
        // One covariate at p ≈ 0.02 fails alone, and is amber among ten.
        var alone = BalanceGate.Judge(Table(3_000, 0.176));
        Assert.Equal(BalanceGrade.Fail, alone.Grade);
        Assert.InRange(alone.Covariates[0].PValue, 0.01, 0.03);
        var among = BalanceGate.Judge(Table(3_000, [0.176, .. Enumerable.Repeat(0.0, 9)]));
        Assert.Equal(BalanceGrade.Amber, among.Grade);
        Assert.Equal(["x0"], among.MustAdjustFor);
    }

    [Fact]
    public void Judge_NoCovariates_Passes() => Assert.Equal(BalanceGrade.Pass, BalanceGate.Judge(Table(10, [])).Grade);

    [Fact]
    public void Judge_BadLimits_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BalanceGate.Judge(Table(10, 0), new() { HardLimit = 0.05 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => BalanceGate.Judge(Table(10, 0), new() { Alpha = 0 }));
    }

    // Two arms with the same values, the treated shifted by the wanted number of their own standard deviations.
    private static BalanceTable Table(int rows, params double[] smds)
    {
        var half = rows / 2;
        var columns = smds.Select((smd, j) =>
        {
            double[] arm = [.. Enumerable.Range(0, half).Select(i => (i + 0.5) / half)];
            var mean = arm.Average();
            var deviation = Math.Sqrt(arm.Sum(value => (value - mean) * (value - mean)) / (half - 1));
            return ($"x{j}", (double[])[.. arm.Select(value => value + (smd * deviation * (1 - 1e-12))), .. arm]);
        });
        bool[] treated = [.. Enumerable.Range(0, rows).Select(i => i < half)];
        var x = smds.Length == 0 ? new DesignMatrix(rows, [], []) : DesignMatrix.FromColumns([.. columns]);
        return BalanceTable.Compute(x, treated, [.. Enumerable.Repeat(1.0, rows)]).Value();
    }
}
