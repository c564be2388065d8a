using System.Text;

namespace SiOutcomeLab.Charts.Drawing;

/// <summary>
/// How wide a text may become. A picture does not know its reader's font, so this reckons with DejaVu Sans (the widths of Verdana), the
/// widest of those in common use: what fits here fits there.
/// </summary>
internal static class TextWidth
{
    // Advance widths of U+0020 to U+007E in hundredths of the font size, from the hmtx table of DejaVu Sans 2.37.
    private static ReadOnlySpan<byte> Ascii =>
    [
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54,
        100, 69, 69, 70, 78, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99, 69, 62, 69, 40, 34, 40, 84, 50,
        50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
    ];

    // Bold letters are 12 % wider on average there; 15 % leaves room for narrow letters, which widen more.
    private const double BoldFactor = 1.15;

    public static double Of(string text, TextStyle style)
    {
        double sum = 0;
        foreach (var rune in text.EnumerateRunes()) sum += Hundredths(rune);
        return sum / 100 * style.Size * (style.Bold ? BoldFactor : 1);
    }

    private static double Hundredths(Rune rune) => rune.Value switch
    {
        >= 0x20 and <= 0x7E => Ascii[rune.Value - 0x20],
        0xA0 or 0x202F => 32,
        0x2212 or 0xB1 or 0x221E => 84,
        0x2013 => 50,
        >= 0xC0 and <= 0x24F => 79,
        _ => Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark ? 0 : rune.Value < 0x2000 ? 90 : 110,
    };
}
