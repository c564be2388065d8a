using SiOutcomeLab.Statistics.Propensity;

namespace SiOutcomeLab.Statistics.Tests.Propensity;

public sealed class LogitLinkTests
{
    [Fact]
    public void Probabilities_BothTails_AreGoodToAFewUlp()
    {
        double[] logOdds = [.. Enumerable.Range(-70_000, 140_003).Select(i => (i / 100.0) + 1e-3)];
        var actual = new double[logOdds.Length];
        LogitLink.Probabilities(logOdds, actual);
        for (var i = 0; i < actual.Length; i++)
        {
            var e = Math.Exp(-Math.Abs(logOdds[i]));
            var expected = logOdds[i] >= 0 ? 1 / (1 + e) : e / (1 + e);
            // Four units in the last place: two of the exponential, two of the quotient.
            Assert.True(Math.Abs(expected - actual[i]) <= 9e-16 * expected, $"{logOdds[i]:R}: {expected:R} and {actual[i]:R}");
        }
    }

    [Fact]
    public void Probabilities_AnyPosition_SameBytes()
    {
        double[] logOdds = [.. Enumerable.Range(0, 11).Select(i => (i - 5) / 3.0)];
        var whole = new double[11];
        LogitLink.Probabilities(logOdds, whole);
        for (var i = 0; i < 11; i++)
        {
            var one = new double[1];
            LogitLink.Probabilities(logOdds.AsSpan(i, 1), one);
            Assert.Equal(whole[i], one[0]);
        }
    }

    [Fact]
    public void Evaluate_ValueResidualWeight_AreDerivativesOfEachOther()
    {
        foreach (var link in new BinaryLink[]
        {
            LogitLink.Instance, ProbitLink.Instance, new BalancingLink(Estimand.Treated), new BalancingLink(Estimand.Untreated),
            new BalancingLink(Estimand.Everyone)
        })
        {
            foreach (var eta in new[] { -25.0, -6, -1.3, 0, 0.2, 2, 7, 22 })
            {
                foreach (var arm in new[] { 0.0, 1 })
                {
                    foreach (var weights in new double[][] { [], [2.5, 0, 0, 0, 0, 0, 0, 0] })
                    {
                        var step = 1e-4 * Math.Max(1, Math.Abs(eta) / 4);
                        var (up, down, here) = (At(eta + step), At(eta - step), At(eta));
                        var scale = Math.Max(1e-4, Math.Abs(here.Value) + Math.Abs(here.Residual) + here.Weight);
                        Assert.Equal((down.Value - up.Value) / (4 * step), here.Residual, 1e-6 * scale);
                        Assert.Equal((down.Residual - up.Residual) / (2 * step), here.Weight, 1e-6 * scale);

                        (double Value, double Residual, double Weight) At(double index)
                        {
                            var (r, w) = (new double[8], new double[8]);
                            var value = link.Evaluate(
                                [index, .. Enumerable.Repeat(BinaryLink.PaddingIndex, 7)], [arm, .. Enumerable.Repeat(1.0, 7)],
                                weights, 1, r, w);
                            Assert.All(r.Skip(1).Concat(w.Skip(1)), padding => Assert.Equal(0, padding));
                            return (value, r[0], w[0]);
                        }
                    }
                }
            }
        }
    }
}
