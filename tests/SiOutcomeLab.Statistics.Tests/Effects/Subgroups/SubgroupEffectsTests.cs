using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.OutcomeModels;
using SiOutcomeLab.Statistics.Effects.Subgroups;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects.Subgroups;

public sealed class SubgroupEffectsTests
{
    private const int Rows = 400;
    private static readonly Simulated Data = Simulated.Draw(Rows, 81);
    private static readonly int[] Halves = [.. Enumerable.Range(0, Rows).Select(i => Data.X[i, 0] > 0.2 ? 1 : 0)];
    private static readonly int[] Thirds = [.. Enumerable.Range(0, Rows).Select(i => i % 3)];

    [Fact]
    public void Estimate_TwoSubgroups_IsTheProductTermsWaldTest()
    {
        var result = SubgroupEffects.Estimate(Halves, Data.Treated, Estimator(Data.Outcome, Data.Treated));
        // Regression on group, arm and their product is saturated: its product's coefficient is the difference, its HC0 the sum of both.
        double[] group = [.. Halves.Select(h => (double)h)], product = [.. Halves.Select((h, i) => Data.Treated[i] ? h : 0.0)];
        var x = DesignMatrix.FromColumns([("g", group), ("p", product)]);
        var effects = result.Subgroups.Select(s => s.Effect.Value()).ToArray();
        var test = result.Interaction.Value();
        var difference = effects[1].Estimate - effects[0].Estimate;
        var variance = Math.Pow(effects[0].StandardError, 2) + Math.Pow(effects[1].StandardError, 2);
        var fit = GeneralisedLinearModel.Fit(
            Data.Outcome, x.WithFirst("t", [.. Data.Treated.Select(t => t ? 1.0 : 0.0)]), OutcomeFamily.Linear,
            cancellationToken: TestContext.Current.CancellationToken).Value();
        Assert.Equal(fit.Coefficients[3].Value, difference, 1e-10);
        Assert.Equal(difference * difference / variance, test.Statistic, 1e-9);
        Assert.Equal(1, test.Numerator);
        Assert.Equal(2 * MathNet.Numerics.Distributions.Normal.CDF(0, 1, -Math.Sqrt(test.Statistic)), test.PValue, 1e-10);
        Assert.Equal(Halves.Count(h => h == 0), result.Subgroups[0].Treated + result.Subgroups[0].Comparison);
        Assert.Equal([0, 1], result.Estimated);
    }

    [Fact]
    public void Estimate_ClustersOverSubgroups_CarriesTheirCovariance()
    {
        int[] clusters = [.. Enumerable.Range(0, Rows).Select(i => i / 3)];
        var shared = new double[Rows];
        for (var i = 0; i < Rows; i++) shared[i] = Data.Outcome[i] + (i / 3 % 7 * (Data.Treated[i] ? 2 : -2));
        var result = SubgroupEffects.Estimate(Thirds, Data.Treated, Estimator(shared, Data.Treated, clusters), clusters);
        var effects = result.Subgroups.Select(s => s.Effect.Value()).ToArray();
        var v = result.Covariance.ToArray();
        for (var k = 0; k < 3; k++)
        {
            Assert.Equal(Math.Pow(effects[k].StandardError, 2), v[4 * k], 1e-12);
            for (var m = 0; m < k; m++)
            {
                var sum = Enumerable.Range(0, Rows).GroupBy(i => clusters[i]).Sum(g =>
                    g.Sum(i => effects[k].InfluenceValues.Span[i]) * g.Sum(i => effects[m].InfluenceValues.Span[i]));
                Assert.Equal(sum, v[(3 * k) + m], 1e-12);
                Assert.Equal(sum, v[(3 * m) + k], 1e-12);
                Assert.NotEqual(0, sum);
            }
        }

        // W whichever subgroup the others are compared with: τ'(V⁻¹ − V⁻¹11'V⁻¹/1'V⁻¹1)τ.
        var inverse = SlowAlgebra.Invert(new[,] { { v[0], v[1], v[2] }, { v[3], v[4], v[5] }, { v[6], v[7], v[8] } });
        double all = 0, linear = 0, square = 0;
        for (var k = 0; k < 3; k++)
        {
            for (var m = 0; m < 3; m++)
            {
                all += inverse[k, m];
                linear += inverse[k, m] * effects[m].Estimate;
                square += effects[k].Estimate * inverse[k, m] * effects[m].Estimate;
            }
        }

        var test = result.Interaction.Value();
        Assert.Equal(square - (linear * linear / all), test.Statistic, 1e-8);
        Assert.Equal(clusters.Distinct().Count() - 1, test.Denominator);
    }

    [Fact]
    public void Estimate_SmallSubgroups_AreToldAndLeftOutOfTheTest()
    {
        var codes = (int[])Thirds.Clone();
        for (var i = 0; i < 12; i++) codes[i] = 7;
        codes[20] = -1;
        var result =
            SubgroupEffects.Estimate(codes, Data.Treated, Estimator(Data.Outcome, Data.Treated), options: new() { MinimumPerArm = 10 });
        Assert.Equal([0, 1, 2, 7], result.Subgroups.Select(s => s.Subgroup));
        var small = result.Subgroups[3];
        Assert.Equal(12, small.Treated + small.Comparison);
        Assert.Equal(NotEstimableReason.TooFewObservations, small.Effect.Refusal().Reason);
        Assert.Equal([0, 1, 2], result.Interaction.Value().Subgroups);
        Assert.Equal(9, result.Covariance.Length);
        Assert.Equal(0, result.Subgroups[0].Effect.Value().InfluenceValues.Span[20]);

        var alone = SubgroupEffects.Estimate(
            codes, Data.Treated, Estimator(Data.Outcome, Data.Treated), options: new() { MinimumPerArm = 300 });
        Assert.Equal(NotEstimableReason.TooFewObservations, alone.Interaction.Refusal().Reason);
        Assert.Empty(alone.Estimated);
    }

    [Fact]
    public void Estimate_UsedRowsTooFew_IsToldAlthoughRowsAreMany()
    {
        SubgroupEstimator estimator = rows =>
        {
            var own = rows.ToArray();
            double[] weights = [.. own.Select((_, k) => k < 12 ? 1.0 : 0.0)];
            return WeightedDifference.Estimate(
                [.. own.Select(i => Data.Outcome[i])], [.. own.Select(i => Data.Treated[i])],
                    BalancingWeights.Known(weights, Estimand.Treated));
        };
        Assert.All(
            SubgroupEffects.Estimate(Halves, Data.Treated, estimator).Subgroups,
            s => Assert.Equal(NotEstimableReason.TooFewObservations, s.Effect.Refusal().Reason));
    }

    [Fact]
    public void Estimate_NoDifference_RejectsAsOftenAsItSays()
    {
        var rejected = 0;
        const int Replicates = 1000;
        for (var r = 0; r < Replicates; r++)
        {
            var random = new Random(5000 + r);
            var (outcome, treated, groups) = (new double[240], new bool[240], new int[240]);
            for (var i = 0; i < 240; i++)
            {
                (treated[i], groups[i]) = (random.NextDouble() < 0.5, random.Next(4));
                outcome[i] = groups[i] + (treated[i] ? 1 : 0) + ((1 + groups[i]) * Simulated.Normal(random));
            }

            if (SubgroupEffects.Estimate(groups, treated, Estimator(outcome, treated)).Interaction.Value().PValue < 0.05) rejected++;
        }

        // Wald with 60 rows a subgroup is a little liberal.
        Assert.InRange(rejected / (double)Replicates, 0.035, 0.085);
    }

    private static SubgroupEstimator Estimator(double[] outcome, bool[] treated, int[]? clusters = null) => rows =>
    {
        var own = rows.ToArray();
        return WeightedDifference.Estimate(
            [.. own.Select(i => outcome[i])], [.. own.Select(i => treated[i])], BalancingWeights.Equal(own.Length, Estimand.Everyone),
            clusters is null ? [] : [.. own.Select(i => clusters[i])]);
    };
}
