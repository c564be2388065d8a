using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Effects.Resampling;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Effects.Resampling;

public sealed class JackknifeTests
{
    private static readonly double[] Outcome = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8];
    private static readonly bool[] Treated = [true, false, true, false, true, true, false, true, false, false, false, true];

    [Fact]
    public void Estimate_DifferenceOfMeans_IsTheTwoArmClosedForm()
    {
        var effect = Estimate().Value();

        // Of a mean the jackknife's pulls are (yᵢ − ȳ)/(nₐ − 1); of a difference their squares add up, less the square of their mean,
        // which is 0 within each arm.
        var expected = 0.0;
        foreach (var arm in new[] { true, false })
        {
            double[] values = [.. Outcome.Where((_, i) => Treated[i] == arm)];
            var mean = values.Average();
            expected += values.Sum(y => (y - mean) * (y - mean)) / ((values.Length - 1.0) * (values.Length - 1));
        }

        Assert.Equal(Math.Sqrt(expected * 11 / 12), effect.StandardError, 1e-12);
        Assert.Equal((StandardErrorType.Jackknife, 4.0), (effect.StandardErrorType, effect.DegreesOfFreedom));
        Assert.Equal(effect.StandardError, Math.Sqrt(effect.InfluenceValues.ToArray().Sum(v => v * v)), 1e-12);
        Assert.Contains(effect.Alternatives, a => a.Type == StandardErrorType.Hc0);
    }

    [Fact]
    public void Estimate_Clusters_LeavesWholeClustersOut()
    {
        int[] clusters = [7, 7, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6];

        var effect = Estimate(clusters).Value();

        double[] without = [.. clusters.Distinct().Select(c => Naive([.. Enumerable.Range(0, 12).Where(i => clusters[i] != c)]))];
        Assert.Equal(Math.Sqrt(without.Sum(e => (e - without.Average()) * (e - without.Average())) * 5 / 6), effect.StandardError, 1e-12);
        Assert.Equal(StandardErrorType.ClusterJackknife, effect.StandardErrorType);
        var sums = clusters.Distinct().Select(c => effect.InfluenceValues.ToArray().Where((_, i) => clusters[i] == c).Sum());
        Assert.Equal(effect.StandardError, Math.Sqrt(sums.Sum(s => s * s)), 1e-12);
    }

    [Fact]
    public void Estimate_OneOrTwoThreads_SameBytes() =>
        Assert.Equal(Estimate(threads: 1).Value().StandardError, Estimate(threads: 2).Value().StandardError);

    [Fact]
    public void Estimate_RestingOnSingleRows_IsRefused()
    {
        bool[] two = [true, true, .. Enumerable.Repeat(false, 10)];

        var refusal = Jackknife.Estimate(12, rows => Difference(rows, two), 4, cancellationToken: TestContext.Current.CancellationToken).Refusal();

        Assert.Equal(NotEstimableReason.TooFewObservations, refusal.Reason);
        Assert.Contains("2 of 12", refusal.Detail, StringComparison.Ordinal);
    }

    private static Estimable<EffectResult> Estimate(int[]? clusters = null, int? threads = null) =>
        Jackknife.Estimate(12, rows => Difference(rows, Treated), 4, clusters, threads, TestContext.Current.CancellationToken);

    private static Estimable<EffectResult> Difference(int[] rows, bool[] treated) => WeightedDifference.Estimate(
        [.. rows.Select(i => Outcome[i])], [.. rows.Select(i => treated[i])], BalancingWeights.Equal(rows.Length, Estimand.Everyone));

    private static double Naive(int[] rows) =>
        rows.Where(i => Treated[i]).Average(i => Outcome[i]) - rows.Where(i => !Treated[i]).Average(i => Outcome[i]);
}
