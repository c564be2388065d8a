using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Savings and costs by actor, each bar beginning where the one above it ended, and their total.</summary>
public static class WaterfallChart
{
    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(WaterfallData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        var canvas = new Canvas(frame);
        Legend.Draw(canvas, Explained(canvas, data.Steps));
        var total = data.Total ?? Sum(canvas, data.Steps);
        List<RowText> texts = [.. data.Steps.Select(s => MoneyText.Of(canvas, s, data.Decimals, withSign: true))];
        texts.Add(MoneyText.Of(canvas, total, data.Decimals, withSign: true, bold: true));
        var table = new RowTable(canvas, texts, 22);
        var starts = Starts(data.Steps);
        var scale = MoneyText.ScaleOf([.. starts, .. data.Steps.SelectMany((s, i) => Reached(s, starts[i])), .. Reached(total, 0)], table);
        var bottom = Axis.Horizontal(canvas, scale, table.Bottom + 4, table.Top, table.Bottom + 4);
        canvas.Svg.Line("reference", scale.At(0), table.Top, scale.At(0), table.Bottom + 4, Paint.Line(Ink.Text, 1.5));
        Connect(canvas.Svg, MoneyText.Shown(total.Amount) is null ? starts[..^1] : starts, scale, table);
        for (var i = 0; i < data.Steps.Count; i++)
        {
            table.Begin(i);
            Step(canvas.Svg, data.Steps[i], starts[i], scale, table[i].MarkY);
            canvas.Svg.CloseGroup();
        }

        table.Begin(data.Steps.Count);
        Total(canvas.Svg, total, scale, table[data.Steps.Count].MarkY);
        canvas.Svg.CloseGroup();
        canvas.Top = Axis.Label(canvas, data.AxisLabel, table.PlotLeft, table.PlotRight, bottom);
        return canvas.Finish();
    }

    private static MoneyRow Sum(Canvas canvas, IReadOnlyList<MoneyRow> steps) => new(
        canvas.Words.Total, steps.All(s => MoneyText.Shown(s.Amount) is not null) ? steps.Sum(s => s.Amount!.Value) : null);

    // Where each step begins, and where the last ends; a gap moves nothing.
    private static decimal[] Starts(IReadOnlyList<MoneyRow> steps)
    {
        var starts = new decimal[steps.Count + 1];
        for (var i = 0; i < steps.Count; i++) starts[i + 1] = starts[i] + (MoneyText.Shown(steps[i].Amount) ?? 0);
        return starts;
    }

    private static decimal[] Reached(MoneyRow row, decimal from)
    {
        if (MoneyText.Shown(row.Amount) is not { } amount) return [];
        return MoneyText.Ends(row) is { } ends ? [from + amount, from + ends.Lower, from + ends.Upper] : [from + amount];
    }

    private static void Connect(SvgWriter svg, decimal[] starts, Scale scale, RowTable table)
    {
        for (var i = 1; i < starts.Length; i++)
        {
            var x = scale.At((double)starts[i]);
            svg.Line("connector", x, table[i - 1].MarkY, x, table[i].MarkY, Paint.Line(Ink.Muted, 1, "3 2"));
        }
    }

    private static void Step(SvgWriter svg, MoneyRow step, decimal start, Scale scale, double y)
    {
        if (MoneyText.Shown(step.Amount) is not { } amount) return;
        if (amount < 0) MoneyBar.Draw(svg, "cost", scale, start, start + amount, y, Paint.Hollow(Ink.Vermillion));
        else MoneyBar.Draw(svg, "saving", scale, start, start + amount, y, Paint.Filled(Ink.Blue));
        MoneyBar.Interval(svg, scale, step, start, y);
    }

    private static void Total(SvgWriter svg, MoneyRow total, Scale scale, double y)
    {
        if (MoneyText.Shown(total.Amount) is not { } amount) return;
        MoneyBar.Draw(svg, "total", scale, 0, amount, y, Paint.Filled(Ink.Text));
        MoneyBar.Interval(svg, scale, total, 0, y);
    }

    private static List<LegendItem> Explained(Canvas canvas, IReadOnlyList<MoneyRow> steps)
    {
        List<LegendItem> items = [];
        if (steps.Any(s => s.Amount >= 0))
        {
            items.Add(new((svg, x, y) => svg.Rect("legend", x - 12, y - 6, 24, 12, Paint.Filled(Ink.Blue)), canvas.Words.Saving));
        }

        if (steps.Any(s => s.Amount < 0))
        {
            items.Add(new((svg, x, y) => svg.Rect("legend", x - 12, y - 6, 24, 12, Paint.Hollow(Ink.Vermillion)), canvas.Words.Cost));
        }

        return items;
    }
}
