using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class ElasticNetLogisticTests
{
    private const int Rows = 240;
    private const int Width = 12;
    private static readonly (DesignMatrix X, bool[] Treated) Data = Draw(Rows, Width, 81);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, Rows, Width)]
    [InlineData(0.5, Rows, Width)]
    [InlineData(0, Rows, Width)]
    [InlineData(1, 60, 90)]
    [InlineData(0.3, 60, 90)]
    public void Path_EveryPenalty_MeetsTheOptimalityConditions(double mixing, int rows, int width)
    {
        var (x, treated) = rows == Rows ? Data : Draw(rows, width, 82);
        var path = Path(x, treated, mixing);
        Assert.True(path.Points.Count > 10);
        foreach (var point in path.Points.Where((_, k) => k % 7 == 0)) CheckOptimal(x, treated, point, mixing, 1e-8);
    }

    [Fact]
    public void Path_StrongRuleErrs_ColumnIsLetInAfterAll()
    {
        // The last column is the first three's sum and something that works against it: once the three are in, its gradient moves
        // faster than the penalty, which is what the rule takes to be impossible. On grids this coarse some column is overlooked.
        const int Many = 600;
        var random = new Random(85);
        var columns = new (string, double[])[5];
        for (var j = 0; j < 4; j++) columns[j] = ($"x{j}", [.. Enumerable.Range(0, Many).Select(_ => Simulated.Normal(random))]);
        double[] sum = [.. Enumerable.Range(0, Many).Select(i => columns.Take(3).Sum(c => c.Item2[i]))];
        columns[4] = ("sum", [.. sum.Zip(columns[3].Item2, (s, e) => s + e)]);
        columns[3] = ("noise", [.. Enumerable.Range(0, Many).Select(_ => Simulated.Normal(random))]);
        bool[] treated = [.. sum.Select((s, i) => random.NextDouble() < 1 / (1 + Math.Exp((0.9 * columns[4].Item2[i]) - (1.2 * s))))];
        var x = DesignMatrix.FromColumns(columns);
        for (var count = 8; count < 30; count += 3)
        {
            var model = new ElasticNetLogistic(Options(1) with { Penalties = count, SmallestRatio = 0.01 });
            var path = model.Path(x, treated, cancellationToken: Cancellation).Value();
            foreach (var point in path.Points) CheckOptimal(x, treated, point, 1, 1e-8);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0.4)]
    [InlineData(0)]
    public void Path_OnePenalty_AgreesWithProximalGradient(double mixing)
    {
        var point = Path(Data.X, Data.Treated, mixing, [0.02]).Points[0];
        var expected = ProximalGradient(Data.X, Data.Treated, 0.02, mixing);
        for (var j = 0; j <= Width; j++) Assert.Equal(expected[j], point.Coefficients[j].Value, 1e-8);
    }

    [Fact]
    public void Path_PenaltyToZero_IsMaximumLikelihood()
    {
        var fit = new LogisticRegression().Fit(Data.X, Data.Treated, Cancellation).Value();
        foreach (var mixing in new[] { 0.0, 1 })
        {
            var path = Path(Data.X, Data.Treated, mixing, [0.1, 1e-3, 1e-6, 1e-12]);
            for (var j = 0; j <= Width; j++) Assert.Equal(fit.Coefficients[j].Value, path.Points[3].Coefficients[j].Value, 1e-8);
            Assert.Equal(fit.Deviance, path.Points[3].Deviance, 1e-8);
            var scores = path.FitAt(3).Scores.ToArray();
            for (var i = 0; i < Rows; i++) Assert.Equal(fit.Scores.Span[i], scores[i], 1e-8);
        }
    }

    [Fact]
    public void Path_Lasso_BeginsEmptyAndLetsColumnsIn()
    {
        var points = Path(Data.X, Data.Treated, 1).Points;
        Assert.Equal(0, points[0].Columns);
        Assert.Equal(0, points[0].DevianceRatio, 1e-10);
        Assert.True(points[1].Columns >= 1);
        Assert.Equal(points[0].Penalty * Math.Pow(1e-4, 1 / 99.0), points[1].Penalty, 1e-12);
        for (var k = 1; k < points.Count; k++) Assert.True(points[k].DevianceRatio > points[k - 1].DevianceRatio);
    }

    [Fact]
    public void Path_EqualColumns_RidgeSharesBetweenThem()
    {
        double[] a = Data.X.Column(0).ToArray();
        var x = DesignMatrix.FromColumns([("a", a), ("twin", a), ("b", Data.X.Column(1).ToArray()), ("constant", new double[Rows])]);
        var path = Path(x, Data.Treated, 0, [0.05]);
        Assert.Equal(path.Points[0].Coefficients[1].Value, path.Points[0].Coefficients[2].Value, 1e-9);
        Assert.Equal(["constant"], path.DroppedColumns);
    }

    [Fact]
    public void Fit_SeparatedArms_HasAnAnswer()
    {
        bool[] treated = [.. Enumerable.Range(0, Rows).Select(i => Data.X[i, 0] > 0.2)];
        var fit = Model(1).Fit(Data.X, treated, Cancellation).Value();
        Assert.True(fit.Coefficients[1].Value > 1);
        Assert.All(fit.LinearPredictors.ToArray(), value => Assert.InRange(value, -500, 500));
        Assert.All(fit.Coefficients, coefficient => Assert.Equal(double.NaN, coefficient.StandardError));
    }

    [Fact]
    public void CrossValidate_EachPoint_IsARecountOnCopiedRows()
    {
        var judged = Model(0.7).CrossValidate(Data.X, Data.Treated, default, Cancellation).Value();
        var folds = judged.Folds.ToArray();
        double[] penalties = [.. judged.Path.Points.Select(point => point.Penalty)];
        var point = penalties.Length / 2;
        var deviances = new double[5];
        for (var fold = 0; fold < 5; fold++)
        {
            int[] others = [.. Enumerable.Range(0, Rows).Where(i => folds[i] != fold)];
            int[] mine = [.. Enumerable.Range(0, Rows).Where(i => folds[i] == fold)];
            var path = Path(Data.X.SelectRows(others), [.. others.Select(i => Data.Treated[i])], 0.7, penalties);
            var scores = path.FitAt(point).Predict(Data.X.SelectRows(mine));
            deviances[fold] = mine.Select((row, i) => -2 * Math.Log(Data.Treated[row] ? scores[i] : 1 - scores[i])).Average();
        }

        double[] sizes = [.. Enumerable.Range(0, 5).Select(fold => (double)folds.Count(f => f == fold))];
        var mean = sizes.Zip(deviances, (n, d) => n * d).Sum() / Rows;
        var spread = sizes.Zip(deviances, (n, d) => n * (d - mean) * (d - mean)).Sum() / Rows;
        Assert.Equal(mean, judged.MeanDeviances[point], 1e-9);
        Assert.Equal(Math.Sqrt(spread / 4), judged.StandardErrors[point], 1e-9);
        var minimum = judged.MeanDeviances.Min();
        Assert.Equal(minimum, judged.MeanDeviances[judged.MinimumPoint]);
        var limit = minimum + judged.StandardErrors[judged.MinimumPoint];
        Assert.True(judged.MeanDeviances[judged.OneStandardErrorPoint] <= limit);
        Assert.All(judged.MeanDeviances.Take(judged.OneStandardErrorPoint), value => Assert.True(value > limit));
        Assert.True(judged.OneStandardErrorPoint < judged.MinimumPoint);
    }

    [Fact]
    public void Fit_Choice_TakesThatPoint()
    {
        var judged = Model(1).CrossValidate(Data.X, Data.Treated, default, Cancellation).Value();
        var fits = new[] { PenaltyChoice.Minimum, PenaltyChoice.OneStandardError }
            .Select(choice => new ElasticNetLogistic(Options(1) with { Choice = choice }).Fit(Data.X, Data.Treated, Cancellation).Value()).ToList();
        Assert.Equal(judged.Path.Points[judged.MinimumPoint].Deviance, fits[0].Deviance);
        Assert.Equal(judged.Path.Points[judged.OneStandardErrorPoint].Deviance, fits[1].Deviance);
    }

    [Fact]
    public void Fit_AnyNumberOfThreads_SameBytes()
    {
        var (x, treated) = Draw(20_011, 5, 83);
        var one = new ElasticNetLogistic(Options(1) with { Folds = 3, Penalties = 15 }, threads: 1).Fit(x, treated, Cancellation).Value();
        var two = new ElasticNetLogistic(Options(1) with { Folds = 3, Penalties = 15 }, threads: 2).Fit(x, treated, Cancellation).Value();
        Assert.Equal(one.Coefficients.Select(c => c.Value), two.Coefficients.Select(c => c.Value));
        Assert.Equal(one.Scores.ToArray(), two.Scores.ToArray());
    }

    [Fact]
    public void Path_CaseWeights_AreCopiesOfRows()
    {
        var random = new Random(84);
        double[] weights = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.Next(3))];
        int[] rows = [.. Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var model = Model(0.5);
        var weighted = model.Path(Data.X, Data.Treated, weights, [0.03], Cancellation).Value().Points[0];
        var copied = model.Path(Data.X.SelectRows(rows), [.. rows.Select(i => Data.Treated[i])], [], [0.03], Cancellation).Value().Points[0];
        for (var j = 0; j <= Width; j++) Assert.Equal(copied.Coefficients[j].Value, weighted.Coefficients[j].Value, 1e-9);
    }

    [Fact]
    public void Path_RescaledCovariates_SameScores()
    {
        double[] values = [.. Data.X.RowMajor().Select((value, at) => at % Width == 3 ? 500 - (1e4 * value) : value)];
        var before = Path(Data.X, Data.Treated, 1).FitAt(30).Scores.ToArray();
        var after = Path(new DesignMatrix(Rows, Data.X.Names, values), Data.Treated, 1).FitAt(30).Scores.ToArray();
        for (var i = 0; i < Rows; i++) Assert.Equal(before[i], after[i], 1e-8);
    }

    [Fact]
    public void CrossValidate_Clusters_StayWhole()
    {
        int[] clusters = [.. Enumerable.Range(0, Rows).Select(i => i / 6)];
        var folds = new ElasticNetLogistic(Options(1) with { Clusters = clusters })
            .CrossValidate(Data.X, Data.Treated, default, Cancellation).Value().Folds.ToArray();
        for (var i = 0; i < Rows; i++) Assert.Equal(folds[i / 6 * 6], folds[i]);
    }

    [Fact]
    public void Fit_NothingToLearn_IsRefused()
    {
        var constant = new DesignMatrix(4, ["a"], [1, 1, 1, 1]);
        bool[] treated = [true, false, true, false];
        Assert.Equal(NotEstimableReason.NoVariation, Model(1).Path(constant, treated, cancellationToken: Cancellation).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoTreated, Model(1).Fit(constant, new bool[4], Cancellation).Refusal().Reason);
        var few = new DesignMatrix(4, ["a"], [1, 2, 3, 2]);
        Assert.Equal(NotEstimableReason.TooFewObservations, Model(1).Fit(few, treated, Cancellation).Refusal().Reason);
        Assert.Throws<ArgumentOutOfRangeException>(() => Model(1.5));
        Assert.Throws<ArgumentException>(() => Model(1).Path(few, treated, [], [0.1, 0.2], Cancellation));
    }

    private static ElasticNetOptions Options(double mixing) => new() { Mixing = mixing, Seed = 5, Folds = 5 };

    private static ElasticNetLogistic Model(double mixing) => new(Options(mixing));

    private static PenaltyPath Path(DesignMatrix x, bool[] treated, double mixing, double[]? penalties = null) =>
        Model(mixing).Path(x, treated, [], penalties, Cancellation).Value();

    // Correlated columns, a few of which matter.
    private static (DesignMatrix X, bool[] Treated) Draw(int rows, int width, int seed)
    {
        var random = new Random(seed);
        var columns = new (string, double[])[width];
        double[] shared = [.. Enumerable.Range(0, rows).Select(_ => Simulated.Normal(random))];
        for (var j = 0; j < width; j++)
        {
            columns[j] = ($"x{j}", [.. shared.Select(s => ((j + 1) * ((0.7 * s) + Simulated.Normal(random))) + j)]);
        }

        bool[] treated = [.. Enumerable.Range(0, rows).Select(i =>
            random.NextDouble() < 1 / (1 + Math.Exp(-columns[0].Item2[i] + (0.4 * (columns[1].Item2[i] - 1)) + 0.5)))];
        return (DesignMatrix.FromColumns(columns), treated);
    }

    private static (double[] Mean, double[] Scale) Moments(DesignMatrix x)
    {
        double[] mean = [.. Enumerable.Range(0, x.Columns).Select(j => x.Column(j).ToArray().Average())];
        return (mean, [.. mean.Select((m, j) => Math.Sqrt(x.Column(j).ToArray().Average(v => (v - m) * (v - m))))]);
    }

    private static double[][] Standardised(DesignMatrix x, (double[] Mean, double[] Scale) moments) =>
        [.. Enumerable.Range(0, x.Rows).Select(i => x.Row(i).Select((value, j) => (value - moments.Mean[j]) / moments.Scale[j]).ToArray())];

    private static double[] Gradient(double[][] z, bool[] treated, double intercept, double[] b)
    {
        var gradient = new double[b.Length + 1];
        for (var i = 0; i < z.Length; i++)
        {
            var eta = intercept;
            for (var j = 0; j < b.Length; j++) eta += z[i][j] * b[j];
            var r = (treated[i] ? 1 : 0) - (1 / (1 + Math.Exp(-eta)));
            gradient[0] += r / z.Length;
            for (var j = 0; j < b.Length; j++) gradient[j + 1] += r * z[i][j] / z.Length;
        }

        return gradient;
    }

    private static void CheckOptimal(DesignMatrix x, bool[] treated, PenaltyPathPoint point, double mixing, double tolerance)
    {
        var moments = Moments(x);
        double[] b = [.. point.Coefficients.Skip(1).Select((c, j) => c.Value * moments.Scale[j])];
        var intercept = point.Coefficients[0].Value + point.Coefficients.Skip(1).Select((c, j) => c.Value * moments.Mean[j]).Sum();
        var gradient = Gradient(Standardised(x, moments), treated, intercept, b);
        Assert.Equal(0, gradient[0], tolerance);
        for (var j = 0; j < b.Length; j++)
        {
            var pull = gradient[j + 1] - (point.Penalty * (1 - mixing) * b[j]);
            if (b[j] == 0) Assert.True(Math.Abs(pull) <= (point.Penalty * mixing) + tolerance);
            else Assert.Equal(point.Penalty * mixing * Math.Sign(b[j]), pull, tolerance);
        }
    }

    // Small steps against the gradient, each followed by soft thresholding: slow, but nothing to get wrong.
    private static double[] ProximalGradient(DesignMatrix x, bool[] treated, double penalty, double mixing)
    {
        var moments = Moments(x);
        var z = Standardised(x, moments);
        var (intercept, b) = (0.0, new double[x.Columns]);
        // The curvature is at most a quarter of the largest eigenvalue of the correlations, itself at most their number.
        var step = 4.0 / (x.Columns + 1);
        for (var round = 0; round < 4_000; round++)
        {
            var gradient = Gradient(z, treated, intercept, b);
            intercept += step * gradient[0];
            for (var j = 0; j < b.Length; j++)
            {
                var to = b[j] + (step * gradient[j + 1]);
                b[j] = Math.Sign(to) * Math.Max(0, Math.Abs(to) - (step * penalty * mixing)) / (1 + (step * penalty * (1 - mixing)));
            }
        }

        double[] own = [.. b.Select((value, j) => value / moments.Scale[j])];
        return [intercept - own.Select((value, j) => value * moments.Mean[j]).Sum(), .. own];
    }
}
