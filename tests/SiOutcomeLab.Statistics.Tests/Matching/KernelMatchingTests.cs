using SiOutcomeLab.Statistics.Matching;

namespace SiOutcomeLab.Statistics.Tests.Matching;

public sealed class KernelMatchingTests
{
    [Theory]
    [InlineData(MatchingKernel.Uniform)]
    [InlineData(MatchingKernel.Epanechnikov)]
    [InlineData(MatchingKernel.Gaussian)]
    public void Match_SomeSamples_AgreesWithTheDoubleSum(MatchingKernel kernel)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var n = random.Next(5, 80);
            double[] measure = [.. Enumerable.Range(0, n).Select(_ => random.Next(100) / 16.0)];
            bool[] treated = [.. Enumerable.Range(0, n).Select(i => i == 0 || (i > 1 && random.Next(3) == 0))];
            int[] strata = [.. Enumerable.Range(0, n).Select(_ => seed % 2 == 0 ? random.Next(2) : 0)];
            const double Width = 0.5;
            var weights = new double[n];
            for (var i = 0; i < n; i++)
            {
                if (!treated[i]) continue;
                double[] shares =
                [
                    .. measure.Select((m, j) => treated[j] || strata[j] != strata[i] ? 0 : K((m - measure[i]) / Width))
                ];
                if (shares.Sum() == 0) continue;
                weights[i] = 1;
                for (var j = 0; j < n; j++) weights[j] += treated[j] ? 0 : shares[j] / shares.Sum();
            }

            var answer = KernelMatching.Match(measure, treated, kernel, Caliper.Raw(Width), strata);
            var used = Enumerable.Range(0, n).Count(j => !treated[j] && weights[j] > 0);
            if (used == 0)
            {
                Assert.Equal(NotEstimableReason.TooFewMatches, answer.Refusal().Reason);
                continue;
            }

            var matched = Enumerable.Range(0, n).Count(i => treated[i] && weights[i] > 0);
            var found = answer.Value();
            Assert.Equal(matched, found.TreatedMatched);
            Assert.Equal(used, found.ControlsMatched);
            for (var j = 0; j < n; j++)
            {
                Assert.Equal(treated[j] ? weights[j] : weights[j] * used / matched, found.Weights.Span[j], 1e-10);
            }
        }

        double K(double u) => kernel switch
        {
            MatchingKernel.Uniform => Math.Abs(u) <= 1 ? 1 : 0,
            MatchingKernel.Epanechnikov => Math.Max(0, 1 - (u * u)),
            _ => Math.Abs(u) <= 8 ? Math.Exp(-u * u / 2) : 0
        };
    }

    [Fact]
    public void Match_OneOrTwoThreads_SameBytes()
    {
        var data = Simulated.Draw(2_000, 7);
        var measure = data.X.Column(0).ToArray();
        var bandwidth = Caliper.StandardDeviations(0.2);
        var one = KernelMatching.Match(measure, data.Treated, MatchingKernel.Gaussian, bandwidth, threads: 1).Value();
        var two = KernelMatching.Match(measure, data.Treated, MatchingKernel.Gaussian, bandwidth, threads: 2).Value();
        Assert.Equal(one.Weights.ToArray(), two.Weights.ToArray());
    }
}
