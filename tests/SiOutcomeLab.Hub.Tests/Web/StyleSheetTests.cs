using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using SiOutcomeLab.Hub.Web;

namespace SiOutcomeLab.Hub.Tests.Web;

/// <summary>The style sheet's colours by the formula of WCAG 2.2, and that it reaches for nothing elsewhere.</summary>
public sealed class StyleSheetTests
{
    private static readonly string Css = Encoding.UTF8.GetString(StyleSheet.Content);

    private static readonly Dictionary<string, string> Colours =
        Regex.Matches(Css, @"--(\w+): (#[0-9a-f]{6});").ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    [Theory]
    [InlineData("ink", 7)]
    [InlineData("quiet", 4.5)]
    [InlineData("link", 4.5)]
    [InlineData("visited", 4.5)]
    [InlineData("focus", 3)]
    [InlineData("line", 3)]
    public void EveryColour_StandsOutFromBothGrounds(string colour, double least)
    {
        Assert.True(Contrast(Colours[colour], Colours["paper"]) >= least);
        Assert.True(Contrast(Colours[colour], Colours["shade"]) >= least);
    }

    [Fact]
    public void Contrast_OfKnownPairs_IsWcags()
    {
        Assert.Equal(21, Contrast("#000000", "#ffffff"), 1e-9);
        // The grey that is just enough on white, by WebAIM's checker: 4.54.
        Assert.Equal(4.54, Contrast("#767676", "#ffffff"), 0.005);
    }

    [Fact]
    public void EveryColour_ComesFromTheNamedOnes()
    {
        Assert.Equal(["focus", "ink", "line", "link", "paper", "quiet", "shade", "visited"], Colours.Keys.Order(StringComparer.Ordinal));
        var values = Regex.Matches(Css, @"(?<![-\w])(?:color|background|border-color): ([^;]+);").Select(m => m.Groups[1].Value);
        Assert.All(values, v => Assert.Matches(@"^(var\(--\w+\)|inherit)$", v));
        Assert.Equal(Colours.Count, Regex.Count(Css, "#[0-9a-f]{3,8};"));
    }

    [Fact]
    public void TheSheet_FetchesNothingAndKnowsPaperAndTelephones()
    {
        Assert.DoesNotContain("url(", Css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", Css, StringComparison.Ordinal);
        Assert.Contains("@media print", Css, StringComparison.Ordinal);
        Assert.Contains(":focus-visible { outline: 3px solid", Css, StringComparison.Ordinal);
    }

    // https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio
    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour) =>
        (0.2126 * Channel(colour, 1)) + (0.7152 * Channel(colour, 3)) + (0.0722 * Channel(colour, 5));

    private static double Channel(string colour, int at)
    {
        var c = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
    }
}
