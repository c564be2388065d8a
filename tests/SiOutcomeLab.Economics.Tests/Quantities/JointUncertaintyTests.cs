using MathNet.Numerics.Distributions;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Tests.Samples;

namespace SiOutcomeLab.Economics.Tests.Quantities;

public sealed class JointUncertaintyTests
{
    [Fact]
    public void NormalQuantile_ManyProbabilities_AgreesWithMathNet()
    {
        for (var i = 1; i < 2_000; i++)
        {
            var p = i / 2_000.0;
            // MathNet's own inverse is good to some 10⁻¹⁵ relative.
            Assert.Equal(Normal.InvCDF(0, 1, p), NormalQuantile.Of(p), 1e-13);
        }

        Assert.Equal(-6.361340902404056, NormalQuantile.Of(1e-10), 1e-12); // qnorm(1e-10) of R
        Assert.Equal(-37.0470964, NormalQuantile.Of(1e-300), 1e-6); // qnorm(1e-300) of R
        Assert.Equal(0, NormalQuantile.Of(0.5));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void NormalQuantile_NoProbability_IsRefused(double p) => Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.Of(p));

    [Fact]
    public void CovarianceMatrix_TwoMeasures_IsTheSquareOfTheSum()
    {
        // By hand: 3²·4 + 2·3·5·1 + 5²·9 = 36 + 30 + 225 = 291.
        var answer = new CovarianceMatrix(new double[,] { { 4, 1 }, { 1, 9 } }).Around(100m, [3, 5], 0.95);

        Assert.Equal(Math.Sqrt(291), (double)answer.StandardError, 1e-9);
        Assert.Equal(100 - (1.959963984540054 * Math.Sqrt(291)), (double)answer.Low, 1e-9);
        Assert.Equal(IntervalKind.Covariance, answer.Kind);
    }

    [Fact]
    public void CovarianceMatrix_Interval_CoversAsSimulationSays()
    {
        var random = new Random(99);
        var (a, b, rho) = (2.0, 3.0, -0.4);
        var answer = new CovarianceMatrix(new double[,] { { a * a, rho * a * b }, { rho * a * b, b * b } }).Around(0m, [7, 2], 0.95);
        var draws = new double[200_000];
        for (var i = 0; i < draws.Length; i++)
        {
            var (x, y) = (Normal.Sample(random, 0, 1), Normal.Sample(random, 0, 1));
            draws[i] = (7 * a * x) + (2 * b * ((rho * x) + (Math.Sqrt(1 - (rho * rho)) * y)));
        }

        var inside = draws.Count(d => d >= (double)answer.Low && d <= (double)answer.High) / (double)draws.Length;

        // Four standard errors of a share of 0.95 over 200 000 draws.
        Assert.Equal(0.95, inside, 0.002);
    }

    [Fact]
    public void InfluenceValues_SharedPersons_GiveTheCovarianceOfTheirProducts()
    {
        var random = new Random(5);
        var first = Enumerable.Range(0, 300).Select(_ => random.NextDouble() - 0.5).ToArray();
        var second = first.Select(f => f + random.NextDouble() - 0.5).ToArray();
        double Dot(double[] x, double[] y) => x.Zip(y, (p, q) => p * q).Sum();
        var matrix = new CovarianceMatrix(new[,] { { Dot(first, first), Dot(first, second) }, { Dot(first, second), Dot(second, second) } });

        var byInfluence = new InfluenceValues([first, second]).Around(0m, [1000, -400], 0.9);
        var byMatrix = matrix.Around(0m, [1000, -400], 0.9);

        // The same sum in another order; amounts are on a grid of 10⁻¹⁰.
        Assert.Equal((double)byMatrix.StandardError, (double)byInfluence.StandardError, 1e-8);
        Assert.Equal(IntervalKind.InfluenceFunction, byInfluence.Kind);
        var apart = CovarianceMatrix.WithoutSharedPersons([Math.Sqrt(Dot(first, first)), Math.Sqrt(Dot(second, second))]).Around(0m, [1000, -400], 0.9);
        Assert.True(Math.Abs((double)(apart.StandardError / byInfluence.StandardError) - 1) > 0.1, "Taking shared persons as independent must matter here.");
    }

    [Fact]
    public void InfluenceValues_Clusters_AreSummedBeforeTheyAreSquared()
    {
        // By hand: clusters {1, 2} and {3}: (1 + 2)² + 3² = 18; apart: 1 + 4 + 9 = 14.
        Assert.Equal(Math.Sqrt(18), (double)new InfluenceValues([[1, 2, 3]], [0, 0, 1]).Around(0m, [1], 0.95).StandardError, 1e-9);
        Assert.Equal(Math.Sqrt(14), (double)new InfluenceValues([[1, 2, 3]]).Around(0m, [1], 0.95).StandardError, 1e-9);
    }

    [Fact]
    public void BootstrapDraws_OfNormalRefits_AgreeWithTheNormalInterval()
    {
        var random = new Random(31);
        var draws = Enumerable.Range(0, 40_000).Select(_ =>
        {
            var x = Normal.Sample(random, 10, 2);
            return new[] { x, x + Normal.Sample(random, 0, 1) };
        }).ToList();

        var answer = new BootstrapDraws(draws).Around(30m, [2, 1], 0.95);

        // Var(3x + e) = 9·4 + 1 = 37; percentiles over 40 000 draws have a standard error near 0.08.
        Assert.Equal(Math.Sqrt(37), (double)answer.StandardError, 0.1);
        Assert.Equal(30 - (1.96 * Math.Sqrt(37)), (double)answer.Low, 0.35);
        Assert.Equal(30 + (1.96 * Math.Sqrt(37)), (double)answer.High, 0.35);
        Assert.Equal(30m, answer.Sek);
    }

    [Fact]
    public void BootstrapDraws_Percentiles_AreRsTypeSix()
    {
        // quantile(1:399, c(.025, .975), type = 6) of R gives 10 and 390.
        var answer = new BootstrapDraws([.. Enumerable.Range(1, 399).Reverse().Select(i => new double[] { i })]).Around(0m, [1], 0.95);

        Assert.Equal(10, (double)answer.Low, 1e-9);
        Assert.Equal(390, (double)answer.High, 1e-9);
    }

    [Fact]
    public void Uncertainty_UnsoundInput_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => new CovarianceMatrix(new double[,] { { 1, 2 }, { 2, 1 } }));
        Assert.Throws<ArgumentException>(() => new CovarianceMatrix(new double[,] { { 1, 0.5 }, { 0.4, 1 } }));
        Assert.Throws<ArgumentException>(() => new CovarianceMatrix(new double[,] { { -1 } }));
        Assert.Throws<ArgumentException>(() => new CovarianceMatrix(new double[,] { { double.NaN } }));
        Assert.Throws<ArgumentException>(() => new CovarianceMatrix(new double[1, 2]));
        Assert.Throws<ArgumentException>(() => new InfluenceValues([[1, 2], [1]]));
        Assert.Throws<ArgumentException>(() => new InfluenceValues([[1, double.NaN]]));
        Assert.Throws<ArgumentException>(() => new InfluenceValues([[1, 2]], [0]));
        Assert.Throws<ArgumentException>(() => new InfluenceValues([[1, 2]], [0, -1]));
        Assert.Throws<ArgumentException>(() => new BootstrapDraws([.. Enumerable.Repeat(new double[1], 199)]));
        Assert.Throws<ArgumentException>(() => new BootstrapDraws([.. Enumerable.Repeat(new double[1], 199), new double[2]]));
    }

    [Fact]
    public void QuantitySet_WhatDoesNotHangTogether_IsRefused()
    {
        var (one, two) = (Sample.Of(Sample.Support, 4, 1), Sample.Of(Sample.Placement, 10, 2));

        Assert.Throws<ArgumentException>(() => new QuantitySet([], CovarianceMatrix.WithoutSharedPersons([])));
        Assert.Throws<ArgumentException>(() => Sample.Alone(one, one));
        Assert.Throws<ArgumentException>(() => Sample.Alone(one, two with { EventYear = 2 }));
        Assert.Throws<ArgumentException>(() => Sample.Alone(one with { EventYear = 0 }));
        Assert.Throws<ArgumentException>(() => Sample.Alone(one with { Mean = double.NaN }));
        Assert.Throws<ArgumentException>(() => new QuantitySet([one, two], CovarianceMatrix.WithoutSharedPersons([1])));
        // Arrays in another order than the quantities are the mistake that nothing else would show.
        Assert.Throws<ArgumentException>(() => new QuantitySet([one, two], CovarianceMatrix.WithoutSharedPersons([2, 1])));
    }
}
