using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class ShrinkageTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Of_AnyCovariance_EqualsDenseMatrices(bool correlated)
    {
        var set = correlated ? Sources.Correlated(8, 2, moderator: true) : Sources.Independent(8, 2, 0.5, moderator: true);
        var model = RandomEffects.Fit(set).Value();
        var (dense, tau) = (new DensePooling(set), model.Heterogeneity.TauSquared);
        Assert.True(tau > 0);
        var (b, c) = dense.Fit(tau);
        var weight = dense.Weight(tau);
        var shrunken = Shrinkage.Of(model);
        var spread = DensePooling.Times(DensePooling.Times(dense.X, c), DensePooling.Transposed(dense.X));
        for (var i = 0; i < 8; i++)
        {
            double deviation = 0, common = 0, deviating = 0;
            for (var j = 0; j < 8; j++)
            {
                deviation += tau * weight[i, j] * (set.Estimates[j] - b[0] - (b[1] * dense.X[j, 1]));
                for (var l = 0; l < 8; l++)
                {
                    double left = (i == j ? 1 : 0) - (tau * weight[i, j]), right = (i == l ? 1 : 0) - (tau * weight[i, l]);
                    common += left * spread[j, l] * right;
                    deviating += tau * weight[i, j] * spread[j, l] * tau * weight[i, l];
                }
            }

            var own = tau * (1 - (tau * weight[i, i]));
            Assert.Equal(b[0] + (b[1] * dense.X[i, 1]) + deviation, shrunken[i].Estimate, 1e-7);
            Assert.Equal(Math.Sqrt(own + (model.VarianceFactor * common)), shrunken[i].StandardError, 1e-7);
            Assert.Equal(Math.Sqrt(own + (model.VarianceFactor * deviating)), shrunken[i].DeviationStandardError, 1e-7);
            Assert.Equal(tau * weight[i, i], shrunken[i].Kept, 1e-9);
        }
    }

    [Fact]
    public void Of_NoHeterogeneity_GivesThePooledEffectAndOneHalf()
    {
        var model = RandomEffects.Fit(EstimateSet.Independent([1, 1.1, 0.9], [1, 1, 1]), new() { Test = PoolingTest.Normal }).Value();
        Assert.Equal(0, model.Heterogeneity.TauSquared);
        Assert.All(Shrinkage.Of(model), s =>
        {
            Assert.Equal(1, s.Estimate, 1e-12);
            Assert.Equal(model.Effect.StandardError, s.StandardError, 1e-12);
            Assert.Equal(0.5, s.ProbabilityAbove);
        });
    }

    [Fact]
    public void Of_KnownTruth_IntervalsCoverAndShrinkingHelps()
    {
        var random = new Random(11);
        int inside = 0, total = 0, above = 0;
        double raw = 0, shrunk = 0, claimed = 0;
        for (var round = 0; round < 400; round++)
        {
            var (y, v, truth) = (new double[25], new double[25], new double[25]);
            for (var i = 0; i < 25; i++)
            {
                v[i] = 0.05 + (0.4 * random.NextDouble());
                truth[i] = 1 + (0.5 * Simulated.Normal(random));
                y[i] = truth[i] + (Math.Sqrt(v[i]) * Simulated.Normal(random));
            }

            var estimates = Shrinkage.Of(RandomEffects.Fit(EstimateSet.Independent(y, v)).Value());
            for (var i = 0; i < 25; i++)
            {
                total++;
                if (truth[i] >= estimates[i].Low && truth[i] <= estimates[i].High) inside++;
                raw += Math.Pow(y[i] - truth[i], 2);
                shrunk += Math.Pow(estimates[i].Estimate - truth[i], 2);
                if (truth[i] > 1) above++;
                claimed += estimates[i].ProbabilityAbove;
            }
        }

        // 10 000 intervals, correlated within 400 rounds; τ² is estimated from 25 sources and then taken as known, so under 95 %.
        Assert.InRange(inside / (double)total, 0.905, 0.945);
        Assert.True(shrunk < 0.75 * raw);
        Assert.Equal(above, claimed, 0.02 * total);
    }
}
