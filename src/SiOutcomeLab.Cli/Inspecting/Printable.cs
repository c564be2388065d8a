using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>
/// Text from a file as a terminal may have it: what is not meant to be seen could move the cursor or hide what stands beside it.
/// </summary>
internal static class Printable
{
    public static string Of(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var isSeen = CharUnicodeInfo.GetUnicodeCategory(text[i]) is not (UnicodeCategory.Control or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse);
            if (isSeen && clean is null) continue;
            clean ??= new StringBuilder(text, 0, i, text.Length + 8);
            if (isSeen) clean.Append(text[i]);
            else clean.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[i]:x4}");
        }

        return clean?.ToString() ?? text;
    }
}
