using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Reference.Tests.Propensity;

/// <summary>Penalised logistic regression against glmnet 4.1-6 at its tightest threshold.</summary>
public sealed class GlmnetTests
{
    // glmnet stops when no step changes the objective by 1e-18 of the null deviance; steps are the square root of that.
    private const double CoordinateDescent = 1e-7;
    private static readonly double[] Weights = [.. Enumerable.Range(0, Lalonde.Treated.Length).Select(i => 0.5 + (i * 277 % 614 / 614.0))];
    private static readonly double[] Penalties = [0.2, 0.1, 0.05, 0.01, 0.001];

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Path_CaseWeights_HasGlmnetsCoefficients(double mixing)
    {
        var model = new ElasticNetLogistic(new ElasticNetOptions { Seed = 1, Mixing = mixing });
        var path = Lalonde.Value(model.Path(
            Lalonde.Covariates, Lalonde.Treated, Weights, Penalties, TestContext.Current.CancellationToken));
        for (var k = 0; k < Penalties.Length; k++)
        {
            var expected = FlatValues.Packages.Block($"glmnet_{mixing}_{Penalties[k]}");
            Assert.Equal(expected.Length, path.Points[k].Coefficients.Count);
            for (var j = 0; j < expected.Length; j++)
            {
                var actual = path.Points[k].Coefficients[j];
                Assert.Equal(expected[j], actual.Value, CoordinateDescent * Math.Max(1e-4, Math.Abs(expected[j])));
                Assert.Equal(expected[j] == 0, actual.Value == 0);
            }
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Path_OfTheOptions_BeginsWhereGlmnetsDoes(double mixing)
    {
        var model = new ElasticNetLogistic(new ElasticNetOptions { Seed = 1, Mixing = mixing, Penalties = 5 });
        var path = Lalonde.Value(model.Path(
            Lalonde.Covariates, Lalonde.Treated, Weights, cancellationToken: TestContext.Current.CancellationToken));
        Close.To(FlatValues.Packages[$"glmnet_{mixing}_largest.1"], path.Points[0].Penalty, Close.ClosedForm, "largest penalty");
    }
}
