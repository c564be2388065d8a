using SiOutcomeLab.Statistics.Attrition;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Statistics.Tests.Attrition;

public sealed class MissingCovariatesTests
{
    private const double No = double.NaN;
    private static readonly (string, double[])[] Columns =
        [("a", [1, No, 3, 5]), ("b", [0, No, 1, 1]), ("c", [2, 2, No, 4]), ("d", [1, 2, 3, 4])];

    [Fact]
    public void CompleteCase_Gaps_KeepsWholeRowsAndSaysWhatItAssumes()
    {
        var design = MissingCovariates.CompleteCase(Columns).Value();
        Assert.Equal([0, 3], design.Rows);
        Assert.Equal([1.0, 5], design.X.Column(0).ToArray());
        Assert.Equal(2, design.RowsLost);
        Assert.Equal([("a", 1), ("b", 1), ("c", 1), ("d", 0)], design.Missing);
        Assert.Equal(MissingDataAssumption.CompletenessIndependentOfOutcome, design.Assumption);
        Assert.Equal(MissingDataAssumption.NothingMissing, MissingCovariates.CompleteCase([("d", [1, 2])]).Value().Assumption);
    }

    [Fact]
    public void Indicator_Gaps_FillsMeansAndSharesPatterns()
    {
        var design = MissingCovariates.Indicator(Columns).Value();
        Assert.Equal(["a", "b", "c", "d", "a (missing)", "c (missing)"], design.X.Names);
        Assert.Equal([1.0, 3, 3, 5], design.X.Column(0).ToArray());
        Assert.Equal([0.0, 2 / 3.0, 1, 1], design.X.Column(1).ToArray());
        Assert.Equal([0.0, 1, 0, 0], design.X.Column(4).ToArray());
        Assert.Equal([0.0, 0, 1, 0], design.X.Column(5).ToArray());
        Assert.Equal([0, 1, 2, 3], design.Rows);
        Assert.Equal(MissingDataAssumption.HiddenValueDoesNotConfound, design.Assumption);
        Assert.Equal(MissingCovariateMethod.MissingIndicator, design.Method);
    }

    [Fact]
    public void Indicator_HiddenValueUnknownToWhoDecided_RecoversTheEffect()
    {
        // The effect is 1. Treatment follows x where it is seen, and where it is not only that it is not; the outcome follows x always.
        var random = new Random(37);
        const int rows = 15_000;
        var (x, treated, y) = (new double[rows], new bool[rows], new double[rows]);
        for (var i = 0; i < rows; i++)
        {
            var value = Simulated.Normal(random);
            var gap = random.NextDouble() < 0.3;
            treated[i] = random.NextDouble() < 1 / (1 + Math.Exp(gap ? -0.8 : -value));
            y[i] = value + (gap ? 0.5 : 0) + (treated[i] ? 1 : 0) + Simulated.Normal(random);
            x[i] = gap ? No : value;
        }

        var design = MissingCovariates.Indicator([("x", x)]).Value();
        var fit = new LogisticRegression().Fit(design.X, treated, TestContext.Current.CancellationToken).Value();
        var weights = InversePropensity.Weights(fit, treated, Estimand.Treated).Value();
        var effect = WeightedDifference.Estimate(y, treated, weights).Value();
        Assert.InRange(effect.Estimate, 1 - (4 * effect.StandardError), 1 + (4 * effect.StandardError));
        var plain = WeightedDifference.Estimate(y, treated, BalancingWeights.Equal(rows, Estimand.Treated)).Value();
        Assert.True(plain.Estimate > 1.3);
    }

    [Fact]
    public void MissingCovariates_BadInput_RefusesOrThrows()
    {
        Assert.Equal(
            NotEstimableReason.TooFewObservations, MissingCovariates.CompleteCase([("a", [No, 1]), ("b", [1, No])]).Refusal().Reason);
        Assert.Equal(NotEstimableReason.NoVariation, MissingCovariates.Indicator([("a", [No, No])]).Refusal().Reason);
        Assert.Throws<ArgumentException>(() => MissingCovariates.Indicator([("a", [double.PositiveInfinity])]));
        Assert.Throws<ArgumentException>(() => MissingCovariates.CompleteCase([("a", [1]), ("b", [1, 2])]));
    }
}
