using System.Text;

namespace SiOutcomeLab.Hub.Web.Markup;

/// <summary>Text as a page may hold it, between tags and in attributes in double quotes; also well-formed XML.</summary>
internal static class Encoded
{
    /// <summary>
    /// Appends text. What XML does not allow, lone surrogates and the marks that turn the direction of the text around them become U+FFFD,
    /// so that it can be seen that something stood there.
    /// </summary>
    public static void Append(StringBuilder output, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' => output.Append("&quot;"),
                '\'' => output.Append("&#39;"),
                _ => output.Append(IsAllowed(rune.Value) ? rune.ToString() : "\uFFFD"),
            };
        }
    }

    private static bool IsAllowed(int rune) =>
        (rune >= 0x20 || rune is '\t' or '\n')
        && rune is not (>= 0x7F and <= 0x9F)
        && (rune & 0xFFFE) != 0xFFFE
        && rune is not ((>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F or 0x61C);
}
