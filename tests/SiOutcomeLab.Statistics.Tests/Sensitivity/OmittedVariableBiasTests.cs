using SiOutcomeLab.Statistics.Sensitivity;

namespace SiOutcomeLab.Statistics.Tests.Sensitivity;

public sealed class OmittedVariableBiasTests
{
    [Fact]
    public void Adjust_TrueConfounderPutIn_IsTheRegressionWithIt()
    {
        var data = Simulated.Draw(300, 8);
        var random = new Random(9);
        double[] d = [.. data.Treated.Select(t => t ? 1.0 : 0.0)];
        double[] z = [.. d.Select(t => Simulated.Normal(random) + (0.8 * t))];
        double[] y = [.. data.Outcome.Select((value, i) => value + (0.7 * z[i]))];
        var without = Analyse(y, d, data.X);
        var with = Analyse(y, d, With(data.X, "z", z));
        // The regression's own partial R² of the confounder, each from the regression where it is "the treatment".
        var outcomeR2 = Analyse(y, z, With(data.X, "d", d)).PartialR2;
        var treatmentR2 = Analyse(d, z, data.X).PartialR2;
        var adjusted = OmittedVariableBias.Adjust(
            without.Estimate, without.StandardError, without.DegreesOfFreedom, treatmentR2, outcomeR2);
        Assert.Equal(with.Estimate, adjusted.Estimate, 1e-10);
        Assert.Equal(with.StandardError, adjusted.StandardError, 1e-10);
        Assert.True(Math.Abs(without.Estimate - with.Estimate) > 0.1);
    }

    [Theory]
    [InlineData(4.2, 783, null)]
    [InlineData(4.2, 783, 0.05)]
    [InlineData(-3, 20, 0.05)]
    [InlineData(100, 10, 0.05)]
    [InlineData(1, 50, 0.05)]
    public void RobustnessValue_AnyT_IsTheLeastStrengthFoundBySearch(double t, int dof, double? alpha)
    {
        var value = OmittedVariableBias.RobustnessValue(t, dof, 1, alpha);
        Assert.Equal(value, OmittedVariableBias.RobustnessValue(-t, dof, 1, alpha));
        if (value > 1e-4) Assert.False(Overturned(value - 1e-4));
        Assert.True(Overturned(value + 1e-4));

        bool Overturned(double strength)
        {
            for (var share = 0; share <= 1000; share++)
            {
                var adjusted = OmittedVariableBias.Adjust(Math.Abs(t), 1, dof, strength, strength * share / 1000, 1 - (alpha ?? 0.5));
                if (alpha is null ? adjusted.Estimate <= 0 : adjusted.Low <= 0) return true;
            }

            return false;
        }
    }

    [Fact]
    public void Analyse_GroupBenchmark_IsAtLeastAsStrongAsItsMembers()
    {
        var data = Simulated.Draw(200, 10);
        double[] d = [.. data.Treated.Select(t => t ? 1.0 : 0.0)];
        var result = OmittedVariableBiasRegression.Analyse(
            data.Outcome, d, data.X, [("x1", ["x1"]), ("both", ["x1", "x2"])], [1, 1e6]).Value();
        Assert.True(result.Bounds[2].TreatmentR2 > result.Bounds[0].TreatmentR2);
        Assert.Null(result.Bounds[1].Adjusted);
        Assert.Equal(OmittedVariableBias.PartialR2(result.T, result.DegreesOfFreedom), result.PartialR2);
    }

    [Fact]
    public void Analyse_BadData_RefusesWithReason()
    {
        var data = Simulated.Draw(50, 12);
        double[] d = [.. data.Treated.Select(t => t ? 1.0 : 0.0)];
        var copied = With(data.X, "copy", d);
        Assert.Equal(
            NotEstimableReason.Collinear, OmittedVariableBiasRegression.Analyse(data.Outcome, d, copied, [], []).Refusal().Reason);
        var twice = With(data.X, "again", data.X.Column(0).ToArray());
        Assert.Equal(
            NotEstimableReason.Collinear,
            OmittedVariableBiasRegression.Analyse(data.Outcome, d, twice, [("again", ["again"])], [1]).Refusal().Reason);
        int[] few = [0, 1, 2, 3, 4, 5];
        Assert.Equal(
            NotEstimableReason.TooFewObservations,
            OmittedVariableBiasRegression.Analyse(data.Outcome.AsSpan(0, 6), [1, 0, 1, 0, 0, 1], data.X.SelectRows(few), [], [])
                .Refusal().Reason);
        Assert.Throws<ArgumentException>(
            () => OmittedVariableBiasRegression.Analyse(data.Outcome, d, data.X, [("no", ["no such"])], [1]));
    }

    private static OmittedVariableBiasResult Analyse(double[] y, double[] d, DesignMatrix x) =>
        OmittedVariableBiasRegression.Analyse(y, d, x, [], []).Value();

    private static DesignMatrix With(DesignMatrix x, string name, double[] values) => DesignMatrix.FromColumns(
        [.. Enumerable.Range(0, x.Columns).Select(j => (x.Names[j], x.Column(j).ToArray())), (name, values)]);
}
