using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class CrossFittingTests
{
    private const int Rows = 403;
    private static readonly Simulated Data = Simulated.Draw(Rows, 61);
    private static readonly int[] Clusters = [.. Enumerable.Range(0, Rows).Select(i => (i * 7919) % 60)];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Fit_EachFold_IsScoredByTheOtherRows()
    {
        var result = CrossFitting.Fit(new LogisticRegression(), Data.X, Data.Treated, 5, seed: 1, cancellationToken: Cancellation).Value();
        var folds = result.Folds.ToArray();
        for (var fold = 0; fold < 5; fold++)
        {
            int[] others = [.. Enumerable.Range(0, Rows).Where(i => folds[i] != fold)];
            int[] mine = [.. Enumerable.Range(0, Rows).Where(i => folds[i] == fold)];
            var fit = new LogisticRegression().Fit(Data.X.SelectRows(others), [.. others.Select(i => Data.Treated[i])], Cancellation).Value();
            var scores = fit.Predict(Data.X.SelectRows(mine));
            for (var i = 0; i < mine.Length; i++) Assert.Equal(scores[i], result.Scores.Span[mine[i]], 1e-10);
        }
    }

    [Fact]
    public void Fit_WithoutClusters_SpreadsBothArmsEvenly()
    {
        var folds = CrossFitting.Fit(new LogisticRegression(), Data.X, Data.Treated, 4, seed: 2, cancellationToken: Cancellation).Value().Folds.ToArray();
        foreach (var arm in new[] { true, false })
        {
            int[] counts = [.. Enumerable.Range(0, 4).Select(fold => folds.Where((f, i) => f == fold && Data.Treated[i] == arm).Count())];
            Assert.InRange(counts.Max() - counts.Min(), 0, 1);
        }

        var sizes = folds.CountBy(fold => fold).Select(pair => pair.Value).ToList();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
    }

    [Fact]
    public void Fit_Clusters_StayWholeInAnyOrderOfRows()
    {
        var folds = Folds(Data.X, Data.Treated, Clusters, 3);
        Assert.All(Clusters.Zip(folds).GroupBy(pair => pair.First), group => Assert.Single(group.Select(pair => pair.Second).Distinct()));
        var permutation = new Permutation(Rows, 62);
        var permuted = Folds(permutation.Of(Data.X), permutation.Of<bool>(Data.Treated), permutation.Of<int>(Clusters), 3);
        Assert.Equal(permutation.Of<int>(folds), permuted);
        var sizes = folds.CountBy(fold => fold).Select(pair => pair.Value).ToList();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 10);
    }

    [Fact]
    public void Fit_SameSeed_SameFoldsAndOtherSeedOthers()
    {
        Assert.Equal(Folds(Data.X, Data.Treated, [], 7), Folds(Data.X, Data.Treated, [], 7));
        Assert.NotEqual(Folds(Data.X, Data.Treated, [], 7), Folds(Data.X, Data.Treated, [], 8));
        Assert.NotEqual(Folds(Data.X, Data.Treated, Clusters, 7), Folds(Data.X, Data.Treated, Clusters, 8));
    }

    [Fact]
    public void Fit_FewerClustersThanFolds_IsTooFew()
    {
        int[] two = [.. Enumerable.Range(0, Rows).Select(i => i % 2)];
        var refusal = CrossFitting.Fit(new LogisticRegression(), Data.X, Data.Treated, 3, 1, two, cancellationToken: Cancellation).Refusal();
        Assert.Equal(NotEstimableReason.TooFewObservations, refusal.Reason);
    }

    [Fact]
    public void Fit_ModelRefusesAFold_NamesTheFold()
    {
        // Only one treated row has the flag, so without it the flag separates.
        double[] flag = new double[Rows];
        flag[Array.IndexOf(Data.Treated, true)] = 1;
        for (var i = 0; i < Rows; i++) flag[i] = !Data.Treated[i] && i % 3 == 0 ? 1 : flag[i];
        var x = DesignMatrix.FromColumns([("x1", Data.X.Column(0).ToArray()), ("flag", flag)]);
        var refusal = CrossFitting.Fit(new LogisticRegression(), x, Data.Treated, 5, 1, cancellationToken: Cancellation).Refusal();
        Assert.Equal(NotEstimableReason.Separation, refusal.Reason);
        Assert.StartsWith("Without fold ", refusal.Detail, StringComparison.Ordinal);
    }

    private static int[] Folds(DesignMatrix x, bool[] treated, int[] clusters, int seed) =>
        CrossFitting.Fit(new LogisticRegression(), x, treated, 4, seed, clusters, cancellationToken: Cancellation).Value().Folds.ToArray();
}
