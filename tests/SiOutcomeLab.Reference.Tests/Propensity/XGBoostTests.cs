using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Propensity.Boosting;

namespace SiOutcomeLab.Reference.Tests.Propensity;

/// <summary>Boosted trees against XGBoost 1.7.4.</summary>
public sealed class XGBoostTests
{
    // XGBoost's derivatives and sums are of single precision, and its start is the share as a single.
    private const double SinglePrecision = 2e-5;

    private static readonly ReferenceTable Margins = ReferenceTable.Read("xgboost_lalonde.csv");
    private static readonly BoostingOptions Options = new() { Seed = 1 };

    private static readonly Dictionary<string, BoostingOptions> Runs = new(StringComparer.Ordinal)
    {
        ["one_tree"] = Options with { Trees = 1 },
        ["defaults"] = Options with { Trees = 20 },
        ["shallow"] = Options with { Trees = 50, MaximumDepth = 2, LearningRate = 0.1 },
        ["greedy"] = Options with { Trees = 5, Lambda = 0, MinimumChildWeight = 4, LearningRate = 1, MaximumDepth = 3 },
        ["gamma"] = Options with { Trees = 20, Gamma = 2, MaximumDepth = 4 }
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names => [.. Runs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Fit_FewValuesAndWeights_HasXGBoostsLogOdds(string run)
    {
        var x = DesignMatrix.FromColumns(
        [
            .. Enumerable.Range(0, 6).Select(j => (Lalonde.Covariates.Names[j], Lalonde.Covariates.Column(j).ToArray())),
            ("re74", Steps(6)), ("re75", Steps(7))
        ]);
        double[] weights = [.. Enumerable.Range(0, x.Rows).Select(i => 0.5 + (i * 277 % 614 / 614.0) + (Math.Sqrt(i) / 50))];
        var fit = Lalonde.Value(new GradientBoostedTrees(Runs[run]).Fit(x, Lalonde.Treated, weights, Cancellation));
        var expected = Margins.Numbers(run);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], fit.LinearPredictors.Span[i], SinglePrecision);
    }

    private static double[] Steps(int column) => [.. Lalonde.Covariates.Column(column).ToArray().Select(v => Math.Floor(v / 500))];
}
