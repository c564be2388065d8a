using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Reference.Tests.Matching;

/// <summary>Kernel matching on the linear score against matrices of all pairs in R.</summary>
public sealed class KernelTests
{
    [Theory]
    [InlineData(MatchingKernel.Uniform, "uniform")]
    [InlineData(MatchingKernel.Epanechnikov, "epanechnikov")]
    [InlineData(MatchingKernel.Gaussian, "gaussian")]
    public void Match_LinearScore_HasTheDifferenceAndCountsOfAllPairs(MatchingKernel kernel, string name)
    {
        var matched = Lalonde.Value(KernelMatching.Match(
            Lalonde.Fit.LinearPredictors.Span, Lalonde.Treated, kernel, Caliper.Raw(0.25)));
        var w = matched.Weights.Span;
        double treated = 0, others = 0, count = 0, total = 0, squares = 0;
        for (var i = 0; i < w.Length; i++)
        {
            if (Lalonde.Treated[i])
            {
                treated += w[i] * Lalonde.Outcome[i];
                count += w[i];
                continue;
            }

            others += w[i] * Lalonde.Outcome[i];
            total += w[i];
            squares += w[i] * w[i];
        }

        var expected = FlatValues.Packages.Block($"kernel_{name}");
        Close.To(expected[0], (treated / count) - (others / total), Close.Fitted, "difference");
        Assert.Equal(expected[1], matched.TreatedMatched);
        Assert.Equal(expected[2], matched.ControlsMatched);
        Close.To(expected[3], total * total / squares, Close.Fitted, "effective number");
    }
}
