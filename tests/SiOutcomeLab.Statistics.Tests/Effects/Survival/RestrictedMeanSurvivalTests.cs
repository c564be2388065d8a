using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.Survival;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects.Survival;

public sealed class RestrictedMeanSurvivalTests
{
    private static readonly BalancingWeights Equal = BalancingWeights.Equal(42, Estimand.Everyone);

    [Fact]
    public void Difference_Unweighted_HasAreaAndGreenwoodsVariance()
    {
        var effect = RestrictedMeanSurvival.Difference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 21).Value();
        var ((drug, drugVariance), (placebo, placeboVariance)) = (ByHand(0, 21), ByHand(21, 21));
        Assert.Equal(drug - placebo, effect.Estimate, 1e-12);
        Assert.Equal(drug, effect.MeanTreated, 1e-12);
        Assert.Equal(Math.Sqrt(drugVariance + placeboVariance), effect.StandardError, 1e-12);
        Assert.Equal(StandardErrorType.MEstimation, effect.StandardErrorType);
    }

    [Fact]
    public void SurvivalDifference_Unweighted_IsTheCurvesDifferenceWithGreenwoodsErrors()
    {
        var effect = RestrictedMeanSurvival.SurvivalDifference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 10).Value();
        // R's survfit prints 0.753 (0.0963) and 0.381 (0.1060) at week 10.
        Assert.Equal(0.753 - 0.381, effect.Estimate, 1e-3);
        Assert.Equal(Math.Sqrt((0.0963 * 0.0963) + (0.1060 * 0.1060)), effect.StandardError, 1e-4);
        Assert.Equal(8 / 21.0, effect.MeanCounterfactual, 1e-12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Difference_EstimatedWeights_InfluenceIsTheDerivativeByEachRowsCount(bool atHorizon)
    {
        const int Rows = 150;
        const double Step = 1e-4;
        var data = Simulated.Draw(Rows, 71);
        var (time, happened) = Times(data, 72);
        foreach (var estimand in new[] { Estimand.Treated, Estimand.Everyone })
        {
            var effect = Effect(Weights(data, estimand), atHorizon);
            for (var i = 0; i < Rows; i += 7)
            {
                var cases = new double[Rows];
                Array.Fill(cases, 1.0);
                cases[i] = 1 + Step;
                var up = Counted(cases);
                cases[i] = 1 - Step;
                Assert.Equal((up - Counted(cases)) / (2 * Step), effect.InfluenceValues.Span[i], 1e-6);
            }

            double Counted(double[] cases)
            {
                var weights = Weights(data, estimand, cases).Weights.ToArray();
                for (var i = 0; i < Rows; i++) weights[i] *= cases[i];
                return Effect(BalancingWeights.Known(weights, estimand), atHorizon).Estimate;
            }
        }

        EffectResult Effect(BalancingWeights weights, bool share) => share
            ? RestrictedMeanSurvival.SurvivalDifference(time, happened, data.Treated, weights, 1.2).Value()
            : RestrictedMeanSurvival.Difference(time, happened, data.Treated, weights, 1.2).Value();
    }

    [Fact]
    public void Difference_Simulated_RecoversTheTruthAndCovers()
    {
        // Hazard 0.8 without and 0.5 with treatment; censoring at random; RMST(2) = (1 − e^(−2λ))/λ.
        var truth = ((1 - Math.Exp(-1)) / 0.5) - ((1 - Math.Exp(-1.6)) / 0.8);
        var (sum, covered) = (0.0, 0);
        const int Replicates = 400;
        for (var r = 0; r < Replicates; r++)
        {
            var random = new Random(1000 + r);
            var (time, happened, treated) = (new double[200], new bool[200], new bool[200]);
            for (var i = 0; i < 200; i++)
            {
                treated[i] = random.NextDouble() < 0.4;
                var own = -Math.Log(1 - random.NextDouble()) / (treated[i] ? 0.5 : 0.8);
                var censored = 1 + (4 * random.NextDouble());
                (time[i], happened[i]) = (Math.Min(own, censored), own <= censored);
            }

            var effect = RestrictedMeanSurvival.Difference(time, happened, treated, BalancingWeights.Equal(200, Estimand.Everyone), 2)
                .Value();
            sum += effect.Estimate - truth;
            if (effect.ConfidenceLow <= truth && truth <= effect.ConfidenceHigh) covered++;
        }

        Assert.InRange(sum / Replicates, -0.016, 0.016);
        Assert.InRange(covered / (double)Replicates, 0.915, 0.98);
    }

    [Fact]
    public void Difference_Clusters_SumInfluenceWithin()
    {
        int[] clusters = [.. Enumerable.Range(0, 42).Select(i => i % 10)];
        var effect = RestrictedMeanSurvival.Difference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 20, clusters).Value();
        var sums = effect.InfluenceValues.ToArray().Select((value, i) => (value, i)).GroupBy(pair => pair.i % 10)
            .Select(g => g.Sum(p => p.value));
        Assert.Equal(Math.Sqrt(sums.Sum(sum => sum * sum)), effect.StandardError, 1e-12);
        Assert.Equal(StandardErrorType.ClusteredMEstimation, effect.StandardErrorType);
        Assert.Equal(9, effect.DegreesOfFreedom);
    }

    [Fact]
    public void Difference_HorizonBeyondFollowUp_IsNotEstimable()
    {
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            RestrictedMeanSurvival.Difference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 35.5).Refusal().Reason);
        // The placebo arm's last week ends with an event, so its curve is known for ever.
        Assert.Equal(
            35, RestrictedMeanSurvival.Difference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 35).Value().MeanTreated
            + AreaLost(35), 1e-9);
        Assert.Equal(
            NotEstimableReason.NoVariation,
            RestrictedMeanSurvival.Difference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 0.5).Refusal().Reason);
    }

    [Fact]
    public void Difference_OtherOrder_ChangesNothing()
    {
        var order = new Permutation(42, 3);
        var plain = RestrictedMeanSurvival.Difference(Remission.Time, Remission.Happened, Remission.Treated, Equal, 21).Value();
        var moved = RestrictedMeanSurvival.Difference(
            order.Of<double>(Remission.Time), order.Of<bool>(Remission.Happened), order.Of<bool>(Remission.Treated), Equal, 21).Value();
        Assert.Equal(plain.Estimate, moved.Estimate, 1e-12);
        Assert.Equal(plain.StandardError, moved.StandardError, 1e-12);
    }

    private static double AreaLost(double horizon) => horizon - ByHand(0, horizon).Mean;

    // Time by time from the definition.
    private static (double Mean, double Variance) ByHand(int from, double horizon)
    {
        var rows = Enumerable.Range(from, 21).ToArray();
        var times = rows.Where(i => Remission.Happened[i] && Remission.Time[i] <= horizon).Select(i => Remission.Time[i]).Distinct()
            .Order().ToArray();
        double[] ends = [.. times.Skip(1), horizon];
        var (survival, mean, variance) = (1.0, times[0], 0.0);
        var parts = new List<(double AtRisk, double Events, double Area)>();
        for (var k = 0; k < times.Length; k++)
        {
            double y = rows.Count(i => Remission.Time[i] >= times[k]),
                d = rows.Count(i => Remission.Time[i] == times[k] && Remission.Happened[i]);
            survival *= 1 - (d / y);
            parts.Add((y, d, survival * (ends[k] - times[k])));
            mean += parts[^1].Area;
        }

        for (var k = 0; k < parts.Count; k++)
        {
            var after = parts.Skip(k).Sum(part => part.Area);
            variance += after * after * parts[k].Events / (parts[k].AtRisk * (parts[k].AtRisk - parts[k].Events));
        }

        return (mean, variance);
    }

    private static (double[] Time, bool[] Happened) Times(Simulated data, int seed)
    {
        var random = new Random(seed);
        var (time, happened) = (new double[data.X.Rows], new bool[data.X.Rows]);
        for (var i = 0; i < time.Length; i++)
        {
            var own = -Math.Log(1 - random.NextDouble()) * Math.Exp((-0.3 * data.X[i, 0]) + (data.Treated[i] ? 0.3 : 0));
            var censored = 0.5 + (4 * random.NextDouble());
            // Rounded to tenths, so that there are ties.
            (time[i], happened[i]) = (Math.Ceiling(10 * Math.Min(own, censored)) / 10, own <= censored);
        }

        return (time, happened);
    }

    private static BalancingWeights Weights(Simulated data, Estimand estimand, double[]? cases = null)
    {
        var fit = new LogisticRegression().Fit(data.X, data.Treated, cases, TestContext.Current.CancellationToken).Value();
        return InversePropensity.Weights(fit, data.Treated, estimand).Value();
    }
}
