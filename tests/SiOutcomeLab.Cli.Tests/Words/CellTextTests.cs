using SiOutcomeLab.Cli.Tests.Samples;
using SiOutcomeLab.Cli.Words;

namespace SiOutcomeLab.Cli.Tests.Words;

public sealed class CellTextTests
{
    [Fact]
    public void PointAndInterval_Swedish_HasNoBreakThousandsAndTrueMinus() =>
        Assert.Equal(
            "−1\u00A0234 (−2\u00A0000 till −469)", CellText.PointAndInterval(SampleEffects.Estimated().Estimate, Language.Swedish));

    [Fact]
    public void PointAndInterval_English_HasCommaThousands() =>
        Assert.Equal("−1,234 (−2,000 to −469)", CellText.PointAndInterval(SampleEffects.Estimated().Estimate, Language.English));

    [Theory]
    [InlineData(0.125, 0.1, 0.15, "0,125 (0,100 till 0,150)")]
    [InlineData(1.5, -0.25, 3.25, "1,50 (−0,25 till 3,25)")]
    [InlineData(-58.44, -81.8, -35.1, "−58,4 (−81,8 till −35,1)")]
    public void PointAndInterval_AnySize_TakesDecimalsFromTheLargest(double point, double low, double high, string expected) =>
        Assert.Equal(
            expected, CellText.PointAndInterval(SampleEffects.Estimated(point: point, low: low, high: high).Estimate, Language.Swedish));

    [Fact]
    public void Number_Suppressed_IsWordsAndNeverZero()
    {
        Assert.Equal("visas inte", CellText.Number(SampleEffects.Hidden(), Language.Swedish));
        Assert.Equal("withheld", CellText.Persons(SampleEffects.Hidden(), Language.English));
        Assert.Equal("–", CellText.Number(null, Language.Swedish));
    }

    [Fact]
    public void PointAndInterval_SuppressedEnd_ShowsNoInterval()
    {
        var estimate = SampleEffects.Estimated(point: 2, low: 1, high: 3).Estimate;
        estimate.CiLow = SampleEffects.Hidden();
        Assert.Equal("2,00 (visas inte)", CellText.PointAndInterval(estimate, Language.Swedish));
        estimate.Point = SampleEffects.Hidden();
        Assert.Equal("visas inte", CellText.PointAndInterval(estimate, Language.Swedish));
    }

    [Theory]
    [InlineData("effects list", 1)]
    [InlineData("effects list --lang en", 2)]
    [InlineData("--lang=en demo", 2)]
    [InlineData("--lang sv demo", 1)]
    public void Of_CommandLine_FindsTheLanguage(string line, int expected) =>
        Assert.Equal((Language)expected, LanguageWords.Of(line.Split(' ')));
}
