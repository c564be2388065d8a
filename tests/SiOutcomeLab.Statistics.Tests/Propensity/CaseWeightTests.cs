using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

/// <summary>Case weights against copied rows, for every model with score equations.</summary>
public sealed class CaseWeightTests
{
    private const int Rows = 500;
    private static readonly Simulated Data = Simulated.Draw(Rows, 21);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Models => ["logit", "probit", "att", "atc", "ate"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_WholeNumbers_AreCopiesOfRows(string name)
    {
        var random = new Random(22);
        double[] weights = [.. Enumerable.Range(0, Rows).Select(_ => (double)random.Next(4))];
        int[] rows = [.. Enumerable.Range(0, Rows).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        var weighted = Model(name).Fit(Data.X, Data.Treated, weights, Cancellation).Value();
        var copied = Model(name).Fit(Data.X.SelectRows(rows), [.. rows.Select(i => Data.Treated[i])], Cancellation).Value();
        Agree(copied, weighted, name is "logit" or "probit");
        // Rows without weight are scored all the same.
        var zero = Array.IndexOf(weights, 0.0);
        Assert.Equal(copied.Predict(Data.X)[zero], weighted.Scores.Span[zero], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Fit_DuplicatedRowsWithHalves_IsTheSame(string name)
    {
        int[] twice = [.. Enumerable.Range(0, 2 * Rows).Select(i => i % Rows)];
        double[] halves = [.. twice.Select(_ => 0.5)];
        var once = Model(name).Fit(Data.X, Data.Treated, Cancellation).Value();
        var both = Model(name).Fit(Data.X.SelectRows(twice), [.. twice.Select(i => Data.Treated[i])], halves, Cancellation).Value();
        Agree(once, both, name is "logit" or "probit");
    }

    [Fact]
    public void Fit_OnlyRowsWithoutWeightCouldTellAColumn_ItIsDropped()
    {
        double[] flag = [.. Enumerable.Range(0, Rows).Select(i => i < 50 ? 1.0 : 0)];
        double[] weights = [.. flag.Select(value => 1 - value)];
        var x = DesignMatrix.FromColumns([("x1", Data.X.Column(0).ToArray()), ("flag", flag)]);
        Assert.Equal(["flag"], new LogisticRegression().Fit(x, Data.Treated, weights, Cancellation).Value().DroppedColumns);
    }

    [Fact]
    public void Fit_WeightsOutOfRange_AreRefused()
    {
        var weights = new double[Rows];
        Assert.Equal(NotEstimableReason.NoTreated, Refusal(weights).Reason);
        for (var i = 0; i < Rows; i++) weights[i] = Data.Treated[i] ? 1 : 0;
        Assert.Equal(NotEstimableReason.NoComparison, Refusal(weights).Reason);
        weights[3] = -1;
        Assert.Throws<ArgumentException>(() => Refusal(weights));
        weights[3] = double.NaN;
        Assert.Throws<ArgumentException>(() => Refusal(weights));
        Assert.Throws<ArgumentException>(() => Refusal([1, 2]));
    }

    [Fact]
    public void Fit_SeparatedAmongRowsWithWeight_IsSeparation()
    {
        double[] weights = [.. Enumerable.Range(0, Rows).Select(i => Data.Treated[i] == (Data.X[i, 0] > 0.1) ? 1.0 : 0)];
        var refusal = Refusal(weights);
        Assert.Equal(NotEstimableReason.Separation, refusal.Reason);
        Assert.Contains("'x1' separates", refusal.Detail, StringComparison.Ordinal);
    }

    private static NotEstimable<PropensityFit> Refusal(double[] weights) =>
        new LogisticRegression().Fit(Data.X, Data.Treated, weights, Cancellation).Refusal();

    private static IPropensityModel Model(string name) => name switch
    {
        "logit" => new LogisticRegression(),
        "probit" => new ProbitRegression(),
        "att" => new CovariateBalancingPropensityScore(Estimand.Treated),
        "atc" => new CovariateBalancingPropensityScore(Estimand.Untreated),
        _ => new CovariateBalancingPropensityScore(Estimand.Everyone)
    };

    private static void Agree(PropensityFit expected, PropensityFit actual, bool likelihood)
    {
        Assert.Equal(expected.Deviance, actual.Deviance, 1e-9 * expected.Deviance);
        Assert.Equal(expected.NullDeviance, actual.NullDeviance, 1e-9 * expected.NullDeviance);
        for (var j = 0; j < expected.Coefficients.Count; j++)
        {
            Assert.Equal(expected.Coefficients[j].Value, actual.Coefficients[j].Value, 1e-9);
            // A sandwich counts a row of weight 2 as one cluster; only inverse information counts it as two rows.
            if (likelihood) Assert.Equal(expected.Coefficients[j].StandardError, actual.Coefficients[j].StandardError, 1e-9);
        }
    }
}
