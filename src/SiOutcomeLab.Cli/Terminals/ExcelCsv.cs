using System.Text;

namespace SiOutcomeLab.Cli.Terminals;

/// <summary>
/// Writes CSV that Excel on a Swedish machine opens as a table: UTF-8 with byte order mark, semicolons, CRLF. A cell that Excel would
/// take for a formula is made text.
/// </summary>
internal static class ExcelCsv
{
    public static Task WriteAsync(string path, IEnumerable<IReadOnlyList<string>> rows, CancellationToken cancellationToken) =>
        File.WriteAllTextAsync(path, Text(rows), cancellationToken);

    /// <summary>The rows as text, the byte order mark first.</summary>
    public static string Text(IEnumerable<IReadOnlyList<string>> rows)
    {
        var text = new StringBuilder("\uFEFF");
        foreach (var row in rows) text.AppendJoin(';', row.Select(Cell)).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t') text = "'" + text;
        return text.AsSpan().IndexOfAny(";\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
