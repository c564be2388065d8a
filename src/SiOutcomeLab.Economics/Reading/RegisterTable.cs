using System.Globalization;
using System.Text;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Economics.Reading;

/// <summary>
/// One CSV file of the register: a header of known columns, and rows that are read by column name. What is wrong becomes a finding.
/// </summary>
internal sealed class RegisterTable
{
    private readonly string _file;
    private readonly List<RegisterFinding> _findings;
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<(int Line, string[] Fields)> _rows = [];

    private RegisterTable(string file, List<RegisterFinding> findings) => (_file, _findings) = (file, findings);

    /// <summary>Reads a file; rows that do not fit the header become findings, and a header that lacks a column leaves no rows.</summary>
    public static RegisterTable Parse(string file, string text, IReadOnlyList<string> columns, List<RegisterFinding> findings)
    {
        var table = new RegisterTable(file, findings);
        var lines = text.TrimStart('\uFEFF').Split('\n');
        var header = Split(lines[0].TrimEnd('\r')) ?? [];
        for (var i = 0; i < header.Length; i++)
        {
            if (!columns.Contains(header[i], StringComparer.Ordinal) || !table._columns.TryAdd(header[i], i))
            {
                // An unknown heading is told by its place: what stands there may be anything.
                findings.Add(new RegisterFinding(file, 1, (i + 1).ToString(CultureInfo.InvariantCulture), RegisterRule.Columns));
            }
        }

        var missing = columns.Where(c => !table._columns.ContainsKey(c)).ToList();
        findings.AddRange(missing.Select(c => new RegisterFinding(file, 1, c, RegisterRule.Columns)));
        if (missing.Count > 0) return table;
        for (var i = 1; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd('\r');
            if (line.Length == 0) continue;
            if (Split(line) is { } fields && fields.Length == header.Length) table._rows.Add((i + 1, fields));
            else findings.Add(new RegisterFinding(file, i + 1, string.Empty, RegisterRule.Fields));
        }

        return table;
    }

    public IEnumerable<Row> Rows() => _rows.Select(r => new Row(this, r.Line, r.Fields));

    // Null when a quotation mark is never closed.
    private static string[]? Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"') field.Append(line[i++]);
                else quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return quoted ? null : [.. fields];
    }

    /// <summary>One row. Each reading gives null for an empty field, and null with a finding for a wrong one.</summary>
    internal sealed class Row(RegisterTable table, int line, string[] fields)
    {
        /// <summary>True as soon as something in the row is wrong.</summary>
        public bool IsBad { get; private set; }

        public void Find(string column, RegisterRule rule)
        {
            IsBad = true;
            table._findings.Add(new RegisterFinding(table._file, line, column, rule));
        }

        public string? Text(string column) => fields[table._columns[column]].Trim() is { Length: > 0 } text ? text : null;

        public string Needed(string column) => Text(column) ?? Bad<string>(column, RegisterRule.Empty) ?? string.Empty;

        public string Code(string column)
        {
            var text = Needed(column);
            if (text.Length > 0 && !CodeRule.IsValid(text)) Find(column, RegisterRule.Code);
            return text;
        }

        public decimal? Number(string column, decimal from, decimal to)
        {
            if (Text(column) is not { } text) return null;
            const NumberStyles Plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
            if (!decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var value)) return BadValue<decimal>(column, RegisterRule.Number);
            return value < from || value > to ? BadValue<decimal>(column, RegisterRule.Range) : value;
        }

        public int? Whole(string column, int from, int to)
        {
            if (Number(column, from, to) is not { } value) return null;
            return value == decimal.Truncate(value) ? (int)value : BadValue<int>(column, RegisterRule.Number);
        }

        public DateOnly? Date(string column)
        {
            if (Text(column) is not { } text) return null;
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
                ? date
                : BadValue<DateOnly>(column, RegisterRule.Date);
        }

        /// <summary>Reads a snake_case word as the enum value of the same name.</summary>
        public T? Word<T>(string column)
            where T : struct, Enum
        {
            if (Text(column) is not { } text) return null;
            foreach (var value in Enum.GetValues<T>())
            {
                if (Snake(value.ToString()) == text) return value;
            }

            return BadValue<T>(column, RegisterRule.Word);
        }

        private static string Snake(string name) =>
            string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? string.Empty : "_") + char.ToLowerInvariant(c) : c.ToString()));

        private T? BadValue<T>(string column, RegisterRule rule)
            where T : struct
        {
            Find(column, rule);
            return null;
        }

        private T? Bad<T>(string column, RegisterRule rule)
            where T : class
        {
            Find(column, rule);
            return null;
        }
    }
}
