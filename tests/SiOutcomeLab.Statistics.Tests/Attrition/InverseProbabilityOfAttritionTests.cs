using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Attrition;

public sealed class InverseProbabilityOfAttritionTests
{
    [Fact]
    public void Weights_OneBinaryCovariate_IsTheInverseShareOfEachCell()
    {
        // Arm × covariate cells with 4, 5, 5, 10 rows, of which 2, 4, 1, 5 are observed.
        (bool Treated, double X, int Rows, int Seen)[] cells = [(true, 0, 4, 2), (true, 1, 5, 4), (false, 0, 5, 1), (false, 1, 10, 5)];
        bool[] treated = [.. cells.SelectMany(c => Enumerable.Repeat(c.Treated, c.Rows))];
        bool[] observed = [.. cells.SelectMany(c => Enumerable.Range(0, c.Rows).Select(i => i < c.Seen))];
        double[] x = [.. cells.SelectMany(c => Enumerable.Repeat(c.X, c.Rows))];
        double[] b = [.. Enumerable.Range(0, 24).Select(i => 1 + (i % 3))];
        var result = InverseProbabilityOfAttrition.Weights(
            DesignMatrix.FromColumns([("x", x)]), treated, observed, BalancingWeights.Known(b, Estimand.Everyone),
            cancellationToken: TestContext.Current.CancellationToken).Value();
        var w = result.Weights.Weights.Span;
        for (var i = 0; i < w.Length; i++)
        {
            var cell = cells.Single(c => c.Treated == treated[i] && c.X == x[i]);
            Assert.Equal(observed[i] ? b[i] * cell.Rows / cell.Seen : 0, w[i], 1e-9);
        }

        Assert.Equal(6 / 9.0, result.ObservedTreated);
        Assert.Equal(6 / 15.0, result.ObservedComparison);
        Assert.Equal((6 / 9.0) - (6 / 15.0), result.Difference, 1e-15);
        Assert.Equal(0.2, result.SmallestChance, 1e-10);
        Assert.Equal(EffectiveSampleSize.Of(w, treated, true), result.EffectiveTreated);
        Assert.Equal(Estimand.Everyone, result.Weights.Estimand);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Estimate_BothModelsEstimated_ErrorIsThatOfStackedEquations(bool byArm)
    {
        var data = Simulated.Draw(300, 14);
        var observed = Observed(data, 15);
        var fit = new LogisticRegression(threads: 1).Fit(data.X, data.Treated, TestContext.Current.CancellationToken).Value();
        var weights = InverseProbabilityOfAttrition.Weights(
            data.X, data.Treated, observed, InversePropensity.Weights(fit, data.Treated, Estimand.Treated).Value(), byArm: byArm,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        double[] y = [.. data.Outcome.Select((value, i) => observed[i] ? value : 0)];
        var effect = WeightedDifference.Estimate(y, data.Treated, weights.Weights).Value();

        var extra = byArm ? 8 : 5;
        double[] equations(double[] theta, int i)
        {
            double[] x = [1, .. data.X.Row(i)];
            double t = data.Treated[i] ? 1 : 0, r = observed[i] ? 1 : 0;
            double[] z = byArm ? [.. x, .. x.Select(v => v * t)] : [.. x, t];
            var e = Expit(x.Select((v, j) => v * theta[j]).Sum());
            var chance = Expit(z.Select((v, j) => v * theta[4 + j]).Sum());
            var (w1, w0) = (t * r / chance, (1 - t) * e / (1 - e) * r / chance);
            return
            [
                .. x.Select(v => v * (t - e)), .. z.Select(v => v * (r - chance)),
                w1 * (y[i] - theta[4 + extra]), w0 * (y[i] - theta[5 + extra])
            ];
        }

        var theta = SlowAlgebra.Root(equations, 300, [.. fit.Coefficients.Select(c => c.Value), .. new double[extra + 2]]);
        var contrast = new double[theta.Length];
        (contrast[^2], contrast[^1]) = (1, -1);
        Assert.Equal(theta[^2] - theta[^1], effect.Estimate, 1e-8);
        Assert.Equal(SlowAlgebra.MEstimationError(equations, 300, theta, contrast), effect.StandardError, 1e-7);
    }

    [Fact]
    public void Estimate_LossDependsOnCovariates_RecoversTheTruth()
    {
        var truth = Simulated.TrueEffectOnTreated();
        double sum = 0, naive = 0;
        var covered = 0;
        const int samples = 140;
        for (var seed = 0; seed < samples; seed++)
        {
            var data = Simulated.Draw(500, 9_000 + seed);
            var observed = Observed(data, 70_000 + seed);
            var fit = new LogisticRegression(threads: 1).Fit(data.X, data.Treated, TestContext.Current.CancellationToken).Value();
            var first = InversePropensity.Weights(fit, data.Treated, Estimand.Treated).Value();
            var weights = InverseProbabilityOfAttrition.Weights(
                data.X, data.Treated, observed, first, cancellationToken: TestContext.Current.CancellationToken).Value();
            double[] y = [.. data.Outcome.Select((value, i) => observed[i] ? value : 0)];
            var effect = WeightedDifference.Estimate(y, data.Treated, weights.Weights).Value();
            sum += effect.Estimate - truth;
            if (effect.ConfidenceLow <= truth && truth <= effect.ConfidenceHigh) covered++;
            var kept = first.Weights.ToArray().Select((w, i) => observed[i] ? w : 0).ToArray();
            naive += WeightedDifference.Estimate(y, data.Treated, BalancingWeights.Known(kept, Estimand.Treated)).Value().Estimate - truth;
        }

        // The estimate's standard deviation is 0.18, so its mean over 140 is within 4 × 0.015; the naive one is off by far more.
        Assert.InRange(sum / samples, -0.061, 0.061);
        Assert.True(Math.Abs(naive / samples) > 0.1);
        Assert.InRange(covered / (double)samples, 0.89, 0.99);
    }

    [Fact]
    public void Weights_NobodyLostOrAllOfAnArm_KeepsOrRefuses()
    {
        var data = Simulated.Draw(60, 16);
        var equal = BalancingWeights.Equal(60, Estimand.Everyone);
        var all = Enumerable.Repeat(true, 60).ToArray();
        var kept = InverseProbabilityOfAttrition.Weights(
            data.X, data.Treated, all, equal, cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.Same(equal, kept.Weights);
        Assert.Null(kept.Model);
        Assert.Equal(1, kept.SmallestChance);
        bool[] noTreated = [.. data.Treated.Select(t => !t)];
        Assert.Equal(
            NotEstimableReason.NoTreated,
            InverseProbabilityOfAttrition.Weights(
                data.X, data.Treated, noTreated, equal, cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
        // Everybody with x3 = 1 is lost: a kind of person for whom nobody can stand.
        bool[] lost = [.. Enumerable.Range(0, 60).Select(i => data.X[i, 2] == 0)];
        Assert.Equal(
            NotEstimableReason.Separation,
            InverseProbabilityOfAttrition.Weights(
                data.X, data.Treated, lost, equal, cancellationToken: TestContext.Current.CancellationToken).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => InverseProbabilityOfAttrition.Weights(
            data.X, data.Treated, all.AsSpan(1), equal, cancellationToken: TestContext.Current.CancellationToken));
    }

    private static bool[] Observed(Simulated data, int seed)
    {
        var random = new Random(seed);
        double Chance(bool t, int i) => Expit(0.9 + ((t ? 0.9 : -0.5) * data.X[i, 0]) + (0.3 * data.X[i, 1]));
        return [.. data.Treated.Select((t, i) => random.NextDouble() < Chance(t, i))];
    }

    private static double Expit(double eta) => 1 / (1 + Math.Exp(-eta));
}
