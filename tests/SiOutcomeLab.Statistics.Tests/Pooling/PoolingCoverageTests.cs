using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Statistics.Tests.Pooling;

public sealed class PoolingCoverageTests
{
    // R with 1000 repetitions of this design: Hartung–Knapp 93.2 % (k = 5), 94.1 % (k = 20), prediction intervals 83 to 86 % at k ≤ 20.
    [Theory]
    [InlineData(5, 0.915, 0.96, 0.78, 0.91)]
    [InlineData(20, 0.925, 0.965, 0.80, 0.93)]
    public void Fit_DefaultMethod_CoversAsSaid(int k, double low, double high, double predictionLow, double predictionHigh)
    {
        var random = new Random(99);
        int mean = 0, next = 0;
        const int Rounds = 1500;
        for (var round = 0; round < Rounds; round++)
        {
            var (y, v) = (new double[k], new double[k]);
            for (var i = 0; i < k; i++)
            {
                v[i] = 0.05 - (0.2 * Math.Log(1 - random.NextDouble()));
                y[i] = 0.3 + (Math.Sqrt(0.1 + v[i]) * Simulated.Normal(random));
            }

            var model = RandomEffects.Fit(EstimateSet.Independent(y, v)).Value();
            if (model.Effect.ConfidenceLow <= 0.3 && model.Effect.ConfidenceHigh >= 0.3) mean++;
            var prediction = model.Predict();
            var truth = 0.3 + (Math.Sqrt(0.1) * Simulated.Normal(random));
            if (prediction.PredictionLow <= truth && prediction.PredictionHigh >= truth) next++;
        }

        Assert.InRange(mean / (double)Rounds, low, high);
        Assert.InRange(next / (double)Rounds, predictionLow, predictionHigh);
    }
}
