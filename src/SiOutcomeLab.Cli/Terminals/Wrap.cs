namespace SiOutcomeLab.Cli.Terminals;

/// <summary>
/// Breaks text into lines: at line feeds, at blanks, after hyphens and underscores, and inside a word only when it must. A no-break space
/// holds.
/// </summary>
internal static class Wrap
{
    public const int Width = 100;

    public static IReadOnlyList<string> Lines(string text, int width)
    {
        var lines = new List<string>();
        foreach (var line in text.Split('\n')) AddWrapped(line, width, lines);
        return lines;
    }

    /// <summary>Writes a paragraph, each line under the first one's start.</summary>
    public static void Write(TextWriter output, string text, string first = "", string? rest = null)
    {
        rest ??= new string(' ', first.Length);
        var lines = Lines(text, Width - Math.Max(first.Length, rest.Length));
        for (var i = 0; i < lines.Count; i++) output.WriteLine((i == 0 ? first : rest) + lines[i]);
    }

    private static void AddWrapped(ReadOnlySpan<char> rest, int width, List<string> lines)
    {
        while (rest.Length > width)
        {
            var at = BreakAt(rest, width);
            lines.Add(rest[..at].TrimEnd(' ').ToString());
            rest = rest[at..].TrimStart(' ');
        }

        lines.Add(rest.ToString());
    }

    private static int BreakAt(ReadOnlySpan<char> text, int width)
    {
        var blank = text[..(width + 1)].LastIndexOf(' ');
        if (blank > 0) return blank;
        var joint = text[..width].LastIndexOfAny('-', '_');
        return joint > 0 ? joint + 1 : width;
    }
}
