using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Charts.Drawing;

/// <summary>
/// Writes shapes in presentation attributes only: no style sheet, script, reference or host that a strict content security policy would
/// stop. Coordinates have two decimals, and a number that is not finite never gets here.
/// </summary>
internal sealed class SvgWriter
{
    private readonly StringBuilder _out = new();

    public static string Number(double value)
    {
        if (!double.IsFinite(value)) throw new ArgumentOutOfRangeException(nameof(value), "A coordinate is finite: tell a gap in words.");
        var rounded = Math.Round(value, 2, MidpointRounding.ToEven);
        return (rounded == 0 ? 0 : rounded).ToString("0.##", CultureInfo.InvariantCulture);
    }

    public void Line(string mark, double x1, double y1, double x2, double y2, Paint paint) =>
        Shape($"<line data-mark=\"{mark}\" x1=\"{Number(x1)}\" y1=\"{Number(y1)}\" x2=\"{Number(x2)}\" y2=\"{Number(y2)}\"", paint);

    public void Rect(string mark, double x, double y, double width, double height, Paint paint) => Shape(
        $"<rect data-mark=\"{mark}\" x=\"{Number(x)}\" y=\"{Number(y)}\" width=\"{Number(width)}\" height=\"{Number(height)}\"", paint);

    public void Circle(string mark, double x, double y, double radius, Paint paint) =>
        Shape($"<circle data-mark=\"{mark}\" cx=\"{Number(x)}\" cy=\"{Number(y)}\" r=\"{Number(radius)}\"", paint);

    public void Path(string mark, IReadOnlyList<(double X, double Y)> points, bool closed, Paint paint)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points) path.Append(path.Length == 0 ? 'M' : 'L').Append(Number(x)).Append(' ').Append(Number(y));
        if (closed) path.Append('Z');
        Shape($"<path data-mark=\"{mark}\" d=\"{path}\"", paint);
    }

    public void Text(double x, double y, string text, TextStyle style)
    {
        if (text.Length == 0) return;
        _out.Append(CultureInfo.InvariantCulture, $"<text x=\"{Number(x)}\" y=\"{Number(y)}\" font-size=\"{Number(style.Size)}\"");
        if (style.Bold) _out.Append(" font-weight=\"bold\"");
        if (style.Anchor != Anchor.Start) _out.Append(style.Anchor == Anchor.End ? " text-anchor=\"end\"" : " text-anchor=\"middle\"");
        _out.Append(CultureInfo.InvariantCulture, $" fill=\"{style.Colour}\">{XmlText.Escape(text)}</text>\n");
    }

    /// <summary>Lines of text whose first has its middle at <paramref name="y"/>.</summary>
    public void Lines(double x, double y, IReadOnlyList<string> lines, TextStyle style)
    {
        for (var i = 0; i < lines.Count; i++) Text(x, y + i * style.LineHeight + style.Drop, lines[i], style);
    }

    /// <summary>Opens a group that has the full text of what is drawn in it, which browsers show to who points at it.</summary>
    public void OpenGroup(string kind, int index, string title) => _out.Append(
        CultureInfo.InvariantCulture, $"<g data-{kind}=\"{index}\"><title>{XmlText.Escape(title)}</title>\n");

    public void CloseGroup() => _out.Append("</g>\n");

    public override string ToString() => _out.ToString();

    private void Shape(string start, Paint paint)
    {
        _out.Append(start).Append(" fill=\"").Append(paint.Fill).Append('"');
        if (paint.Stroke != "none")
        {
            _out.Append(" stroke=\"").Append(paint.Stroke).Append("\" stroke-width=\"").Append(Number(paint.Width)).Append('"');
        }

        if (paint.Dash is not null) _out.Append(" stroke-dasharray=\"").Append(paint.Dash).Append('"');
        _out.Append("/>\n");
    }
}
