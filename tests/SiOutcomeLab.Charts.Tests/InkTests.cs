using System.Globalization;
using SiOutcomeLab.Charts.Drawing;

namespace SiOutcomeLab.Charts.Tests;

/// <summary>Contrast as WCAG 2.2 defines it (success criteria 1.4.3 and 1.4.11).</summary>
public sealed class InkTests
{
    [Fact]
    public void Text_HasAContrastOfAtLeast4Point5() => Assert.All(Ink.OfText, c => Assert.True(Contrast(c, Ink.Paper) >= 4.5, c));

    [Fact]
    public void Marks_HaveAContrastOfAtLeast3() =>
        Assert.All(Ink.OfMarks, c => Assert.True(Contrast(c, Ink.Paper) >= 3, $"{c} {Contrast(c, Ink.Paper)}"));

    [Fact]
    public void Marks_OnTheBandsTint_KeepTheirContrast() => Assert.True(Contrast(Ink.Blue, EventBand.Paint.Fill) >= 3);

    [Fact]
    public void Contrast_OfKnownPairs_IsWhatWcagSays()
    {
        Assert.Equal(21, Contrast("#000000", "#FFFFFF"), 0.001);
        // The best known border case of 4.5:1.
        Assert.Equal(4.54, Contrast("#767676", "#FFFFFF"), 0.005);
    }

    private static double Contrast(string a, string b)
    {
        var (x, y) = (Luminance(a), Luminance(b));
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    private static double Luminance(string colour)
    {
        double Channel(int at)
        {
            var share = int.Parse(colour.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }
}
