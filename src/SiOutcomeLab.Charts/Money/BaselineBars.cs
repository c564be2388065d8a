using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Amounts as bars from zero, each with its interval: what a target group costs each actor.</summary>
public static class BaselineBars
{
    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(BaselineData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        var canvas = new Canvas(frame);
        var table = new RowTable(canvas, [.. data.Rows.Select(r => MoneyText.Of(canvas, r, data.Decimals, withSign: false))], 22);
        var shown = data.Rows.Where(r => MoneyText.Shown(r.Amount) is not null).ToArray();
        var ends = shown.Select(MoneyText.Ends).OfType<(decimal Lower, decimal Upper)>().SelectMany(e => new[] { e.Lower, e.Upper });
        var scale = MoneyText.ScaleOf([.. shown.Select(r => r.Amount!.Value), .. ends], table);
        var bottom = Axis.Horizontal(canvas, scale, table.Bottom + 4, table.Top, table.Bottom + 4);
        canvas.Svg.Line("reference", scale.At(0), table.Top, scale.At(0), table.Bottom + 4, Paint.Line(Ink.Text, 1.5));
        for (var i = 0; i < data.Rows.Count; i++)
        {
            table.Begin(i);
            if (MoneyText.Shown(data.Rows[i].Amount) is { } amount)
            {
                MoneyBar.Draw(canvas.Svg, "amount", scale, 0, amount, table[i].MarkY, Paint.Filled(Ink.Blue));
                MoneyBar.Interval(canvas.Svg, scale, data.Rows[i], 0, table[i].MarkY);
            }

            canvas.Svg.CloseGroup();
        }

        canvas.Top = Axis.Label(canvas, data.AxisLabel, table.PlotLeft, table.PlotRight, bottom);
        return canvas.Finish();
    }
}
