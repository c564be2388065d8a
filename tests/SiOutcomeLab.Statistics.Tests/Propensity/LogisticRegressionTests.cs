using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class LogisticRegressionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Fit_SimulatedData_AgreesWithPlainNewton(int seed)
    {
        var data = Simulated.Draw(700, seed);
        var fit = Fit(data.X, data.Treated);
        var expected = SlowAlgebra.Root((beta, i) => Score(data, beta, i), 700, new double[4]);
        for (var j = 0; j < 4; j++) Assert.Equal(expected[j], fit.Coefficients[j].Value, 1e-9);
    }

    [Fact]
    public void Fit_SimulatedData_ErrorsAreInverseInformation()
    {
        var data = Simulated.Draw(700, 4);
        var fit = Fit(data.X, data.Treated);
        var information = new double[4, 4];
        for (var i = 0; i < 700; i++)
        {
            var e = fit.Scores.Span[i];
            double[] row = [1, .. data.X.Row(i)];
            for (var j = 0; j < 4; j++)
            {
                for (var k = 0; k < 4; k++) information[j, k] += e * (1 - e) * row[j] * row[k];
            }
        }

        var variance = SlowAlgebra.Invert(information);
        for (var j = 0; j < 4; j++) Assert.Equal(Math.Sqrt(variance[j, j]), fit.Coefficients[j].StandardError, 1e-9);
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_SameBytes()
    {
        var data = Simulated.Draw(240_011, 5);
        var one = new LogisticRegression(threads: 1).Fit(data.X, data.Treated, Cancellation).Value();
        foreach (var threads in new[] { 2, 3, 7 })
        {
            var many = new LogisticRegression(threads).Fit(data.X, data.Treated, Cancellation).Value();
            Assert.Equal(one.Coefficients, many.Coefficients);
            Assert.Equal(one.Scores.ToArray(), many.Scores.ToArray());
            Assert.Equal(one.Deviance, many.Deviance);
        }
    }

    [Fact]
    public void Fit_PermutedRows_SameScores()
    {
        var data = Simulated.Draw(2_000, 6);
        var permutation = new Permutation(2_000, 60);
        var before = permutation.Of(Fit(data.X, data.Treated).Scores.Span);
        var after = Fit(permutation.Of(data.X), permutation.Of<bool>(data.Treated)).Scores.ToArray();
        for (var i = 0; i < before.Length; i++) Assert.Equal(before[i], after[i], 1e-12);
    }

    [Fact]
    public void Fit_ShiftedAndScaledCovariates_SameScores()
    {
        var data = Simulated.Draw(1_000, 7);
        double[] values = [.. data.X.RowMajor()];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (i % 3) switch { 0 => (values[i] * 25_000) + 4e5, 1 => (values[i] * 1e-4) - 3, _ => 1 - values[i] };
        }

        var before = Fit(data.X, data.Treated);
        var after = Fit(new DesignMatrix(1_000, data.X.Names, values), data.Treated);
        for (var i = 0; i < 1_000; i++) Assert.Equal(before.Scores.Span[i], after.Scores.Span[i], 1e-10);
        Assert.Equal(before.Coefficients[1].Value / 25_000, after.Coefficients[1].Value, 1e-12);
    }

    [Fact]
    public void Fit_NoCovariates_IsTheTreatedShare()
    {
        var fit = Fit(new DesignMatrix(4, [], []), [true, false, false, false]);
        Assert.All(fit.Scores.ToArray(), score => Assert.Equal(0.25, score, 1e-15));
        Assert.Equal(fit.NullDeviance, fit.Deviance, 1e-12);
    }

    [Fact]
    public void Fit_RareTreatment_ReachesTheMaximum()
    {
        var random = new Random(8);
        const int Rows = 40_000;
        var x = new double[Rows];
        var treated = new bool[Rows];
        for (var i = 0; i < Rows; i++)
        {
            x[i] = Simulated.Normal(random);
            treated[i] = random.NextDouble() < 1 / (1 + Math.Exp(7 - x[i]));
        }

        var fit = Fit(new DesignMatrix(Rows, ["x"], x), treated);
        double score0 = 0, score1 = 0;
        for (var i = 0; i < Rows; i++)
        {
            var residual = (treated[i] ? 1 : 0) - fit.Scores.Span[i];
            score0 += residual;
            score1 += residual * x[i];
        }

        Assert.Equal(0, score0, 1e-9);
        Assert.Equal(0, score1, 1e-9);
    }

    [Theory]
    [InlineData(700)]
    [InlineData(140_000)]
    public void Fit_AnyStart_SameMaximum(int rows)
    {
        // 140 000 rows begin from a sample of themselves unless they are told where to begin.
        var data = Simulated.Draw(rows, 12);
        var plain = Fit(data.X, data.Treated);
        foreach (var start in new double[][] { [0, 0, 0, 0], [-0.9, 0.6, -0.5, 0.4], [30, 40, -50, 60] })
        {
            var fit = new LogisticRegression().Fit(data.X, data.Treated, [], start, Cancellation).Value();
            for (var j = 0; j < 4; j++) Assert.Equal(plain.Coefficients[j].Value, fit.Coefficients[j].Value, 1e-11);
            Assert.Equal(plain.Deviance, fit.Deviance, 1e-11 * plain.Deviance);
        }

        double[] maximum = [.. plain.Coefficients.Select(c => c.Value)];
        Assert.InRange(new LogisticRegression().Fit(data.X, data.Treated, [], maximum, Cancellation).Value().Iterations, 0, 1);
    }

    [Fact]
    public void Fit_SampleHasNoTreated_StillFindsTheMaximum()
    {
        // Every second block of 256 rows is the sample; here none of it is treated.
        const int Rows = 140_000;
        var random = new Random(13);
        double[] x = [.. Enumerable.Range(0, Rows).Select(_ => Simulated.Normal(random))];
        bool[] treated = [.. x.Select((value, i) => i / 256 % 2 == 1 && random.NextDouble() < 1 / (1 + Math.Exp(2 - value)))];
        var fit = Fit(new DesignMatrix(Rows, ["x"], x), treated);
        double score0 = 0, score1 = 0;
        for (var i = 0; i < Rows; i++)
        {
            score0 += (treated[i] ? 1 : 0) - fit.Scores.Span[i];
            score1 += ((treated[i] ? 1 : 0) - fit.Scores.Span[i]) * x[i];
        }

        Assert.Equal(0, score0, 1e-7);
        Assert.Equal(0, score1, 1e-7);
    }

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        var data = Simulated.Draw(200, 9);
        Assert.Throws<OperationCanceledException>(() => new LogisticRegression().Fit(data.X, data.Treated, new CancellationToken(true)));
    }

    [Fact]
    public void Fit_EmptyArms_SaysWhich()
    {
        var x = new DesignMatrix(3, ["a"], [1, 2, 3]);
        Assert.Equal(NotEstimableReason.NoTreated, Refuse(x, [false, false, false]).Reason);
        Assert.Equal(NotEstimableReason.NoComparison, Refuse(x, [true, true, true]).Reason);
        Assert.Throws<ArgumentException>(() => Fit(x, [true, false]));
    }

    [Fact]
    public void Fit_MoreColumnsThanRows_IsTooFew()
    {
        var random = new Random(10);
        var values = new double[6 * 7];
        for (var i = 0; i < values.Length; i++) values[i] = Simulated.Normal(random);
        var answer = new LogisticRegression().Fit(
            new DesignMatrix(6, [.. Enumerable.Range(0, 7).Select(j => $"x{j}")], values),
            [true, false, true, false, true, false],
            Cancellation);
        Assert.Contains(answer.Refusal().Reason, new[] { NotEstimableReason.TooFewObservations, NotEstimableReason.Separation });
    }

    private static double[] Score(Simulated data, double[] beta, int i)
    {
        var x = data.X.Row(i);
        var e = 1 / (1 + Math.Exp(-(beta[0] + (beta[1] * x[0]) + (beta[2] * x[1]) + (beta[3] * x[2]))));
        var residual = (data.Treated[i] ? 1 : 0) - e;
        return [residual, residual * x[0], residual * x[1], residual * x[2]];
    }

    private static PropensityFit Fit(DesignMatrix x, bool[] treated) => new LogisticRegression().Fit(x, treated, Cancellation).Value();

    private static NotEstimable<PropensityFit> Refuse(DesignMatrix x, bool[] treated) =>
        new LogisticRegression().Fit(x, treated, Cancellation).Refusal();
}
