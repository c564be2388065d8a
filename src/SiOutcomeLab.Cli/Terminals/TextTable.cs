using System.Text;

namespace SiOutcomeLab.Cli.Terminals;

/// <summary>A table in plain characters that keeps within a width: the same on a screen, in a file and in a mail.</summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    private const string Gap = "  ";
    private readonly List<string[]> _rows = [];
    private readonly Dictionary<int, string> _under = [];

    public void Add(params string[] cells)
    {
        if (cells.Length != columns.Length)
        {
            throw new ArgumentException($"The table has {columns.Length} columns, not {cells.Length}.", nameof(cells));
        }

        _rows.Add(cells);
    }

    /// <summary>Adds a line under the row added last, across the columns and never broken: what a reader copies.</summary>
    public void Under(string line) => _under[_rows.Count - 1] = line;

    public void Write(TextWriter output, string indent = "")
    {
        int[] widths = [.. columns.Select((column, i) => Math.Min(column.MaximumWidth, Widest(column, i)))];
        WriteRow(output, indent, widths, [.. columns.Select(c => c.Title)]);
        output.WriteLine(indent + string.Join(Gap, widths.Select(w => new string('─', w))));
        for (var i = 0; i < _rows.Count; i++)
        {
            WriteRow(output, indent, widths, _rows[i]);
            if (_under.TryGetValue(i, out var line)) output.WriteLine($"{indent}{Gap}{line}");
        }
    }

    private int Widest(TextColumn column, int index) =>
        _rows.SelectMany(r => r[index].Split('\n')).Append(column.Title).Max(text => text.Length);

    private void WriteRow(TextWriter output, string indent, int[] widths, string[] cells)
    {
        var wrapped = cells.Select((c, i) => Wrap.Lines(c, widths[i])).ToArray();
        for (var line = 0; line < wrapped.Max(w => w.Count); line++)
        {
            var text = new StringBuilder(indent);
            for (var i = 0; i < cells.Length; i++)
            {
                var part = line < wrapped[i].Count ? wrapped[i][line] : string.Empty;
                if (i > 0) text.Append(Gap);
                text.Append(columns[i].IsRight ? part.PadLeft(widths[i]) : part.PadRight(widths[i]));
            }

            output.WriteLine(text.ToString().TrimEnd(' '));
        }
    }
}

/// <summary>A column of a table.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="IsRight">True for numbers, which stand to the right.</param>
/// <param name="MaximumWidth">The widest it gets, in characters; longer cells wrap.</param>
internal sealed record TextColumn(string Title, bool IsRight = false, int MaximumWidth = 40);
