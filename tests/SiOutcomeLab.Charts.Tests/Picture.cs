using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SiOutcomeLab.Charts.Drawing;

namespace SiOutcomeLab.Charts.Tests;

/// <summary>A rectangle in the view box.</summary>
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public bool Crosses(Box other, double slack) =>
        Left < other.Right - slack && other.Left < Right - slack && Top < other.Bottom - slack && other.Top < Bottom - slack;
}

/// <summary>A drawn picture read back as any XML reader reads it.</summary>
internal sealed class Picture(string svg)
{
    public static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public string Source { get; } = svg;

    public XElement Root { get; } = XDocument.Parse(svg).Root!;

    public double Width => ViewBox[2];

    public double Height => ViewBox[3];

    public IEnumerable<XElement> Texts => Root.Descendants(Svg + "text");

    public IEnumerable<XElement> Shapes => Root.Descendants().Where(e => e.Attribute("data-mark") is not null);

    private double[] ViewBox => [.. ((string)Root.Attribute("viewBox")!).Split(' ').Select(Parse)];

    public XElement[] Marks(string mark) => [.. Shapes.Where(e => (string?)e.Attribute("data-mark") == mark)];

    public XElement Row(int row) =>
        Root.Descendants(Svg + "g").Single(g => (string?)g.Attribute("data-row") == row.ToString(CultureInfo.InvariantCulture));

    public static string Title(XElement group) => group.Element(Svg + "title")!.Value;

    public static double Number(XElement element, string attribute) => Parse((string)element.Attribute(attribute)!);

    /// <summary>Where a shape's middle is.</summary>
    public static (double X, double Y) Middle(XElement shape)
    {
        var box = BoxOf(shape);
        return ((box.Left + box.Right) / 2, (box.Top + box.Bottom) / 2);
    }

    public static Box BoxOf(XElement shape)
    {
        double N(string attribute) => Number(shape, attribute);
        switch (shape.Name.LocalName)
        {
            case "line":
                return new(Math.Min(N("x1"), N("x2")), Math.Min(N("y1"), N("y2")), Math.Max(N("x1"), N("x2")), Math.Max(N("y1"), N("y2")));
            case "rect": return new(N("x"), N("y"), N("x") + N("width"), N("y") + N("height"));
            case "circle": return new(N("cx") - N("r"), N("cy") - N("r"), N("cx") + N("r"), N("cy") + N("r"));
            case "text": return TextBox(shape);
            default:
                var points = PathPoints(shape);
                return new(points.Min(p => p.X), points.Min(p => p.Y), points.Max(p => p.X), points.Max(p => p.Y));
        }
    }

    public static (double X, double Y)[] PathPoints(XElement path) =>
        [
            .. Regex.Matches((string)path.Attribute("d")!, @"[ML](-?[\d.]+) (-?[\d.]+)")
                .Select(m => (Parse(m.Groups[1].Value), Parse(m.Groups[2].Value))),
        ];

    /// <summary>The linear axis along the bottom, read from its ticks alone: the place of any value.</summary>
    public Func<double, double> Across(NumberText numbers)
    {
        var ticks = Marks("tick").Where(t => Number(t, "x1") == Number(t, "x2")).Select(t => Number(t, "x1")).Distinct().Order().ToArray();
        var texts = Texts.Where(t => (string?)t.Attribute("text-anchor") == "middle" && Value(t.Value, numbers) is not null).ToArray();
        var (first, last) = (Nearest(texts, ticks[0]), Nearest(texts, ticks[^1]));
        var slope = (ticks[^1] - ticks[0]) / (Value(last.Value, numbers)!.Value - Value(first.Value, numbers)!.Value);
        return value => ticks[0] + (value - Value(first.Value, numbers)!.Value) * slope;
    }

    /// <summary>The linear axis along the left, read from its ticks.</summary>
    public Func<double, double> Up(NumberText numbers)
    {
        var ticks = Marks("tick").Where(t => Number(t, "y1") == Number(t, "y2")).Select(t => Number(t, "y1")).Order().ToArray();
        var texts = Texts.Where(t => (string?)t.Attribute("text-anchor") == "end" && Value(t.Value, numbers) is not null).ToArray();
        var (top, bottom) = (texts.MinBy(t => Math.Abs(Middle(t).Y - ticks[0]))!, texts.MinBy(t => Math.Abs(Middle(t).Y - ticks[^1]))!);
        var slope = (ticks[^1] - ticks[0]) / (Value(bottom.Value, numbers)!.Value - Value(top.Value, numbers)!.Value);
        return value => ticks[0] + (value - Value(top.Value, numbers)!.Value) * slope;
    }

    /// <summary>A number as written for people, read back.</summary>
    public static double? Value(string text, NumberText numbers)
    {
        var plain = text.Replace(numbers.GroupSeparator, "").Replace(numbers.DecimalSeparator, ".").Replace('\u2212', '-');
        return double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    private static XElement Nearest(XElement[] texts, double x) => texts.MinBy(t => Math.Abs(Middle(t).X - x))!;

    private static Box TextBox(XElement text)
    {
        var (x, y, size) = (Number(text, "x"), Number(text, "y"), Number(text, "font-size"));
        var width = TextWidth.Of(text.Value, new TextStyle(size, Bold: (string?)text.Attribute("font-weight") == "bold"));
        var left = (string?)text.Attribute("text-anchor") switch { "end" => x - width, "middle" => x - width / 2, _ => x };
        // From the ascenders to the descenders.
        return new(left, y - size * 0.76, left + width, y + size * 0.24);
    }

    private static double Parse(string number) => double.Parse(number, NumberStyles.Float, CultureInfo.InvariantCulture);
}
