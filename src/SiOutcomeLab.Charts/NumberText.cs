using System.Globalization;

namespace SiOutcomeLab.Charts;

/// <summary>How a language writes numbers, the same on every machine: true minus sign, fixed decimals, no minus zero.</summary>
/// <param name="GroupSeparator">Between thousands; never an ordinary space, which a line could break at.</param>
/// <param name="DecimalSeparator">Before the decimals.</param>
public sealed record NumberText(string GroupSeparator, string DecimalSeparator)
{
    private const string Minus = "\u2212";

    /// <summary>A no-break space between thousands and a decimal comma.</summary>
    public static NumberText Swedish { get; } = new("\u00A0", ",") { PercentSign = "\u00A0%" };

    /// <summary>A comma between thousands and a decimal point.</summary>
    public static NumberText English { get; } = new(",", ".");

    /// <summary>What stands after a percentage, with the space before it if the language has one.</summary>
    public string PercentSign { get; init; } = "%";

    /// <summary>The number with a fixed count of decimals; an infinity as its sign.</summary>
    /// <param name="value">Any number but NaN, which is a gap and has no digits.</param>
    /// <param name="decimals">0 to 15.</param>
    public string Fixed(double value, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 15);
        if (double.IsNaN(value)) throw new ArgumentException("NaN is a gap: tell it in words.", nameof(value));
        if (double.IsInfinity(value)) return value > 0 ? "∞" : Minus + "∞";
        var shown = Math.Round(value, decimals, MidpointRounding.ToEven);
        return (shown == 0 ? 0 : shown).ToString(Format(decimals), Info());
    }

    /// <summary>A share of one as a percentage.</summary>
    /// <param name="share">0.8 is 80 %.</param>
    /// <param name="decimals">0 to 15.</param>
    public string Percent(double share, int decimals) => Fixed(share * 100, decimals) + PercentSign;

    /// <summary>An amount with a fixed count of decimals.</summary>
    /// <param name="value">The amount.</param>
    /// <param name="decimals">0 to 15.</param>
    public string Fixed(decimal value, int decimals)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(decimals);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(decimals, 15);
        var shown = Math.Round(value, decimals, MidpointRounding.ToEven);
        return (shown == 0 ? 0 : shown).ToString(Format(decimals), Info());
    }

    /// <summary>As <see cref="Fixed(decimal, int)"/>, with a plus sign before what is above zero.</summary>
    /// <param name="value">The amount.</param>
    /// <param name="decimals">0 to 15.</param>
    public string WithSign(decimal value, int decimals) =>
        Math.Round(value, decimals, MidpointRounding.ToEven) > 0 ? "+" + Fixed(value, decimals) : Fixed(value, decimals);

    private static string Format(int decimals) => "N" + decimals.ToString(CultureInfo.InvariantCulture);

    private NumberFormatInfo Info() => new()
    {
        NumberGroupSeparator = GroupSeparator, NumberDecimalSeparator = DecimalSeparator, NegativeSign = Minus,
    };
}
