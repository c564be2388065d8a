using SiOutcomeLab.Statistics.Looks;

namespace SiOutcomeLab.Statistics.Tests.Looks;

/// <summary>Bounds and crossing probabilities against published tables and documented values of other software.</summary>
public sealed class GroupSequentialDesignTests
{
    [Theory]
    // Jennison and Turnbull (2000), tables 2.1 (Pocock) and 2.3 (O'Brien–Fleming), α = 0.05; three decimals are printed.
    [InlineData(0.5, 2, 2.178)]
    [InlineData(0.5, 3, 2.289)]
    [InlineData(0.5, 4, 2.361)]
    [InlineData(0.5, 5, 2.413)]
    [InlineData(0.5, 10, 2.555)]
    [InlineData(0.0, 2, 1.977)]
    [InlineData(0.0, 3, 2.004)]
    [InlineData(0.0, 4, 2.024)]
    [InlineData(0.0, 5, 2.040)]
    [InlineData(0.0, 10, 2.087)]
    public void WangTsiatis_EqualLooks_GivesTheTabledConstants(double shape, int looks, double constant)
    {
        var design = GroupSequentialDesign.WangTsiatis(Equal(looks), shape);
        Assert.Equal(constant, design.Bounds[^1], 5.1e-4);
        Assert.Equal(0.05, design.Spent[^1], 1e-10);
        Assert.Equal(design.Bounds[^1] * Math.Pow(1.0 / looks, shape - 0.5), design.Bounds[0], 1e-10);
    }

    [Fact]
    public void WangTsiatis_OneSided_GivesRpactsValues()
    {
        // rpact 4, its unit test of getDesignInverseNormal(): kMax 3, α 0.025 one-sided, type OF; its tolerance is 1e-7 relative.
        var design = GroupSequentialDesign.WangTsiatis(Equal(3), 0, 0.025, twoSided: false);
        AreClose([3.4710914, 2.4544323, 2.0040356], design.Bounds, 1e-6);
        AreClose([0.00025917372, 0.0071600594, 0.02499999], design.Spent, 1e-7);
        AreClose([0.00025917372, 0.0070553616, 0.022533125], design.NominalLevels, 1e-7);
    }

    [Fact]
    public void LanDeMets_PowerFamilyUnequalLooks_GivesRpactsBoundsAndPower()
    {
        // rpact: informationRates 0.2, 0.4, 1, α 0.03 one-sided, asHSD with γ = 0, that is α·t.
        foreach (var spending in new[] { AlphaSpending.Power(1), AlphaSpending.HwangShihDeCani(0), AlphaSpending.HwangShihDeCani(1e-9) })
        {
            var design = GroupSequentialDesign.LanDeMets([0.2, 0.4, 1], spending, 0.03, twoSided: false);
            AreClose([2.5121443, 2.4228747, 2.0280392], design.Bounds, 1e-6);
            AreClose([0.006, 0.0076991188, 0.021278125], design.NominalLevels, 1e-8);
            // Its characteristics at power 0.86: shift η², inflation, power per look, expected sizes over the fixed one.
            var drift = design.DriftForPower(0.86);
            Assert.Equal(9.4594101, drift * drift, 1e-5);
            Assert.Equal(1.0788327, design.InflationFactor(0.86), 1e-6);
            AreClose([0.12783451, 0.21271713, 0.51944835], design.At(drift).Upper, 1e-7);
            Assert.Equal(0.83081135, design.At(drift).ExpectedFraction * design.InflationFactor(0.86), 1e-6);
            Assert.Equal(1.0697705, design.At(0).ExpectedFraction * design.InflationFactor(0.86), 1e-6);
        }

        // rpact: 0.3, 0.7, 1, α 0.03, asKD with γ = 2.2; and α 0.07, 0.2, 0.4, 1, asHSD with γ = −1.
        AreClose(
            [2.8594012, 2.2435708, 1.9735737],
            GroupSequentialDesign.LanDeMets([0.3, 0.7, 1], AlphaSpending.Power(2.2), 0.03, twoSided: false).Bounds, 1e-6);
        AreClose(
            [2.364813, 2.1928805, 1.5660474],
            GroupSequentialDesign.LanDeMets([0.2, 0.4, 1], AlphaSpending.HwangShihDeCani(-1), 0.07, twoSided: false).Bounds, 1e-6);
    }

    [Fact]
    public void LanDeMets_FiveLooks_GivesTheLanDeMetsProgramsBounds()
    {
        // Reboussin, DeMets, Kim and Lan (2000), Controlled Clinical Trials 21, two-sided 0.05: four decimals, of which their coarser grid
        // leaves the last open by one.
        AreClose(
            [4.8769, 3.3569, 2.6803, 2.2898, 2.0310],
            GroupSequentialDesign.LanDeMets(Equal(5), AlphaSpending.OBrienFlemingType).Bounds, 1.6e-4);
        AreClose(
            [2.4380, 2.4268, 2.4101, 2.3966, 2.3859],
            GroupSequentialDesign.LanDeMets(Equal(5), AlphaSpending.PocockType).Bounds, 1.6e-4);
        // SeqBounds.jl's documented example, one-sided 0.05, on a grid of its own.
        var design = GroupSequentialDesign.LanDeMets(Equal(4), AlphaSpending.OBrienFlemingType, 0.05, twoSided: false);
        AreClose([3.74955, 2.53993, 2.01604, 1.72014], design.Bounds, 5e-5);
        AreClose([8.85754e-5, 0.0055746, 0.0236251, 0.05], design.Spent, 1e-7);
        AreClose([8.85754e-5, 0.00554366, 0.0218979, 0.0427037], design.NominalLevels, 5e-6);
    }

    [Fact]
    public void InflationFactor_PocockFourLooks_GivesSasValues()
    {
        // SAS/STAT SEQDESIGN, example "Creating Two-Sided Pocock and O'Brien-Fleming Designs": percent of the fixed sample.
        var design = GroupSequentialDesign.WangTsiatis(Equal(4), 0.5);
        var inflation = design.InflationFactor(0.9);
        Assert.Equal(1.183143, inflation, 2e-6);
        Assert.Equal(1.156074, inflation * design.At(0).ExpectedFraction, 2e-6);
        Assert.Equal(0.6974805, inflation * design.At(design.DriftForPower(0.9)).ExpectedFraction, 2e-6);
    }

    [Fact]
    public void At_UnequalLooks_IsWhatSimulatedPathsDo()
    {
        double[] fractions = [0.3, 0.45, 1];
        var design = GroupSequentialDesign.LanDeMets(fractions, AlphaSpending.PocockType, 0.2);
        const int paths = 100_000;
        foreach (var drift in new[] { 0, 1.5 })
        {
            var (upper, lower) = (new int[3], new int[3]);
            var random = new Random(31);
            for (var path = 0; path < paths; path++)
            {
                double sum = 0, before = 0;
                for (var k = 0; k < 3; k++)
                {
                    sum += (drift * (fractions[k] - before)) + (Math.Sqrt(fractions[k] - before) * Simulated.Normal(random));
                    before = fractions[k];
                    var z = sum / Math.Sqrt(before);
                    if (Math.Abs(z) < design.Bounds[k]) continue;
                    (z > 0 ? upper : lower)[k]++;
                    break;
                }
            }

            // Five simulation errors: 5·√(p(1 − p)/n) ≤ 0.008.
            var expected = design.At(drift);
            AreClose(expected.Upper, [.. upper.Select(n => n / (double)paths)], 0.007);
            AreClose(expected.Lower, [.. lower.Select(n => n / (double)paths)], 0.007);
        }
    }

    [Fact]
    public void LanDeMets_LooksAddedLater_KeepEarlierBounds()
    {
        var two = GroupSequentialDesign.LanDeMets([0.2, 0.5], AlphaSpending.OBrienFlemingType);
        var four = GroupSequentialDesign.LanDeMets([0.2, 0.5, 0.9, 1.1], AlphaSpending.OBrienFlemingType);
        Assert.Equal(two.Bounds, four.Bounds.Take(2));
        Assert.Equal(0.05, four.Spent[^1], 1e-12);
        Assert.Equal(0.05, four.At(0).Total, 1e-8);
        var one = GroupSequentialDesign.LanDeMets([1], AlphaSpending.PocockType);
        Assert.Equal(1.959963984540054, one.Bounds[0], 1e-10);
        Assert.Equal(1, one.InflationFactor(0.8), 1e-7);
    }

    [Fact]
    public void RepeatedPValue_AtTheBound_IsTheErrorRate()
    {
        foreach (var design in new[]
        {
            GroupSequentialDesign.LanDeMets([0.3, 0.6, 1], AlphaSpending.PocockType),
            GroupSequentialDesign.LanDeMets([0.3, 0.6, 1], AlphaSpending.OBrienFlemingType, 0.025, twoSided: false),
            GroupSequentialDesign.WangTsiatis([0.3, 0.6, 1], 0)
        })
        {
            for (var look = 1; look <= 3; look++)
            {
                Assert.Equal(design.Alpha, design.RepeatedPValue(look, design.Bounds[look - 1]), 1e-7);
                Assert.True(design.RepeatedPValue(look, design.Bounds[look - 1] + 0.1) < design.Alpha);
            }

            var (low, high) = design.RepeatedInterval(2, 1, 0.5);
            Assert.Equal(1 - (0.5 * design.Bounds[1]), low);
            Assert.Equal(design.TwoSided ? 1 + (0.5 * design.Bounds[1]) : double.PositiveInfinity, high);
        }

        Assert.Equal(1, GroupSequentialDesign.WangTsiatis([0.5, 1], 0.5).RepeatedPValue(1, 0), 1e-9);
    }

    [Fact]
    public void LanDeMets_BadArguments_Throws()
    {
        Assert.Throws<ArgumentException>(() => GroupSequentialDesign.LanDeMets([], AlphaSpending.PocockType));
        Assert.Throws<ArgumentException>(() => GroupSequentialDesign.LanDeMets([0.5, 0.5], AlphaSpending.PocockType));
        Assert.Throws<ArgumentException>(() => GroupSequentialDesign.LanDeMets([0, 0.5], AlphaSpending.PocockType));
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupSequentialDesign.LanDeMets([1], AlphaSpending.PocockType, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupSequentialDesign.WangTsiatis([1], 0.5).RepeatedInterval(2, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GroupSequentialDesign.WangTsiatis([1], 0.5).DriftForPower(0.01));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlphaSpending.Power(0));
    }

    private static double[] Equal(int looks) => [.. Enumerable.Range(1, looks).Select(k => k / (double)looks)];

    private static void AreClose(IReadOnlyList<double> expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var k = 0; k < expected.Count; k++) Assert.Equal(expected[k], actual[k], tolerance);
    }
}
