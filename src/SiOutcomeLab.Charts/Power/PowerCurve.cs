using SiOutcomeLab.Charts.Drawing;
using SiOutcomeLab.Charts.Scales;

namespace SiOutcomeLab.Charts;

/// <summary>Power against the number of persons, with the power asked for and a marked point.</summary>
public static class PowerCurve
{
    private const double Height = 240;

    // Each curve has a dash of its own besides its colour.
    private static readonly Paint[] Strokes =
    [
        Paint.Line(Ink.Blue, 2.5), Paint.Line(Ink.Vermillion, 2.5, "9 4"), Paint.Line(Ink.Green, 2.5, "3 3"),
        Paint.Line(Ink.Text, 2, "12 3 3 3"),
    ];

    private static readonly Paint TargetLine = Paint.Line(Ink.Text, 1.25);

    /// <summary>The picture as an SVG document.</summary>
    /// <param name="data">What is shown.</param>
    /// <param name="frame">Title, description, language and width.</param>
    public static string Draw(PowerData data, ChartFrame frame)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfZero(data.Lines.Count, nameof(data));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Lines.Count, Strokes.Length, nameof(data));
        if (data.Target is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(data), "A power lies between 0 and 1.");
        var canvas = new Canvas(frame);
        var mark = data.Mark is { } m && IsShown(m.Persons, m.Power) ? m : null;
        Legend.Draw(canvas, Explained(canvas, data, mark));
        canvas.Top = canvas.Paragraph(canvas.Words.Power, TextStyle.Small with { Colour = Ink.Text }, canvas.Top, most: 2) + 8;
        var up = new Scale(0, 100, canvas.Top + Height, canvas.Top);
        var ticks = up.Ticks(5, canvas.Numbers);
        var (left, right) = (Canvas.Margin + 12 + ticks.Max(t => TextWidth.Of(t.Text, TextStyle.Small)), canvas.Right - 8);
        var counts = data.Lines.SelectMany(l => l.Points).Where(p => IsShown(p.Persons, p.Power)).Select(p => p.Persons)
            .Concat(mark is null ? [] : [mark.Persons]).DefaultIfEmpty(0).ToArray();
        var across = new Scale(counts.Min(), counts.Max(), left, right) { WholeTicks = true };
        Axis.Vertical(canvas, up, left, right, ticks);
        var bottom = Axis.Horizontal(canvas, across, canvas.Top + Height, canvas.Top, canvas.Top + Height);
        canvas.Svg.Line("target", left, up.At(data.Target * 100), right, up.At(data.Target * 100), TargetLine);
        for (var i = 0; i < data.Lines.Count; i++) Curve(canvas.Svg, data.Lines[i], i, across, up);
        if (mark is not null) Mark(canvas.Svg, mark, across, up);
        canvas.Top = Axis.Label(canvas, data.CountLabel, left, right, bottom);
        return canvas.Finish();
    }

    private static bool IsShown(double persons, double power) => Scale.CanPlace(persons, logarithmic: false) && power is >= 0 and <= 1;

    private static void Curve(SvgWriter svg, PowerLine line, int index, Scale across, Scale up)
    {
        svg.OpenGroup("curve", index, line.Label);
        var points = line.Points.OrderBy(p => p.Persons).ToArray();
        for (var i = 0; i < points.Length; i++)
        {
            var run = points.Skip(i).TakeWhile(p => IsShown(p.Persons, p.Power))
                .Select(p => (across.At(p.Persons), up.At(p.Power * 100))).ToArray();
            if (run.Length > 1) svg.Path("curve", run, closed: false, Strokes[index]);
            else if (run.Length == 1) svg.Circle("curve", run[0].Item1, run[0].Item2, 3, Paint.Filled(Strokes[index].Stroke));
            i += run.Length;
        }

        svg.CloseGroup();
    }

    private static void Mark(SvgWriter svg, PowerMark mark, Scale across, Scale up)
    {
        var (x, y) = (across.At(mark.Persons), up.At(mark.Power * 100));
        svg.Line("guide", x, up.At(0), x, y, Paint.Line(Ink.Muted, 1, "3 2"));
        svg.Line("guide", across.At(across.Low), y, x, y, Paint.Line(Ink.Muted, 1, "3 2"));
        Marks.Diamond(svg, "mark", x - 7, x, x + 7, y, 7, Paint.Filled(Ink.Text));
    }

    private static List<LegendItem> Explained(Canvas canvas, PowerData data, PowerMark? mark)
    {
        var items = data.Lines.Select((line, i) => new LegendItem(
            (svg, x, y) => svg.Line("legend", x - 13, y, x + 13, y, Strokes[i]), line.Label)).ToList();
        var target = $"{canvas.Words.PowerTarget} {canvas.Numbers.Percent(data.Target, 0)}";
        items.Add(new((svg, x, y) => svg.Line("legend", x - 13, y, x + 13, y, TargetLine), target));
        if (mark is null) return items;
        items.Add(new((svg, x, y) => Marks.Diamond(svg, "legend", x - 7, x, x + 7, y, 7, Paint.Filled(Ink.Text)), mark.Label));
        return items;
    }
}
