using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Statistics.Tests.Balance;

public sealed class BalanceTableTests
{
    [Fact]
    public void Compute_SmallSample_IsTheHandComputation()
    {
        var x = DesignMatrix.FromColumns([("c", [1, 2, 3, 2, 4, 9]), ("b", [1, 1, 0, 0, 0, 1])]);
        var table = BalanceTable.Compute(x, [true, true, true, false, false, false], [1, 1, 1, 2, 1, 0]).Value();
        var c = table.Covariates[0];
        Assert.Equal(2, c.Before.MeanTreated);
        Assert.Equal(5, c.Before.MeanComparison);
        Assert.Equal(-3, c.Before.Smd, 1e-14);
        Assert.Equal(1 / 13.0, c.Before.VarianceRatio!.Value, 1e-14);
        Assert.Equal(2 / 3.0, c.Before.KolmogorovSmirnov, 1e-14);
        Assert.Equal(8 / 3.0, c.After.MeanComparison, 1e-14);
        Assert.Equal(-2 / 3.0, c.After.Smd, 1e-14);
        // Shares ⅔ and ⅓: (⅔·(2/3)² + ⅓·(4/3)²)/(1 − 5/9) = 2.
        Assert.Equal(0.5, c.After.VarianceRatio!.Value, 1e-14);
        Assert.Equal(1 / 3.0, c.After.KolmogorovSmirnov, 1e-14);
        var b = table.Covariates[1];
        Assert.Equal((1 / 3.0) / Math.Sqrt(2 / 9.0), b.Before.Smd, 1e-14);
        Assert.Null(b.Before.VarianceRatio);
        Assert.Equal(2 / 3.0, b.After.KolmogorovSmirnov, 1e-14);
        Assert.Equal(1.8, table.EffectiveComparison, 1e-14);
        Assert.Equal(Math.Abs(b.After.Smd), table.LargestSmdAfter);
        Assert.Equal(3, table.LargestSmdBefore, 1e-14);
    }

    [Fact]
    public void Compute_StandardErrorOfSmd_IsTheSpreadOverSamples()
    {
        var smds = new List<double>();
        var errors = 0.0;
        for (var seed = 0; seed < 800; seed++)
        {
            var data = Simulated.Draw(150, 9_000 + seed);
            double[] ones = [.. Enumerable.Repeat(1.0, 150)];
            var arm = BalanceTable.Compute(data.X, data.Treated, ones).Value().Covariates[0].After;
            smds.Add(arm.Smd);
            errors += arm.SmdStandardError / 800;
        }

        var mean = smds.Average();
        var deviation = Math.Sqrt(smds.Average(value => (value - mean) * (value - mean)));
        Assert.InRange(errors / deviation, 0.92, 1.08);
    }

    [Fact]
    public void Compute_RandomWeights_KsAgreesWithPlainCount()
    {
        var random = new Random(3);
        for (var round = 0; round < 20; round++)
        {
            const int Rows = 80;
            double[] values = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.Next(12))];
            bool[] treated = [.. Enumerable.Range(0, Rows).Select(i => i % 3 == 0)];
            double[] weights = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
            var expected = Enumerable.Range(0, 12).Max(at => Math.Abs(Share(true, at) - Share(false, at)));
            var actual = BalanceTable.Compute(new DesignMatrix(Rows, ["a"], values), treated, weights).Value();
            Assert.Equal(expected, actual.Covariates[0].After.KolmogorovSmirnov, 1e-12);

            double Share(bool arm, int at)
            {
                int[] rows = [.. Enumerable.Range(0, Rows).Where(i => treated[i] == arm)];
                return rows.Where(i => values[i] <= at).Sum(i => weights[i]) / rows.Sum(i => weights[i]);
            }
        }
    }

    [Fact]
    public void Compute_TreatedDoNotVary_DividesByThePooledDeviation()
    {
        var x = DesignMatrix.FromColumns([("b", [1, 1, 0, 1])]);
        var table = BalanceTable.Compute(x, [true, true, false, false], [1, 1, 1, 1]).Value();
        Assert.Equal(0.5 / Math.Sqrt(0.125), table.Covariates[0].Before.Smd, 1e-14);
    }

    [Fact]
    public void Compute_NeitherArmVaries_IsInfiniteOrZero()
    {
        var x = DesignMatrix.FromColumns([("apart", [1, 1, 0, 0]), ("same", [1, 1, 1, 1])]);
        var table = BalanceTable.Compute(x, [true, true, false, false], [1, 1, 1, 1]).Value();
        Assert.True(double.IsPositiveInfinity(table.Covariates[0].After.Smd));
        Assert.Equal(0, table.Covariates[1].After.Smd);
        var verdict = BalanceGate.Judge(table);
        Assert.Equal(["apart"], verdict.Failed);
    }

    [Fact]
    public void Compute_EmptyArms_SaysWhich()
    {
        var x = DesignMatrix.FromColumns([("a", [1, 2])]);
        Assert.Equal(NotEstimableReason.NoTreated, BalanceTable.Compute(x, [false, false], [1, 1]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoComparison, BalanceTable.Compute(x, [true, false], [1, 0]).Refusal().Reason);
    }
}
