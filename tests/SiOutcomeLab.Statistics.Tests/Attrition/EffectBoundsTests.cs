using SiOutcomeLab.Statistics.Attrition;

namespace SiOutcomeLab.Statistics.Tests.Attrition;

public sealed class EffectBoundsTests
{
    [Fact]
    public void LeeBounds_TreatedObservedMore_TrimsThemByHand()
    {
        // 8 of 10 treated and 6 of 10 comparison rows observed: keep 6 of the treated's 8.
        double[] y = [1, 2, 3, 4, 5, 6, 7, 9, 99, 99, 2, 3, 4, 5, 6, 7, 99, 99, 99, 99];
        bool[] treated = [.. Enumerable.Range(0, 20).Select(i => i < 10)];
        bool[] observed = [.. y.Select(value => value < 99)];
        var bounds = LeeBounds.Estimate(y, treated, observed).Value();
        Assert.Equal(3.5 - 4.5, bounds.Low, 1e-14);
        Assert.Equal((34 / 6.0) - 4.5, bounds.High, 1e-14);
        Assert.Equal(0.25, bounds.ShareTrimmed, 1e-14);
        Assert.Equal(BoundsAssumption.MonotoneAttrition, bounds.Assumption);
        Assert.Equal(LeeError(y[..8], 6, 0.8, 0.6, [2, 3, 4, 5, 6, 7]), bounds.LowError, 1e-13);
        Assert.Equal(LeeError([.. y[..8].Select(v => -v)], 6, 0.8, 0.6, [2, 3, 4, 5, 6, 7]), bounds.HighError, 1e-13);

        // The other arm trimmed: exchanging the arms turns the bounds round.
        var other = LeeBounds.Estimate(y, [.. treated.Select(t => !t)], observed).Value();
        Assert.Equal(-bounds.High, other.Low, 1e-14);
        Assert.Equal(-bounds.Low, other.High, 1e-14);
        Assert.Equal(bounds.HighError, other.LowError, 1e-14);
    }

    [Fact]
    public void LeeBounds_EqualAttrition_IsThePlainDifference()
    {
        double[] y = [1, 2, 4, 0, 3, 5, 6, 0];
        bool[] treated = [true, true, true, true, false, false, false, false];
        bool[] observed = [true, true, true, false, true, true, true, false];
        var bounds = LeeBounds.Estimate(y, treated, observed).Value();
        Assert.Equal((7 / 3.0) - (14 / 3.0), bounds.Low, 1e-14);
        Assert.Equal(bounds.Low, bounds.High, 1e-14);
        // Both population variances are 14/9, over 3 rows each; the interval is the usual one.
        Assert.Equal(Math.Sqrt(28 / 27.0), bounds.LowError, 1e-14);
        Assert.Equal(bounds.Low - (1.959963984540054 * bounds.LowError), bounds.ConfidenceLow, 1e-7);
    }

    [Fact]
    public void LeeBounds_WeightsAndRowOrder_AreDuplicatedRows()
    {
        var random = new Random(23);
        double[] y = [.. Enumerable.Range(0, 40).Select(_ => Simulated.Normal(random))];
        bool[] treated = [.. Enumerable.Range(0, 40).Select(i => i % 2 == 0)];
        bool[] observed = [.. Enumerable.Range(0, 40).Select(i => i % 5 != 1)];
        var once = LeeBounds.Estimate(y, treated, observed).Value();
        var halves = Enumerable.Repeat(0.5, 80).ToArray();
        int[] pairs = [.. Enumerable.Range(0, 80).Select(i => i % 40)];
        var twice = LeeBounds.Estimate([.. y, .. y], [.. treated, .. treated], [.. observed, .. observed], halves, pairs).Value();
        Assert.Equal(once.Low, twice.Low, 1e-12);
        Assert.Equal(once.HighError, twice.HighError, 1e-12);
        var order = new Permutation(40, 2);
        var shuffled = LeeBounds.Estimate(order.Of<double>(y), order.Of<bool>(treated), order.Of<bool>(observed)).Value();
        Assert.Equal(once.High, shuffled.High, 1e-13);
        Assert.Equal(once.LowError, shuffled.LowError, 1e-13);
    }

    [Fact]
    public void LeeBounds_SimulatedMonotoneLoss_IntervalCoversTheEffect()
    {
        // Effect 0.5 on all; treatment lets a fifth with low outcomes be seen who otherwise would not be.
        const int samples = 1000, rows = 300;
        var random = new Random(29);
        var (covered, inside) = (0, 0);
        double low = 0, lowSquares = 0, lowErrors = 0;
        for (var s = 0; s < samples; s++)
        {
            var (y, treated, observed) = (new double[rows], new bool[rows], new bool[rows]);
            for (var i = 0; i < rows; i++)
            {
                treated[i] = i % 2 == 0;
                var ability = Simulated.Normal(random);
                y[i] = ability + (treated[i] ? 0.5 : 0) + Simulated.Normal(random);
                observed[i] = ability > (treated[i] ? -1.2 : -0.7);
            }

            var bounds = LeeBounds.Estimate(y, treated, observed).Value();
            if (bounds.ConfidenceLow <= 0.5 && 0.5 <= bounds.ConfidenceHigh) covered++;
            if (bounds.Low <= 0.5 && 0.5 <= bounds.High) inside++;
            (low, lowSquares, lowErrors) = (low + bounds.Low, lowSquares + (bounds.Low * bounds.Low), lowErrors + bounds.LowError);
        }

        Assert.InRange(covered / (double)samples, 0.93, 1);
        Assert.InRange(inside / (double)samples, 0.6, 1);
        // The bound's own error: simulation error of a standard deviation from 1000 draws is 2.2 %.
        var deviation = Math.Sqrt((lowSquares / samples) - Math.Pow(low / samples, 2));
        Assert.InRange(lowErrors / samples / deviation, 0.9, 1.1);
    }

    [Fact]
    public void WorstCase_HalfLost_FillsInTheRange()
    {
        double[] y = [1, 0, 1, 9, 0, 1, 0, 9];
        bool[] treated = [true, true, true, true, false, false, false, false];
        bool[] observed = [true, true, true, false, true, true, true, false];
        var bounds = WorstCaseBounds.Estimate(y, treated, observed, 0, 1).Value();
        Assert.Equal(0.5 - 0.5, bounds.Low, 1e-15);
        Assert.Equal(0.75 - 0.25, bounds.High, 1e-15);
        // Variances 1/4 and 3/16 over four rows.
        Assert.Equal(Math.Sqrt(2 * 0.25 / 4), bounds.LowError, 1e-15);
        Assert.Equal(Math.Sqrt(2 * 0.1875 / 4), bounds.HighError, 1e-15);
        Assert.Equal(0.75, bounds.ObservedTreated);
        // As wide as the range times what was lost in both arms.
        Assert.Equal(0.5, bounds.High - bounds.Low, 1e-15);
        Assert.Throws<ArgumentException>(() => WorstCaseBounds.Estimate(y, treated, observed, 0.5, 1));
        Assert.Throws<ArgumentException>(() => WorstCaseBounds.Estimate(y, treated, observed, 1, 1));
    }

    [Fact]
    public void Confidence_WideBounds_IsOneSidedAtEachEnd()
    {
        var wide = new EffectBounds
        {
            Method = "", Assumption = BoundsAssumption.OutcomeRange, Low = 0, High = 100, LowError = 1, HighError = 2, Level = 0.95,
            ObservedTreated = 1, ObservedComparison = 1
        };
        Assert.Equal(-1.6448536269514722, wide.ConfidenceLow, 1e-9);
        Assert.Equal(100 + (2 * 1.6448536269514722), wide.ConfidenceHigh, 1e-9);
    }

    [Fact]
    public void Estimate_BadInput_RefusesOrThrows()
    {
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            LeeBounds.Estimate([1, 2, 3, 4], [true, true, false, false], [true, false, true, true]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoTreated, LeeBounds.Estimate([1, 2], [false, false], [true, true]).Refusal().Reason);
        Assert.Equal(
            NotEstimableReason.NoComparison, WorstCaseBounds.Estimate([1, 2], [true, false], [true, true], 0, 3, [1, 0]).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => LeeBounds.Estimate([1, double.NaN], [true, false], [true, true]));
        Assert.Throws<ArgumentException>(() => LeeBounds.Estimate([1, 2], [true, false], [true, true], [1, -1]));
        Assert.Throws<ArgumentException>(() => LeeBounds.Estimate([1, 2], [true], [true, true]));
    }

    // Lee (2009), proposition 3, for the lower bound with the kept share's variance by the delta method.
    private static double LeeError(double[] observedTreated, int kept, double q1, double q0, double[] observedComparison)
    {
        double[] sorted = [.. observedTreated.Order()];
        double n1 = observedTreated.Length / q1, n0 = observedComparison.Length / q0;
        var (p, edge, mean) = (1 - (q0 / q1), sorted[kept - 1], sorted.Take(kept).Average());
        var trimmed = sorted.Take(kept).Average(v => (v - mean) * (v - mean));
        var comparison = observedComparison.Average(v => Math.Pow(v - observedComparison.Average(), 2));
        var ofShare = ((1 - q1) / (q1 * n1)) + ((1 - q0) / (q0 * n0));
        return Math.Sqrt(
            ((trimmed + (Math.Pow(edge - mean, 2) * p)) / (observedTreated.Length * (1 - p))) + (Math.Pow(edge - mean, 2) * ofShare)
            + (comparison / observedComparison.Length));
    }
}
