using System.Globalization;

namespace SiOutcomeLab.Domain;

/// <summary>
/// Numbers as people read them, the same on every machine: Swedish with a no-break space between thousands, a decimal comma and a
/// true minus sign; English with a comma between thousands and a decimal point.
/// </summary>
public static class PlainNumber
{
    private static readonly NumberFormatInfo Swedish = new()
    {
        NumberGroupSeparator = "\u00A0",
        NumberDecimalSeparator = ",",
        NegativeSign = "\u2212",
    };

    private static readonly NumberFormatInfo English = new()
    {
        NumberGroupSeparator = ",",
        NumberDecimalSeparator = ".",
        NegativeSign = "\u2212",
    };

    /// <summary>The number with a fixed count of decimals, in Swedish and in English.</summary>
    public static BilingualText Fixed(double value, int decimals)
    {
        var format = "N" + decimals.ToString(CultureInfo.InvariantCulture);
        // Minus zero reads as a mistake.
        var shown = Math.Round(value, decimals, MidpointRounding.ToEven) == 0 ? 0 : value;
        return new BilingualText(shown.ToString(format, Swedish), shown.ToString(format, English));
    }

    /// <summary>The number with about three significant digits: decimals only where they carry something.</summary>
    public static BilingualText ThreeDigits(double value) => Fixed(value, DecimalsFor(value));

    /// <summary>The decimals that give about three significant digits: 0 from 100, 1 from 10, 2 from 1, at most 3 below.</summary>
    public static int DecimalsFor(double value) => Math.Abs(value) switch
    {
        >= 99.95 => 0,
        >= 9.995 => 1,
        >= 0.9995 => 2,
        0 => 0,
        _ => 3,
    };
}
