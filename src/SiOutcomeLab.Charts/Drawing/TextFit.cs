using System.Globalization;

namespace SiOutcomeLab.Charts.Drawing;

/// <summary>Makes text fit a width: breaks it into lines, and cuts with an ellipsis what does not fit in the last.</summary>
internal static class TextFit
{
    private const string Ellipsis = "…";

    /// <summary>The text, or as much of its beginning as fits with an ellipsis.</summary>
    public static string Cut(string text, TextStyle style, double width)
    {
        if (TextWidth.Of(text, style) <= width) return text;
        var kept = Fitting(text, style, width - TextWidth.Of(Ellipsis, style));
        return text[..kept].TrimEnd() + Ellipsis;
    }

    /// <summary>At most <paramref name="most"/> lines, broken at spaces and after hyphens; at least one, perhaps empty.</summary>
    public static IReadOnlyList<string> Wrap(string text, TextStyle style, double width, int most)
    {
        var lines = new List<string>();
        var rest = XmlText.Clean(text).Trim();
        while (lines.Count < most - 1 && TextWidth.Of(rest, style) > width)
        {
            var at = Break(rest, Math.Max(1, Fitting(rest, style, width)));
            lines.Add(rest[..at].TrimEnd(' '));
            rest = rest[at..].TrimStart(' ');
        }

        lines.Add(Cut(rest, style, width));
        return lines;
    }

    // How many chars of whole text elements fit, so that no letter loses its accent.
    private static int Fitting(string text, TextStyle style, double width)
    {
        double used = 0;
        var kept = 0;
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
        {
            var element = elements.GetTextElement();
            used += TextWidth.Of(element, style);
            if (used > width) break;
            kept += element.Length;
        }

        return kept;
    }

    // The last place to break at or before the limit; a word longer than the line is broken where the line ends.
    private static int Break(string text, int limit)
    {
        for (var i = Math.Min(limit, text.Length - 1); i > 0; i--)
        {
            if (text[i] == ' ' || (i <= limit && text[i - 1] is '-' or '/')) return i;
        }

        return char.IsHighSurrogate(text[limit - 1]) ? limit + 1 : limit;
    }
}
