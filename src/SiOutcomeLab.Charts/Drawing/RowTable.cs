namespace SiOutcomeLab.Charts.Drawing;

/// <summary>The texts of a row: what it is, its figures, or why it has none.</summary>
internal sealed record RowText(string Label, string Value, string? Gap = null, bool Bold = false);

/// <summary>Where a row lies. <c>MarkY</c> is the middle of its marks, <c>TextBottom</c> where text above them ends.</summary>
internal sealed record RowPlace(
    double Top, double TextBottom, double Bottom, double MarkY, double LabelY, double ValueY,
    IReadOnlyList<string> Label, IReadOnlyList<string> Gap);

/// <summary>
/// Rows with a label, marks on a shared axis, and figures. On a wide picture these stand side by side; on a narrow one the text stands
/// above the marks, which then have the whole width. Long labels wrap and are cut after two lines; the row's title has the whole.
/// </summary>
internal sealed class RowTable
{
    private const double WideFrom = 600;
    private const double Gutter = 14;

    private static readonly TextStyle Figures = TextStyle.Small with { Colour = Ink.Text };

    private readonly Canvas _canvas;
    private readonly IReadOnlyList<RowText> _rows;
    private readonly RowPlace[] _places;
    private readonly bool _wide;
    private readonly bool _figuresBeside;

    public RowTable(Canvas canvas, IReadOnlyList<RowText> rows, double markHeight)
    {
        (_canvas, _rows) = (canvas, rows);
        var inner = canvas.Right - Canvas.Margin;
        var figures = rows.Select(r => TextWidth.Of(r.Value, Bold(Figures, r))).DefaultIfEmpty(0).Max();
        var labels = rows.Select(r => TextWidth.Of(r.Label, Bold(TextStyle.Label, r))).DefaultIfEmpty(0).Max();
        _wide = canvas.Width >= WideFrom && figures <= inner * 0.4;
        var labelWidth = _wide ? Math.Min(labels, inner * 0.32) : inner;
        _figuresBeside = _wide || inner - figures - Gutter >= 190;
        if (!_wide && _figuresBeside) labelWidth = inner - figures - Gutter;
        PlotLeft = _wide ? Canvas.Margin + labelWidth + Gutter : Canvas.Margin + 8;
        PlotRight = _wide && figures > 0 ? canvas.Right - figures - Gutter : canvas.Right - 8;
        Top = canvas.Top;
        _places = new RowPlace[rows.Count];
        for (var i = 0; i < rows.Count; i++) _places[i] = Place(rows[i], labelWidth, markHeight, i == 0 ? Top : _places[i - 1].Bottom);
    }

    public double PlotLeft { get; }

    public double PlotRight { get; }

    public double Top { get; }

    public double Bottom => _places.Length == 0 ? Top : _places[^1].Bottom;

    public RowPlace this[int row] => _places[row];

    /// <summary>Opens the row's group and writes its texts; the caller draws the marks and closes the group.</summary>
    public void Begin(int row)
    {
        var (text, place, svg) = (_rows[row], _places[row], _canvas.Svg);
        svg.OpenGroup("row", row, $"{text.Label}: {text.Gap ?? text.Value}");
        if (!_wide) Paper(svg, place);
        svg.Lines(Canvas.Margin, place.LabelY, place.Label, Bold(TextStyle.Label, text));
        if (text.Gap is null)
        {
            var x = _figuresBeside ? _canvas.Right : Canvas.Margin;
            var figures = Bold(Figures, text) with { Anchor = _figuresBeside ? Anchor.End : Anchor.Start };
            svg.Lines(x, place.ValueY, [TextFit.Cut(text.Value, figures, _canvas.Right - Canvas.Margin)], figures);
            return;
        }

        var style = TextStyle.Small;
        var top = place.MarkY - place.Gap.Count * style.LineHeight / 2;
        var left = _wide ? PlotLeft : Canvas.Margin;
        var (width, height) = (place.Gap.Max(l => TextWidth.Of(l, style)) + 8, place.Gap.Count * style.LineHeight);
        svg.Rect("gap", left - 4, top, width, height, Paint.Filled(Ink.Paper));
        svg.Lines(left, top + style.LineHeight / 2, place.Gap, style);
    }

    // Text that stands in the plot has paper below it, so that no line of the plot runs through its letters.
    private void Paper(SvgWriter svg, RowPlace place)
    {
        svg.Rect("paper", Canvas.Margin, place.Top, _canvas.Right - Canvas.Margin, place.TextBottom - place.Top, Paint.Filled(Ink.Paper));
        svg.Line("separator", Canvas.Margin, place.Top, _canvas.Right, place.Top, Paint.Line(Ink.Grid, 1));
    }

    private RowPlace Place(RowText row, double labelWidth, double markHeight, double top)
    {
        var (style, small) = (Bold(TextStyle.Label, row), TextStyle.Small);
        var label = TextFit.Wrap(row.Label, style, labelWidth, 2);
        var gap = row.Gap is null ? [] : TextFit.Wrap(row.Gap, small, _canvas.Right - (_wide ? PlotLeft : Canvas.Margin) - 4, 2);
        var (labelHeight, marks) = (label.Count * style.LineHeight, Math.Max(markHeight, gap.Count * small.LineHeight));
        if (_wide)
        {
            var height = Math.Max(labelHeight, marks) + 8;
            var middle = top + height / 2;
            return new RowPlace(top, top, top + height, middle, middle - (label.Count - 1) * style.LineHeight / 2, middle, label, gap);
        }

        var first = top + 4 + style.LineHeight / 2;
        var figuresBelow = !_figuresBeside && row.Gap is null;
        var textHeight = labelHeight + (figuresBelow ? small.LineHeight : 0);
        var valueY = figuresBelow ? top + 4 + labelHeight + small.LineHeight / 2 : first;
        var textBottom = row.Gap is null ? top + textHeight + 5 : top + textHeight + marks + 8;
        return new RowPlace(top, textBottom, top + textHeight + marks + 8, top + 5 + textHeight + marks / 2, first, valueY, label, gap);
    }

    private static TextStyle Bold(TextStyle style, RowText row) => style with { Bold = row.Bold };
}
