using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Amounts in figures and words, and their ends on an axis.</summary>
internal static class MoneyText
{
    public static RowText Of(Canvas canvas, MoneyRow row, int decimals, bool withSign, bool bold = false)
    {
        var label = XmlText.Clean(row.Label);
        if (Shown(row.Amount) is not { } amount) return new RowText(label, "", XmlText.Clean(row.Gap ?? canvas.Words.NotShown), bold);
        var figure = withSign ? canvas.Numbers.WithSign(amount, decimals) : canvas.Numbers.Fixed(amount, decimals);
        if (Ends(row) is not { } ends) return new RowText(label, figure, Bold: bold);
        var interval = $"{canvas.Numbers.Fixed(ends.Lower, decimals)} {canvas.Words.To} {canvas.Numbers.Fixed(ends.Upper, decimals)}";
        return new RowText(label, $"{figure} ({interval})", Bold: bold);
    }

    /// <summary>The amount if it can be placed on an axis.</summary>
    public static decimal? Shown(decimal? amount) => amount is { } a && Scale.CanPlace((double)a, logarithmic: false) ? a : null;

    public static (decimal Lower, decimal Upper)? Ends(MoneyRow row) =>
        Shown(row.Lower) is { } lower && Shown(row.Upper) is { } upper ? (lower, upper) : null;

    /// <summary>An axis over the values and zero, with a little room.</summary>
    public static Scale ScaleOf(IEnumerable<decimal> values, RowTable table)
    {
        var all = values.Append(0).ToArray();
        var (low, high) = ((double)all.Min(), (double)all.Max());
        if (low == high) high = 1;
        var room = (high - low) * 0.03;
        return new Scale(low < 0 ? low - room : 0, high > 0 ? high + room : 0, table.PlotLeft, table.PlotRight);
    }
}
