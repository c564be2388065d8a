using System.Text;

namespace SiOutcomeLab.Charts.Drawing;

/// <summary>Text as XML may hold it. Labels come from outside: nothing in them may become markup, or break a reader.</summary>
internal static class XmlText
{
    /// <summary>
    /// The text on one line. What XML 1.0 does not allow, lone surrogates, and the marks that turn the direction of the text around them
    /// become U+FFFD, so that it can be seen that something stood there.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value is '\t' or '\n' or '\r' or 0x85 or 0x2028 or 0x2029) clean.Append(' ');
            else clean.Append(Allowed(rune.Value) ? rune.ToString() : "\uFFFD");
        }

        return clean.ToString();
    }

    /// <summary>Cleaned and escaped, for content and for attributes in double quotes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in Clean(text))
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    private static bool Allowed(int rune) =>
        rune >= 0x20 && rune is not (>= 0x7F and <= 0x9F) && (rune & 0xFFFE) != 0xFFFE
        && rune is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x61C);
}
