using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects;

/// <summary>
/// 600 seeded samples of 400 with a known effect. A 95 % interval covers 0.95 with a simulation error of 0.9 points: 3 of those, plus a
/// point that M-estimation is known to be off at this size, give the bounds. The mean standard error may differ from the standard
/// deviation of the estimates by 10 % (simulation error of the latter: 2.9 %).
/// </summary>
public sealed class CoverageTests
{
    private const int Samples = 600;

    [Theory]
    [InlineData("ipw")]
    [InlineData("ebal")]
    [InlineData("aipw")]
    public void Estimate_KnownTruth_IntervalCoversAtItsLevel(string estimator)
    {
        var truth = Simulated.TrueEffectOnTreated();
        Assert.InRange(truth, 1.05, 1.3);
        var covered = 0;
        double sum = 0, squares = 0, errors = 0, fixedWeights = 0;
        for (var seed = 0; seed < Samples; seed++)
        {
            var effect = Estimate(estimator, Simulated.Draw(400, 5_000 + seed));
            if (effect.ConfidenceLow <= truth && truth <= effect.ConfidenceHigh) covered++;
            sum += effect.Estimate;
            squares += effect.Estimate * effect.Estimate;
            errors += effect.StandardError;
            fixedWeights += effect.Alternatives[0].Value;
        }

        var mean = sum / Samples;
        var deviation = Math.Sqrt((squares / Samples) - (mean * mean));
        Assert.InRange(covered / (double)Samples, 0.913, 0.987);
        Assert.InRange(mean - truth, -4 * deviation / Math.Sqrt(Samples), 4 * deviation / Math.Sqrt(Samples));
        Assert.InRange(errors / Samples / deviation, 0.90, 1.10);
        // What the analytic derivatives are for: weights taken as known overstate the error by a third here.
        if (estimator != "aipw") Assert.True(fixedWeights / Samples / deviation > 1.2);
    }

    private static EffectResult Estimate(string estimator, Simulated data)
    {
        var cancellation = TestContext.Current.CancellationToken;
        if (estimator == "ebal")
        {
            var balanced = EntropyBalancing.Att(data.X, data.Treated, cancellation).Value();
            return WeightedDifference.Estimate(data.Outcome, data.Treated, balanced).Value();
        }

        var fit = new LogisticRegression(threads: 1).Fit(data.X, data.Treated, cancellation).Value();
        var weights = InversePropensity.Weights(fit, data.Treated, Estimand.Treated).Value();
        return estimator == "ipw"
            ? WeightedDifference.Estimate(data.Outcome, data.Treated, weights).Value()
            : AugmentedInversePropensity.Att(data.Outcome, data.Treated, weights, data.X).Value();
    }
}
