using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class PropensityFitTests
{
    private static readonly Simulated Data = Simulated.Draw(800, 31);
    private static readonly PropensityFit Logit = new LogisticRegression().Fit(Data.X, Data.Treated).Value();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Predict_OwnRows_AreTheScores()
    {
        var probit = new ProbitRegression().Fit(Data.X, Data.Treated, Cancellation).Value();
        foreach (var fit in new[] { Logit, probit })
        {
            var scores = fit.Predict(Data.X);
            for (var i = 0; i < scores.Length; i++) Assert.Equal(fit.Scores.Span[i], scores[i], 1e-14);
        }
    }

    [Fact]
    public void Predict_OtherRows_FollowsTheCoefficients()
    {
        var other = Simulated.Draw(20, 32);
        var logOdds = Logit.PredictLogOdds(other.X);
        for (var i = 0; i < 20; i++)
        {
            var expected = Logit.Coefficients[0].Value;
            for (var j = 0; j < 3; j++) expected += Logit.Coefficients[j + 1].Value * other.X[i, j];
            Assert.Equal(expected, logOdds[i], 1e-12);
        }
    }

    [Fact]
    public void Predict_OtherColumns_IsMisuse() =>
        Assert.Throws<ArgumentException>(() => Logit.Predict(new DesignMatrix(1, ["x1", "x3", "x2"], [1, 2, 3])));

    [Fact]
    public void Covariance_IsTheInverseInformationInOwnUnits()
    {
        var information = Sum((e, _) => e * (1 - e));
        var expected = SlowAlgebra.Invert(information);
        for (var k = 0; k < 16; k++) Assert.Equal(expected[k / 4, k % 4], Logit.Covariance.Span[k], 1e-10);
        Assert.Equal(Math.Sqrt(expected[2, 2]), Logit.Coefficients[2].StandardError, 1e-10);
    }

    [Fact]
    public void RobustCoefficients_AreTheSandwich()
    {
        var bread = SlowAlgebra.Invert(Sum((e, _) => e * (1 - e)));
        var meat = Sum((e, t) => (t - e) * (t - e));
        var variance = 0.0;
        for (var j = 0; j < 4; j++)
        {
            for (var k = 0; k < 4; k++) variance += bread[1, j] * meat[j, k] * bread[k, 1];
        }

        Assert.Equal(Math.Sqrt(variance), Logit.RobustCoefficients()[1].StandardError, 1e-10);
        Assert.Equal(Logit.Coefficients[1].Value, Logit.RobustCoefficients()[1].Value);
    }

    [Fact]
    public void Coefficient_KnownNumbers_GivesTestAndInterval()
    {
        var coefficient = new Coefficient("a", 1.959963984540054, 1);
        Assert.Equal(0.05, coefficient.PValue, 1e-12);
        Assert.Equal(0, coefficient.Interval().Low, 1e-12);
        Assert.Equal(3.919927969080108, coefficient.Interval().High, 1e-12);
        Assert.Equal(2 * Logit.Coefficients.Count, Logit.Aic!.Value - Logit.Deviance, 1e-9);
    }

    private static double[,] Sum(Func<double, double, double> weight)
    {
        var sum = new double[4, 4];
        for (var i = 0; i < 800; i++)
        {
            var w = weight(Logit.Scores.Span[i], Data.Treated[i] ? 1 : 0);
            double[] row = [1, .. Data.X.Row(i)];
            for (var k = 0; k < 16; k++) sum[k / 4, k % 4] += w * row[k / 4] * row[k % 4];
        }

        return sum;
    }
}
