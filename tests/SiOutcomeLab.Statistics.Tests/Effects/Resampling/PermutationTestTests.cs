using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Effects.Resampling;

namespace SiOutcomeLab.Statistics.Tests.Effects.Resampling;

public sealed class PermutationTestTests
{
    private static readonly double[] Outcome = [3.1, 4.7, 2.2, 8.4, 5.5, 6.1, 7.3, 1.9, 9.6];
    private static readonly bool[] Treated = [false, true, false, true, false, true, true, false, false];

    [Fact]
    public void DifferenceInMeans_Small_CountsEveryArrangement()
    {
        var result = Test(Outcome, Treated).Value();
        Assert.True(result.IsExact);
        Assert.Equal(126, result.Arrangements);
        Assert.Equal(Difference(Outcome, Treated), result.Estimate, 1e-12);
        // Every choice of four in nine, by bits.
        var differences = Enumerable.Range(0, 512).Where(bits => int.PopCount(bits) == 4)
            .Select(bits => Difference(Outcome, [.. Enumerable.Range(0, 9).Select(i => (bits >> i & 1) == 1)])).ToArray();
        Assert.Equal(differences.Count(d => Math.Abs(d) >= Math.Abs(result.Estimate) - 1e-9) / 126.0, result.PValue, 1e-12);
        Assert.Equal(differences.Count(d => d >= result.Estimate - 1e-9) / 126.0, result.PValueGreater, 1e-12);
        Assert.Equal(differences.Count(d => d <= result.Estimate + 1e-9) / 126.0, result.PValueLess, 1e-12);
    }

    [Fact]
    public void DifferenceInMeans_BinaryOutcome_IsTheHypergeometricTail()
    {
        bool[] treated = [.. Enumerable.Range(0, 20).Select(i => i < 8)];
        double[] outcome = [.. Enumerable.Range(0, 20).Select(i => i is 0 or 1 or 2 or 3 or 4 or 9 or 15 ? 1.0 : 0.0)];
        var result = Test(outcome, treated).Value();
        var tail = Enumerable.Range(5, 3).Sum(k => Hypergeometric.PMF(20, 7, 8, k));
        Assert.Equal(tail, result.PValueGreater, 1e-10);
    }

    [Fact]
    public void DifferenceInMeans_Pairs_FlipsSigns()
    {
        double[] gaps = [2, -1, 4, 3, 7, -2, 6];
        double[] outcome = [.. gaps.SelectMany((gap, i) => new[] { 10 + i + gap, 10 + i })];
        bool[] treated = [.. gaps.SelectMany(_ => new[] { true, false })];
        int[] pairs = [.. Enumerable.Range(0, 14).Select(i => i / 2)];
        var result = Test(outcome, treated, pairs).Value();
        var sums = Enumerable.Range(0, 128).Select(bits => gaps.Select((gap, i) => (bits >> i & 1) == 1 ? gap : -gap).Sum()).ToArray();
        Assert.Equal(128, result.Arrangements);
        Assert.Equal(gaps.Average(), result.Estimate, 1e-12);
        Assert.Equal(sums.Count(sum => Math.Abs(sum) >= gaps.Sum()) / 128.0, result.PValue, 1e-12);
    }

    [Fact]
    public void DifferenceInMeans_Drawn_AgreesWithExact()
    {
        var exact = Test(Outcome, Treated).Value();
        var drawn = Test(Outcome, Treated, options: new() { Seed = 3, MaximumExact = 0, Replicates = 19_999 }).Value();
        Assert.False(drawn.IsExact);
        Assert.Equal(20_000, drawn.Arrangements);
        Assert.InRange(drawn.PValue - exact.PValue, -4 * drawn.MonteCarloError, 4 * drawn.MonteCarloError);
        // The other arm is the smaller one, the difference the other way round.
        bool[] turned = [.. Treated.Select(t => !t)];
        var other = Test(Outcome, turned, options: new() { Seed = 3, MaximumExact = 0, Replicates = 19_999 }).Value();
        Assert.InRange(other.PValueLess - exact.PValueGreater, -4 * drawn.MonteCarloError, 4 * drawn.MonteCarloError);
    }

    [Fact]
    public void DifferenceInMeans_OneOrTwoThreads_GivesTheSame()
    {
        var results = new[] { 1, 2 }.Select(threads =>
            Test(Outcome, Treated, options: new() { Seed = 4, MaximumExact = 0, Replicates = 999, Threads = threads }).Value().PValue)
                .ToArray();
        Assert.Equal(results[0], results[1]);
    }

    [Fact]
    public void DifferenceInMeans_StrataWithoutComparison_AreLeftOutAndTold()
    {
        int[] strata = [0, 0, 0, 1, 0, 2, 2, 2, -1];
        var result = Test(Outcome, Treated, strata).Value();
        Assert.Equal(3, result.TreatedUsed);
        Assert.Equal(4, result.ComparisonUsed);
        Assert.Equal(0.75, result.ShareOfTreatedRetained, 1e-12);
        Assert.Equal(Estimand.MatchedTreated, result.Estimand);
        // Stratum 0: one of four; stratum 2: two of three.
        Assert.Equal(12, result.Arrangements);
        Assert.Equal(((4.7 - ((3.1 + 2.2 + 5.5) / 3)) / 3) + ((6.7 - 1.9) * 2 / 3), result.Estimate, 1e-12);
    }

    [Fact]
    public void DifferenceInMeans_NothingToExchange_IsNotEstimable()
    {
        Assert.Equal(NotEstimableReason.NoVariation, Test(new double[9], Treated).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoOverlap, Test(Outcome, Treated, [.. Treated.Select(t => t ? 1 : 0)]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoComparison, Test([1, 2], [true, true]).Refusal().Reason);
    }

    private static Estimable<PermutationResult> Test(
        double[] outcome, bool[] treated, int[]? strata = null, PermutationOptions? options = null) =>
        PermutationTest.DifferenceInMeans(outcome, treated, options ?? new() { Seed = 1 }, strata, TestContext.Current.CancellationToken);

    private static double Difference(double[] outcome, bool[] treated) =>
        outcome.Where((_, i) => treated[i]).Average() - outcome.Where((_, i) => !treated[i]).Average();
}
