using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class ProbitRegressionTests
{
    [Fact]
    public void Fit_SimulatedData_SolvesItsScoreEquations()
    {
        var data = Simulated.Draw(600, 41);
        var fit = new ProbitRegression().Fit(data.X, data.Treated, TestContext.Current.CancellationToken).Value();
        double[] total = new double[4];
        for (var i = 0; i < 600; i++)
        {
            double[] row = [1, .. data.X.Row(i)];
            var index = fit.Coefficients.Zip(row, (c, value) => c.Value * value).Sum();
            var e = MathNet.Numerics.Distributions.Normal.CDF(0, 1, index);
            Assert.Equal(e, fit.Scores.Span[i], 1e-12);
            var r = MathNet.Numerics.Distributions.Normal.PDF(0, 1, index) * ((data.Treated[i] ? 1 : 0) - e) / (e * (1 - e));
            for (var j = 0; j < 4; j++) total[j] += r * row[j];
        }

        Assert.All(total, value => Assert.Equal(0, value, 1e-9));
    }

    [Fact]
    public void Fit_Separated_IsRefused()
    {
        var x = new DesignMatrix(6, ["a"], [1, 2, 3, 4, 5, 6]);
        var refusal = new ProbitRegression().Fit(x, [false, false, false, true, true, true], TestContext.Current.CancellationToken).Refusal();
        Assert.Equal(NotEstimableReason.Separation, refusal.Reason);
    }
}
