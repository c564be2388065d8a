using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Propensity.Boosting;

namespace SiOutcomeLab.Statistics.Tests.Propensity.Boosting;

public sealed class GradientBoostedTreesTests
{
    private static readonly Simulated Continuous = Simulated.Draw(3_000, 71);
    private static readonly BoostingOptions Options = new() { Seed = 5 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<int> OptionSets => [.. Enumerable.Range(0, Sets.Length)];

    private static BoostingOptions[] Sets { get; } =
    [
        Options with { Trees = 12 },
        Options with { Trees = 5, MaximumDepth = 1, LearningRate = 1 },
        Options with { Trees = 8, MaximumDepth = 3, Lambda = 0, MinimumChildWeight = 5 },
        Options with { Trees = 8, MaximumDepth = 4, Gamma = 3, MinimumChildWeight = 0 }
    ];

    [Theory]
    [MemberData(nameof(OptionSets))]
    public void Fit_FewValues_IsExactGreedy(int set)
    {
        var options = Sets[set];
        var (x, treated, weights) = FewValues(400, 72);
        foreach (var w in new[] { [], weights })
        {
            var witness = new ExactGreedyBooster(x, treated, w.Length == 0 ? [.. weights.Select(_ => 1.0)] : w)
            {
                Depth = options.MaximumDepth, Rate = options.LearningRate, Lambda = options.Lambda,
                Gamma = options.Gamma, Minimum = options.MinimumChildWeight
            };
            var fit = new GradientBoostedTrees(options).Fit(x, treated, w, Cancellation).Value();
            // A derivative is rounded by 1e-9 of the largest weight.
            AssertNear(witness.LogOdds(options.Trees), fit.LinearPredictors.Span, 1e-7);
        }
    }

    [Fact]
    public void Boost_WithoutSampling_LossFallsWithEveryTree()
    {
        var boosted = Boost(Options with { Trees = 60 });
        Assert.Equal(61, boosted.TrainingLoss.Count);
        Assert.All(boosted.TrainingLoss.Zip(boosted.TrainingLoss.Skip(1)), pair => Assert.True(pair.Second < pair.First));
        Assert.Equal(boosted.Fit.NullDeviance / 6_000, boosted.TrainingLoss[0], 1e-12);
        Assert.Equal(boosted.Fit.Deviance / 6_000, boosted.TrainingLoss[^1], 1e-12);
        Assert.Empty(boosted.HeldOutLoss);
    }

    [Fact]
    public void Boost_HeldOut_KeepsTheTreesOfLeastLossThere()
    {
        var options = Options with { HeldOutFolds = 4, Patience = 7 };
        var boosted = Boost(options);
        var best = boosted.HeldOutLoss.Index().MinBy(loss => loss.Item).Index;
        Assert.InRange(best, 1, 90);
        Assert.Equal(best, boosted.Fit.Iterations);
        Assert.Equal(best + 7, boosted.HeldOutLoss.Count - 1);
        Assert.Equal(boosted.HeldOutLoss.Take(best + 1), Boost(options with { Trees = best }).HeldOutLoss);
        Assert.Equal(Boost(options with { Trees = best }).Fit.LinearPredictors.ToArray(), boosted.Fit.LinearPredictors.ToArray());
    }

    [Fact]
    public void Boost_HeldOutClusters_StayWhole()
    {
        // Every cluster's rows are alike and in one arm: a model that has seen a cluster's other rows knows its arm.
        var random = new Random(73);
        int[] clusters = [.. Enumerable.Range(0, 1_200).Select(i => i / 6)];
        double[] place = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble())];
        bool[] arm = [.. Enumerable.Range(0, 200).Select(_ => random.NextDouble() < 0.5)];
        var x = DesignMatrix.FromColumns([("x", [.. clusters.Select(c => place[c])])]);
        bool[] treated = [.. clusters.Select(c => arm[c])];
        var options = Options with { HeldOutFolds = 5, MinimumChildWeight = 0.1 };
        var torn = new GradientBoostedTrees(options).Boost(x, treated, default, Cancellation).Value();
        var whole = new GradientBoostedTrees(options with { Clusters = clusters }).Boost(x, treated, default, Cancellation).Value();
        Assert.True(torn.HeldOutLoss.Min() < 0.45);
        Assert.True(whole.HeldOutLoss.Min() > 0.65);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(0.6, 0.5)]
    public void Fit_AnyThreads_SameBytes(double rows, double columns)
    {
        // More rows than one block holds.
        var data = Simulated.Draw(70_000, 74);
        var options = Options with { Trees = 6, RowShare = rows, ColumnShare = columns };
        var one = new GradientBoostedTrees(options, threads: 1).Fit(data.X, data.Treated, Cancellation).Value();
        var two = new GradientBoostedTrees(options, threads: 2).Fit(data.X, data.Treated, Cancellation).Value();
        Assert.Equal(one.LinearPredictors.ToArray(), two.LinearPredictors.ToArray());
        Assert.Equal(one.Deviance, two.Deviance);
    }

    [Fact]
    public void Fit_AnyOrderOfRows_SameBytes()
    {
        var data = Simulated.Draw(70_000, 75);
        var options = Options with { Trees = 6 };
        var fit = new GradientBoostedTrees(options).Fit(data.X, data.Treated, Cancellation).Value();
        var permutation = new Permutation(70_000, 76);
        var other = new GradientBoostedTrees(options).Fit(permutation.Of(data.X), permutation.Of<bool>(data.Treated), Cancellation).Value();
        Assert.Equal(permutation.Of(fit.LinearPredictors.Span), other.LinearPredictors.ToArray());
    }

    [Fact]
    public void Fit_RowsTwiceAtHalfTheWeight_SameBytes()
    {
        int[] twice = [.. Enumerable.Range(0, 6_000).Select(i => i / 2)];
        bool[] treated = [.. twice.Select(i => Continuous.Treated[i])];
        double[] half = [.. twice.Select(_ => 0.5)];
        var fit = new GradientBoostedTrees(Options).Fit(Continuous.X, Continuous.Treated, Cancellation).Value();
        var other = new GradientBoostedTrees(Options).Fit(Continuous.X.SelectRows(twice), treated, half, Cancellation).Value();
        Assert.Equal(twice.Select(i => fit.LinearPredictors.Span[i]), other.LinearPredictors.ToArray());
    }

    [Fact]
    public void Fit_MonotoneRescaling_SameBytes()
    {
        double[] ofFirst = [.. Continuous.X.Column(0).ToArray().Select(v => Math.Exp(v) * 40)];
        double[] ofSecond = [.. Continuous.X.Column(1).ToArray().Select(v => (1_000 * v) + 7)];
        var x = DesignMatrix.FromColumns([("x1", ofFirst), ("x2", ofSecond), ("x3", Continuous.X.Column(2).ToArray())]);
        var fit = new GradientBoostedTrees(Options).Fit(Continuous.X, Continuous.Treated, Cancellation).Value();
        var other = new GradientBoostedTrees(Options).Fit(x, Continuous.Treated, Cancellation).Value();
        Assert.Equal(fit.LinearPredictors.ToArray(), other.LinearPredictors.ToArray());
    }

    [Fact]
    public void Fit_RowsOfWeightZero_AreScoredAndNotLearnedFrom()
    {
        int[] some = [.. Enumerable.Range(0, 3_000).Where(i => i % 3 != 0)];
        double[] weights = [.. Enumerable.Range(0, 3_000).Select(i => i % 3 == 0 ? 0.0 : 1.0)];
        var fit = new GradientBoostedTrees(Options).Fit(Continuous.X, Continuous.Treated, weights, Cancellation).Value();
        bool[] arms = [.. some.Select(i => Continuous.Treated[i])];
        var alone = new GradientBoostedTrees(Options).Fit(Continuous.X.SelectRows(some), arms, Cancellation).Value();
        Assert.Equal(alone.PredictLogOdds(Continuous.X), fit.LinearPredictors.ToArray());
        Assert.Equal(alone.Deviance, fit.Deviance, 1e-8);
    }

    [Fact]
    public void Predict_OwnRows_SameBytesAsFitted()
    {
        var fit = Boost(Options).Fit;
        Assert.Equal(fit.LinearPredictors.ToArray(), fit.PredictLogOdds(Continuous.X));
        Assert.Equal(fit.Scores.ToArray(), fit.Predict(Continuous.X));
        Assert.Null(fit.Equations);
        Assert.Empty(fit.RobustCoefficients());
    }

    [Fact]
    public void Boost_RowShare_TakesOtherRowsByTreeAndSeed()
    {
        var options = Options with { Trees = 2, RowShare = 0.5 };
        var first = Boost(options).Fit.LinearPredictors.ToArray();
        Assert.Equal(first, Boost(options).Fit.LinearPredictors.ToArray());
        Assert.NotEqual(first, Boost(options with { Seed = 6 }).Fit.LinearPredictors.ToArray());
    }

    [Fact]
    public void Boost_RowShare_TakesOtherRowsForEveryTree()
    {
        // With one binary column and η = 1 the same rows would soon be fitted, and the next tree would find nothing.
        var x = DesignMatrix.FromColumns([("x3", Continuous.X.Column(2).ToArray())]);
        var (same, other) = (After(12, 1), After(12, 0.5));
        Assert.All(same.Zip(After(13, 1)), pair => Assert.Equal(pair.First, pair.Second, 1e-8));
        Assert.All(other.Zip(After(13, 0.5)), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 1e-4, 0.5));

        double[] After(int trees, double share) => new GradientBoostedTrees(
                Options with { Trees = trees, RowShare = share, LearningRate = 1, Lambda = 0 })
            .Fit(x, Continuous.Treated, Cancellation).Value().LinearPredictors.ToArray();
    }

    [Fact]
    public void Boost_ColumnShare_OneColumnPerTree()
    {
        var boosted = Boost(Options with { Trees = 30, ColumnShare = 0.3, MaximumDepth = 2 });
        Assert.All(boosted.Gains, gain => Assert.True(gain > 0));
        var single = Boost(Options with { Trees = 1, ColumnShare = 0.3, MaximumDepth = 4 });
        Assert.Equal(1, single.Gains.Count(gain => gain > 0));
    }

    [Fact]
    public void CrossFitting_Trees_AreCalibratedOutOfFold()
    {
        var model = new GradientBoostedTrees(Options with { LearningRate = 0.1, MaximumDepth = 3, HeldOutFolds = 5 });
        var result = CrossFitting.Fit(model, Continuous.X, Continuous.Treated, 5, seed: 5, cancellationToken: Cancellation).Value();
        var calibration = Calibration.Compute(result.LinearPredictors.Span, Continuous.Treated).Value();
        Assert.InRange(calibration.Slope.Value, 0.85, 1.15);
        Assert.InRange(calibration.Intercept, -0.1, 0.1);
        var logistic = CrossFitting.Fit(
            new LogisticRegression(), Continuous.X, Continuous.Treated, 5, seed: 5, cancellationToken: Cancellation).Value();
        var straight = Calibration.Compute(logistic.LinearPredictors.Span, Continuous.Treated).Value();
        // The truth is logistic, so trees come near it and not above.
        Assert.InRange(calibration.AreaUnderCurve, straight.AreaUnderCurve - 0.02, straight.AreaUnderCurve + 0.002);
    }

    [Fact]
    public void Fit_SeparatedArms_StayInsideOfCertainty()
    {
        double[] values = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        var x = DesignMatrix.FromColumns([("x", values)]);
        var options = Options with { Trees = 400, LearningRate = 1, Lambda = 0, MinimumChildWeight = 0 };
        var scores = new GradientBoostedTrees(options).Fit(x, [.. values.Select(v => v >= 120)], Cancellation).Value().Scores.ToArray();
        Assert.All(scores, score => Assert.True(score is > 0 and < 1));
        Assert.True(scores[119] < 1e-6 && scores[120] > 1 - 1e-6);
    }

    [Fact]
    public void Fit_NothingToLearn_Refuses()
    {
        bool[] both = [true, false, true, false];
        var constant = DesignMatrix.FromColumns([("x", [1, 1, 1, 1])]);
        var varying = DesignMatrix.FromColumns([("x", [1, 2, 3, 4]), ("same", [1, 1, 1, 1])]);
        var model = new GradientBoostedTrees(Options);
        Assert.Equal(NotEstimableReason.NoVariation, model.Fit(constant, both, Cancellation).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoTreated, model.Fit(varying, new bool[4], Cancellation).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoComparison, model.Fit(varying, both, [1, 0, 1, 0], Cancellation).Refusal().Reason);
        var held = new GradientBoostedTrees(Options with { HeldOutFolds = 3 });
        Assert.Equal(NotEstimableReason.TooFewObservations, held.Fit(varying, both, Cancellation).Refusal().Reason);
        Assert.Equal(["same"], model.Fit(varying, both, Cancellation).Value().DroppedColumns);
    }

    [Fact]
    public void Boost_OneSplit_GainsByTheFormula()
    {
        double[] column = [0, 0, 0, 1, 1, 1, 1, 1];
        bool[] treated = [true, false, false, true, true, true, false, true];
        var options = Options with { Trees = 1, MinimumChildWeight = 0.5, Lambda = 0.7 };
        var x = DesignMatrix.FromColumns([("a", column), ("copy", column)]);
        var boosted = new GradientBoostedTrees(options).Boost(x, treated, default, Cancellation).Value();
        // e = 5/8: G is 3e − 1 and 5e − 4, H is 3 and 5 times 15/64.
        var (left, right) = ((3 * 0.625) - 1, (5 * 0.625) - 4);
        var (ofLeft, ofRight) = ((45 / 64.0) + 0.7, (75 / 64.0) + 0.7);
        Assert.Equal((left * left / ofLeft) + (right * right / ofRight), boosted.Gains[0], 1e-8);
        Assert.Equal(0, boosted.Gains[1]);
        Assert.Equal(Math.Log(5 / 3.0) - (0.3 * left / ofLeft), boosted.Fit.LinearPredictors.Span[0], 1e-8);
        Assert.Equal(Math.Log(5 / 3.0) - (0.3 * right / ofRight), boosted.Fit.LinearPredictors.Span[7], 1e-8);
    }

    [Fact]
    public void Predict_ValueThatANodeHasNot_GoesByTheLowestOfEqualCuts()
    {
        // Where c is 1 nobody has a = 2, so the cuts at 1.5 and 2.5 gain the same there.
        var (a, c, treated) = (new List<double>(), new List<double>(), new List<bool>());
        for (var i = 0; i < 120; i++)
        {
            c.Add(i % 2);
            a.Add(i % 2 == 0 ? 1 + (i / 2 % 3) : 1 + (2 * (i / 2 % 2)));
            treated.Add(i % 2 == 0 ? i % 30 == 0 : a[i] == 3 || i % 12 != 1);
        }

        var x = DesignMatrix.FromColumns([("a", [.. a]), ("c", [.. c])]);
        var model = new GradientBoostedTrees(Options with { Trees = 1, MaximumDepth = 2 });
        var fit = model.Fit(x, treated.ToArray(), Cancellation).Value();
        var odds = fit.PredictLogOdds(DesignMatrix.FromColumns([("a", [1, 1.4, 1.6, 2, 3]), ("c", [1, 1, 1, 1, 1])]));
        Assert.Equal(odds[0], odds[1]);
        Assert.True(odds[2] > odds[1]);
        Assert.Equal([odds[2], odds[2]], odds[3..]);
    }

    [Fact]
    public void LogOdds_FarOut_StayInsideOfCertainty() =>
        Assert.Equal([36.0], new TreeSum(50, [], 1).LogOdds(DesignMatrix.FromColumns([("x", [1.0])])));

    [Fact]
    public void Fit_Cancelled_Stops()
    {
        var model = new GradientBoostedTrees(Options);
        Assert.Throws<OperationCanceledException>(() => model.Fit(Continuous.X, Continuous.Treated, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Options_OutOfRange_Throw()
    {
        BoostingOptions[] wrong =
        [
            Options with { Trees = 0 }, Options with { MaximumDepth = 13 }, Options with { LearningRate = 0 },
            Options with { Lambda = -1 }, Options with { Gamma = double.NaN },
            Options with { MinimumChildWeight = double.PositiveInfinity }, Options with { RowShare = 1.1 },
            Options with { ColumnShare = 0 }, Options with { MaximumBins = 257 }, Options with { HeldOutFolds = 1 },
            Options with { Patience = 0 }
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new GradientBoostedTrees(options)));
    }

    private static BoostedTrees Boost(BoostingOptions options) =>
        new GradientBoostedTrees(options).Boost(Continuous.X, Continuous.Treated, default, Cancellation).Value();

    private static (DesignMatrix X, bool[] Treated, double[] Weights) FewValues(int rows, int seed)
    {
        var random = new Random(seed);
        var (values, treated, weights) = (new double[rows * 4], new bool[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < 4; j++) values[(i * 4) + j] = random.Next(j == 3 ? 2 : 3 + (4 * j)) * 0.7;
            var index = values[i * 4] - (0.4 * values[(i * 4) + 1] * values[(i * 4) + 3]) + (0.1 * values[(i * 4) + 2]);
            treated[i] = random.NextDouble() < 1 / (1 + Math.Exp(-index));
            weights[i] = i % 11 == 0 ? 0 : 0.2 + (2 * random.NextDouble());
        }

        return (new DesignMatrix(rows, ["a", "b", "c", "d"], values), treated, weights);
    }

    private static void AssertNear(double[] expected, ReadOnlySpan<double> actual, double tolerance)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], tolerance);
    }
}
