using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects.OutcomeModels;

/// <summary>
/// G-computation of every family against its estimating equations solved and differentiated numerically; central differences are good to
/// some 1e-9 here, and 1e-6 leaves room for the inverse.
/// </summary>
public sealed class GComputationTests
{
    private const int Rows = 160;
    private const double Relative = 1e-6;
    private static readonly Simulated Data = Simulated.Draw(Rows, 21);
    private static readonly double[] Exposure = MadeOutcomes.Exposure(Rows, 22);

    public static TheoryData<OutcomeFamily, Estimand, bool> Cases
    {
        get
        {
            var cases = new TheoryData<OutcomeFamily, Estimand, bool>();
            foreach (var family in Enum.GetValues<OutcomeFamily>())
            {
                cases.Add(family, Estimand.Treated, false);
                cases.Add(family, Estimand.Everyone, false);
                cases.Add(family, Estimand.Untreated, false);
                if (family is OutcomeFamily.Poisson or OutcomeFamily.GammaLog) cases.Add(family, Estimand.Treated, true);
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Estimate_Interacted_AgreesWithNumericalJacobian(OutcomeFamily family, Estimand estimand, bool rates)
    {
        var exposure = rates ? Exposure : null;
        var outcome = MadeOutcomes.Draw(Data, family, exposure, 23);
        var result = Run(outcome, BalancingWeights.Equal(Rows, estimand), new() { Family = family }, exposure: exposure).Value();

        // θ = coefficients of the treated (4), of the comparison rows (4), both means.
        double[] Equations(double[] theta, int i)
        {
            double[] x = [1, .. Data.X.Row(i)];
            double t = Data.Treated[i] ? 1 : 0, e = exposure?[i] ?? 1;
            var group = e * (estimand == Estimand.Everyone ? 1 : estimand == Estimand.Treated ? t : 1 - t);
            var (m1, m0) = (MadeOutcomes.Mean(family, Eta(theta, x, 0)), MadeOutcomes.Mean(family, Eta(theta, x, 4)));
            var (s1, s0) = (MadeOutcomes.Score(family, outcome[i], e * m1), MadeOutcomes.Score(family, outcome[i], e * m0));
            return
            [
                .. x.Select(value => t * s1 * value), .. x.Select(value => (1 - t) * s0 * value),
                group * (m1 - theta[8]), group * (m0 - theta[9])
            ];
        }

        Check(result, Equations, new double[10], 8);
    }

    [Theory]
    [InlineData(OutcomeFamily.Linear)]
    [InlineData(OutcomeFamily.Logistic)]
    [InlineData(OutcomeFamily.Poisson)]
    [InlineData(OutcomeFamily.GammaLog)]
    public void Estimate_AdditiveWithEstimatedWeights_AgreesWithNumericalJacobian(OutcomeFamily family)
    {
        var outcome = MadeOutcomes.Draw(Data, family, null, 24);
        foreach (var estimand in new[] { Estimand.Treated, Estimand.Overlap })
        {
            var fit = new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();
            var weights = InversePropensity.Weights(fit, Data.Treated, estimand).Value();
            var result = Run(outcome, weights, new() { Family = family, Form = RegressionForm.Additive }).Value();

            // θ = propensity (4), coefficients with the arm's second (5), both means.
            double[] Equations(double[] theta, int i)
            {
                var own = Data.X.Row(i);
                double[] x = [1, .. own];
                var t = Data.Treated[i] ? 1.0 : 0.0;
                var e = 1 / (1 + Math.Exp(-Eta(theta, x, 0)));
                var w = estimand == Estimand.Treated ? t + ((1 - t) * e / (1 - e)) : (t * (1 - e)) + ((1 - t) * e);
                double At(double arm) => MadeOutcomes.Mean(family, Eta(theta, [1, arm, .. own], 4));
                var score = MadeOutcomes.Score(family, outcome[i], At(t));
                var group = estimand == Estimand.Treated ? t : w;
                double[] z = [1, t, .. own];
                return
                [
                    .. x.Select(value => (t - e) * value), .. z.Select(value => w * score * value),
                    group * (At(1) - theta[9]), group * (At(0) - theta[10])
                ];
            }

            Check(result, Equations, new double[11], 9);
        }
    }

    [Fact]
    public void Estimate_CanonicalInteracted_GivesTheTreatedTheirOwnMean()
    {
        // An intercept in the treated model makes its predictions average to what the treated had.
        foreach (var family in new[] { OutcomeFamily.Linear, OutcomeFamily.Logistic, OutcomeFamily.Poisson })
        {
            var outcome = MadeOutcomes.Draw(Data, family, null, 25);
            var result = Run(outcome, BalancingWeights.Equal(Rows, Estimand.Treated), new() { Family = family }).Value();
            var own = outcome.Where((_, i) => Data.Treated[i]).Average();
            Assert.Equal(own, result.Difference.MeanTreated, 1e-10);
        }
    }

    [Fact]
    public void Estimate_LinearInteracted_IsRegressionAdjustment()
    {
        var fit = new LogisticRegression().Fit(Data.X, Data.Treated, TestContext.Current.CancellationToken).Value();
        foreach (var estimand in new[] { Estimand.Treated, Estimand.Everyone, Estimand.Untreated, Estimand.Overlap })
        {
            var weights = InversePropensity.Weights(fit, Data.Treated, estimand).Value();
            var one = Run(Data.Outcome, weights, new()).Value().Difference;
            var other = RegressionAdjustment.Estimate(Data.Outcome, Data.Treated, Data.X, weights).Value();
            Assert.Equal(other.Estimate, one.Estimate, 1e-10);
            Assert.Equal(other.StandardError, one.StandardError, 1e-10);
            foreach (var error in other.Alternatives.Where(error => error.Type != StandardErrorType.Classical))
            {
                Assert.Equal(error.Value, one.Alternatives.Single(mine => mine.Type == error.Type).Value, 1e-10);
            }
        }
    }

    [Fact]
    public void Estimate_WithoutNoise_GivesTheTruth()
    {
        double[] outcome = [.. Enumerable.Range(0, Rows)
            .Select(i => Math.Exp(0.2 + (0.3 * Data.X[i, 0]) + (Data.Treated[i] ? 0.5 - (0.1 * Data.X[i, 1]) : 0)))];
        var truth = Enumerable.Range(0, Rows)
            .Average(i => Math.Exp(0.2 + (0.3 * Data.X[i, 0]) + 0.5 - (0.1 * Data.X[i, 1])) - Math.Exp(0.2 + (0.3 * Data.X[i, 0])));
        foreach (var family in new[] { OutcomeFamily.Poisson, OutcomeFamily.GammaLog })
        {
            var result = Run(outcome, BalancingWeights.Equal(Rows, Estimand.Everyone), new() { Family = family }).Value();
            Assert.Equal(truth, result.Difference.Estimate, 1e-9);
        }
    }

    [Theory]
    [InlineData(StandardErrorType.MEstimation)]
    [InlineData(StandardErrorType.Hc0)]
    [InlineData(StandardErrorType.Hc1)]
    [InlineData(StandardErrorType.Hc2)]
    [InlineData(StandardErrorType.Hc3)]
    [InlineData(StandardErrorType.ModelBased)]
    [InlineData(StandardErrorType.ClusterHc0)]
    [InlineData(StandardErrorType.ClusterHc1)]
    public void Estimate_EveryErrorType_IsTheRootOfItsInfluenceValues(StandardErrorType type)
    {
        int[] clusters = type is StandardErrorType.ClusterHc0 or StandardErrorType.ClusterHc1
            ? [.. Enumerable.Range(0, Rows).Select(i => i / 3)]
            : [];
        var effect = Run(Data.Outcome, BalancingWeights.Equal(Rows, Estimand.Treated), new() { ErrorType = type }, clusters).Value()
            .Difference;
        Assert.Equal(type, effect.StandardErrorType);
        var influence = effect.InfluenceValues.ToArray();
        var sums = clusters.Length == 0 ? influence.Select(v => v * v) : influence.Chunk(3).Select(chunk => chunk.Sum() * chunk.Sum());
        Assert.Equal(effect.StandardError, Math.Sqrt(sums.Sum()), 1e-12);
    }

    [Fact]
    public void Estimate_ConfoundedRates_RecoversTheMarginalTruth()
    {
        const int Many = 40_000;
        var data = Simulated.Draw(Many, 31);
        var exposure = MadeOutcomes.Exposure(Many, 32);
        var outcome = MadeOutcomes.Draw(data, OutcomeFamily.Poisson, exposure, 33);
        var result = GComputation.Estimate(
            outcome, data.Treated, data.X, BalancingWeights.Equal(Many, Estimand.Treated), new() { Family = OutcomeFamily.Poisson },
            exposure: exposure, cancellationToken: TestContext.Current.CancellationToken).Value();
        double with = 0, without = 0, time = 0;
        for (var i = 0; i < Many; i++)
        {
            if (!data.Treated[i]) continue;
            var x = data.X.Row(i);
            var eta = -0.4 + (0.3 * x[0]) - (0.2 * x[1]) + (0.4 * x[2]);
            with += exposure[i] * Math.Exp(eta + 0.5 - (0.2 * x[0]));
            without += exposure[i] * Math.Exp(eta);
            time += exposure[i];
        }

        Assert.InRange(result.Difference.Estimate - ((with - without) / time), -3 * result.Difference.StandardError,
            3 * result.Difference.StandardError);
        Assert.InRange(
            result.Ratio!.Log.Estimate - Math.Log(with / without), -3 * result.Ratio.Log.StandardError, 3 * result.Ratio.Log.StandardError);
        Assert.True(result.Ratio.Log.StandardError < 0.03);
    }

    [Fact]
    public void Estimate_ChangedOrderUnitAndDoubling_ChangesNothing()
    {
        var outcome = MadeOutcomes.Draw(Data, OutcomeFamily.Logistic, null, 26);
        var options = new GComputationOptions { Family = OutcomeFamily.Logistic };
        var plain = Run(outcome, BalancingWeights.Equal(Rows, Estimand.Everyone), options).Value();
        var order = new Permutation(Rows, 4);
        var moved = GComputation.Estimate(
            order.Of<double>(outcome), order.Of<bool>(Data.Treated), order.Of(Data.X), BalancingWeights.Equal(Rows, Estimand.Everyone),
                options,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        Same(plain, moved);
        double[] scaled =
            [.. Enumerable.Range(0, Rows).SelectMany(i => Data.X.Row(i).Select((value, j) => (value * (j + 2)) - (1000 * j)))];
        var rescaled = GComputation.Estimate(
            outcome, Data.Treated, new DesignMatrix(Rows, Data.X.Names, scaled), BalancingWeights.Equal(Rows, Estimand.Everyone), options,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        Same(plain, rescaled);
        double[] halves = [.. Enumerable.Repeat(0.5, 2 * Rows)];
        int[] persons = [.. Enumerable.Range(0, 2 * Rows).Select(i => i % Rows)];
        var doubled = GComputation.Estimate(
            [.. outcome, .. outcome], [.. Data.Treated, .. Data.Treated],
                new DesignMatrix(2 * Rows, Data.X.Names, [.. Data.X.RowMajor(), .. Data.X.RowMajor()]),
            BalancingWeights.Known(halves, Estimand.Everyone), options, persons, cancellationToken: TestContext.Current.CancellationToken)
                .Value();
        Same(plain, doubled);
    }

    [Fact]
    public void Estimate_OneOrTwoThreads_GivesTheSameBytes()
    {
        var data = Simulated.Draw(40_000, 41);
        var outcome = MadeOutcomes.Draw(data, OutcomeFamily.GammaLog, null, 42);
        var runs = new[] { 1, 2 }.Select(threads => GComputation.Estimate(
            outcome, data.Treated, data.X, BalancingWeights.Equal(data.X.Rows, Estimand.Treated),
            new() { Family = OutcomeFamily.GammaLog, Threads = threads }, cancellationToken: TestContext.Current.CancellationToken)
                .Value()).ToArray();
        Assert.Equal(runs[0].Difference.Estimate, runs[1].Difference.Estimate);
        Assert.Equal(runs[0].Difference.StandardError, runs[1].Difference.StandardError);
    }

    [Fact]
    public void Estimate_RowsWithoutWeight_LeavesColumnsConstantAmongTheOthersOut()
    {
        var weights = new double[Rows];
        for (var i = 0; i < Rows; i++) weights[i] = Data.X[i, 2] == 1 ? 1 : 0;
        var result = Run(Data.Outcome, BalancingWeights.Known(weights, Estimand.Treated), new()).Value();
        Assert.Equal(["x3"], result.DroppedColumns);
        Assert.Equal(Estimand.MatchedTreated, result.Difference.Estimand);
        Assert.Equal(Rows, result.Difference.InfluenceValues.Length);
        Assert.Equal(0, result.Difference.InfluenceValues.Span[Array.IndexOf(weights, 0.0)]);
    }

    [Fact]
    public void Estimate_OutcomeForetold_IsNotEstimable()
    {
        // Every comparison row of x3 = 1 has the outcome.
        var outcome = MadeOutcomes.Draw(Data, OutcomeFamily.Logistic, null, 27);
        for (var i = 0; i < Rows; i++)
        {
            if (!Data.Treated[i] && Data.X[i, 2] == 1) outcome[i] = 1;
        }

        var refusal = Run(outcome, BalancingWeights.Equal(Rows, Estimand.Treated), new() { Family = OutcomeFamily.Logistic }).Refusal();
        Assert.Equal(NotEstimableReason.Separation, refusal.Reason);
        Assert.Contains("'x3'", refusal.Detail, StringComparison.Ordinal);
        Assert.Contains("comparison", refusal.Detail, StringComparison.Ordinal);

        for (var i = 0; i < Rows; i++)
        {
            if (!Data.Treated[i] && Data.X[i, 2] == 1) outcome[i] = 0;
        }

        foreach (var family in new[] { OutcomeFamily.Poisson, OutcomeFamily.GammaLog })
        {
            Assert.Equal(
                NotEstimableReason.Separation,
                    Run(outcome, BalancingWeights.Equal(Rows, Estimand.Treated), new() { Family = family }).Refusal().Reason);
        }
    }

    [Fact]
    public void Estimate_BadSample_IsNotEstimable()
    {
        var none = MadeOutcomes.Draw(Data, OutcomeFamily.Logistic, null, 28);
        for (var i = 0; i < Rows; i++) none[i] = Data.Treated[i] ? 0 : none[i];
        Assert.Equal(
            NotEstimableReason.NoVariation,
            Run(none, BalancingWeights.Equal(Rows, Estimand.Treated), new() { Family = OutcomeFamily.Logistic }).Refusal().Reason);
        var twins = new DesignMatrix(Rows, ["a", "b"],
            [.. Enumerable.Range(0, Rows).SelectMany(i => new[] { Data.X[i, 0], Data.Treated[i] ? Data.X[i, 0] : Data.X[i, 1] })]);
        var refusal = GComputation.Estimate(
            Data.Outcome, Data.Treated, twins, BalancingWeights.Equal(Rows, Estimand.Treated),
                cancellationToken: TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.Collinear, refusal.Reason);
        Assert.Contains("'b'", refusal.Detail, StringComparison.Ordinal);
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            Run(Data.Outcome, BalancingWeights.Equal(Rows, Estimand.Treated), new(), new int[Rows]).Refusal().Reason);
    }

    [Fact]
    public void Estimate_BadArguments_AreToldByRowAndNeverByValue()
    {
        var outcome = MadeOutcomes.Draw(Data, OutcomeFamily.Logistic, null, 29);
        outcome[7] = 1.5;
        var equal = BalancingWeights.Equal(Rows, Estimand.Treated);
        var fault = Assert.Throws<ArgumentException>(() => Run(outcome, equal, new() { Family = OutcomeFamily.Logistic }));
        Assert.Contains("row 7", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1.5", fault.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Run(outcome, equal, new() { ErrorType = StandardErrorType.ClusterHc1 }));
        Assert.Throws<ArgumentException>(
            () => Run(outcome, equal, new() { Family = OutcomeFamily.Poisson, ErrorType = StandardErrorType.Hc2 }));
        Assert.Throws<ArgumentException>(() => Run(Data.Outcome, equal, new(), exposure: Exposure));
        Assert.Throws<ArgumentException>(() => Run(outcome, equal, new() { Family = OutcomeFamily.Poisson }, exposure: new double[Rows]));
    }

    private static Estimable<GComputationResult> Run(
        double[] outcome, BalancingWeights weights, GComputationOptions options, int[]? clusters = null, double[]? exposure = null) =>
        GComputation.Estimate(
            outcome, Data.Treated, Data.X, weights, options, clusters, exposure, cancellationToken: TestContext.Current.CancellationToken);

    private static double Eta(double[] theta, double[] x, int from)
    {
        var eta = 0.0;
        for (var j = 0; j < x.Length; j++) eta += theta[from + j] * x[j];
        return eta;
    }

    private static void Check(GComputationResult result, Func<double[], int, double[]> equations, double[] start, int means)
    {
        start[means] = start[means + 1] = 0.5;
        var theta = SlowAlgebra.Root(equations, Rows, start);
        var (m1, m0) = (theta[means], theta[means + 1]);
        Compare(result.Difference, m1 - m0, 1, -1);
        if (result.Ratio is { } ratio) Compare(ratio.Log, Math.Log(m1 / m0), 1 / m1, -1 / m0);
        if (result.OddsRatio is { } odds) Compare(
            odds.Log, Math.Log(m1 / (1 - m1) / (m0 / (1 - m0))), 1 / (m1 * (1 - m1)), -1 / (m0 * (1 - m0)));

        void Compare(EffectResult effect, double estimate, double perTreated, double perComparison)
        {
            Assert.Equal(estimate, effect.Estimate, Relative * Math.Max(0.1, Math.Abs(estimate)));
            var contrast = new double[theta.Length];
            (contrast[means], contrast[means + 1]) = (perTreated, perComparison);
            var error = SlowAlgebra.MEstimationError(equations, Rows, theta, contrast);
            Assert.Equal(error, effect.StandardError, Relative * error);
        }
    }

    private static void Same(GComputationResult expected, GComputationResult actual)
    {
        Assert.Equal(expected.Difference.Estimate, actual.Difference.Estimate, 1e-11);
        Assert.Equal(expected.Difference.StandardError, actual.Difference.StandardError, 1e-11);
        Assert.Equal(expected.OddsRatio!.Log.Estimate, actual.OddsRatio!.Log.Estimate, 1e-10);
    }
}
