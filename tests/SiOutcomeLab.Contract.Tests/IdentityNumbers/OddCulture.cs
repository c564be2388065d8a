using System.Globalization;

namespace SiOutcomeLab.Contract.Tests.IdentityNumberTests;

/// <summary>
/// Cultures that differ from ours in everything code might lean on by mistake: digits, signs, separators, calendar, century and the
/// letter i. Made by hand, since the process knows no other culture than the invariant one.
/// </summary>
internal sealed class OddCulture(string digits, string negative, string separator, Calendar calendar) : CultureInfo(string.Empty, useUserOverride: false)
{
    public static IReadOnlyList<CultureInfo> All { get; } =
    [
        new OddCulture("٠١٢٣٤٥٦٧٨٩", "\u200F-", "٫", new UmAlQuraCalendar()),
        new OddCulture("๐๑๒๓๔๕๖๗๘๙", "1", "1", new ThaiBuddhistCalendar()),
        new OddCulture("0123456789", "\u2212", ",", new PersianCalendar()),
        new OddCulture("0123456789", "+", " ", new HebrewCalendar()),
    ];

    public override Calendar Calendar { get; } = calendar;

    public override NumberFormatInfo NumberFormat { get; set; } = new()
    {
        NativeDigits = [.. digits.Select(d => d.ToString())],
        NegativeSign = negative,
        NumberDecimalSeparator = separator,
        NumberGroupSeparator = ".",
    };

    public override DateTimeFormatInfo DateTimeFormat { get; set; } = new()
    {
        Calendar = new GregorianCalendar { TwoDigitYearMax = 1999 },
        DateSeparator = "0",
        ShortDatePattern = "dd/MM/yy",
    };
}
