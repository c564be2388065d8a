using SiOutcomeLab.Statistics.Panel;

namespace SiOutcomeLab.Statistics.Tests.Panel;

/// <summary>
/// 300 seeded panels of 300 units with known effects. A 95 % interval covers 0.95 with a simulation error of 1.3 points: three of those.
/// The mean standard error may differ from the standard deviation of the estimates by 15 % (simulation error of the latter: 4 %).
/// </summary>
public sealed class CoverageTests
{
    private const int Samples = 300;

    [Theory]
    [InlineData(ControlGroup.NeverTreated)]
    [InlineData(ControlGroup.NotYetTreated)]
    public void Aggregate_KnownTruth_IntervalCoversAtItsLevel(ControlGroup controls)
    {
        var truth = Truth();
        var options = new CallawaySantAnnaOptions { Controls = controls };
        var found = new PointEstimate[Samples];
        for (var seed = 0; seed < Samples; seed++)
        {
            var data = StaggeredPanel.Draw(300, 9_000 + seed).Data();
            found[seed] = CallawaySantAnna.Estimate(data, options, 1, TestContext.Current.CancellationToken).Value()
                .Aggregate(Aggregation.Simple).Value().Overall;
        }

        var mean = found.Average(point => point.Value);
        var deviation = Math.Sqrt(found.Sum(point => (point.Value - mean) * (point.Value - mean)) / Samples);
        Assert.InRange(mean - truth, -4 * deviation / Math.Sqrt(Samples), 4 * deviation / Math.Sqrt(Samples));
        Assert.InRange(found.Count(point => Math.Abs(point.Value - truth) <= 1.96 * point.StandardError) / (double)Samples, 0.91, 0.99);
        Assert.InRange(found.Average(point => point.StandardError) / deviation, 0.85, 1.15);
    }

    // Cohort shares of a very large panel weigh the known effects.
    private static double Truth()
    {
        var first = StaggeredPanel.Draw(100_000, 1, noise: 0).First;
        double sum = 0, total = 0;
        foreach (var start in new[] { 4, 5, 7 })
        {
            var share = first.Count(value => value == start);
            for (var period = start; period <= 8; period++)
            {
                sum += share * StaggeredPanel.Effect(start, period);
                total += share;
            }
        }

        return sum / total;
    }
}
