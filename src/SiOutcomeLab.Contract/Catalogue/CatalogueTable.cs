using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Contract;

/// <summary>One embedded CSV table: header and rows, all fields as text. Quoted fields may hold commas and doubled quotes.</summary>
internal sealed class CatalogueTable
{
    private readonly string _name;
    private readonly Dictionary<string, int> _columns;
    private readonly List<string[]> _rows;

    private CatalogueTable(string name, Dictionary<string, int> columns, List<string[]> rows)
    {
        _name = name;
        _columns = columns;
        _rows = rows;
    }

    /// <summary>Reads a table that is embedded in this assembly.</summary>
    public static CatalogueTable Embedded(string name)
    {
        using var stream = typeof(CatalogueTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidDataException($"The catalogue table {name} is not embedded in the assembly.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Parse(name, reader.ReadToEnd());
    }

    public static CatalogueTable Parse(string name, string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.Length == 0) throw new InvalidDataException($"The catalogue table {name} is empty.");
        var header = Fields(lines[0]);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++) columns.Add(header[i], i);
        var rows = new List<string[]>(lines.Length - 1);
        for (var i = 1; i < lines.Length; i++)
        {
            var fields = Fields(lines[i]);
            if (fields.Length != header.Length)
            {
                throw new InvalidDataException($"{name}, line {i + 1}: {fields.Length} fields, but the header has {header.Length}.");
            }

            rows.Add(fields);
        }

        return new CatalogueTable(name, columns, rows);
    }

    public IEnumerable<Row> Rows()
    {
        for (var i = 0; i < _rows.Count; i++) yield return new Row(this, i);
    }

    private static string[] Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '"')
            {
                var doubled = quoted && i + 1 < line.Length && line[i + 1] == '"';
                if (doubled) field.Append(line[i++]);
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
        return [.. fields];
    }

    /// <summary>One row; fields are read by the column's name.</summary>
    internal readonly struct Row(CatalogueTable table, int index)
    {
        public string this[string column] => table._columns.TryGetValue(column, out var at)
            ? table._rows[index][at]
            : throw new InvalidDataException($"{table._name} has no column {column}.");

        public double Number(string column) =>
            double.TryParse(this[column], NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Bad(column);

        /// <summary>The texts between upright bars; none when the field is empty.</summary>
        public string[] List(string column) => this[column].Split('|', StringSplitOptions.RemoveEmptyEntries);

        /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
        public bool Flag(string column) => this[column] switch { "true" => true, "false" => false, _ => throw Bad(column) };

        /// <summary>Reads a snake_case word as the enum value of the same name.</summary>
        public T Word<T>(string column)
            where T : struct, Enum =>
            Parse<T>(this[column]) ?? throw Bad(column);

        /// <summary>Reads snake_case words between upright bars as enum values.</summary>
        public T[] Words<T>(string column)
            where T : struct, Enum
        {
            var row = this;
            return [.. List(column).Select(word => Parse<T>(word) ?? throw row.Bad(column))];
        }

        private static T? Parse<T>(string word)
            where T : struct, Enum =>
            Enum.TryParse<T>(word.Replace("_", string.Empty, StringComparison.Ordinal), ignoreCase: true, out var value)
            && Enum.IsDefined(value)
                ? value
                : null;

        public InvalidDataException Bad(string column) => new($"{table._name}, line {index + 2}: column {column} holds what it may not.");
    }
}
