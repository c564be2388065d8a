using System.Globalization;

namespace SiOutcomeLab.Reference.Tests;

/// <summary>A CSV file of reference data, all cells as text; quotes are only ever around whole cells.</summary>
internal sealed class ReferenceTable
{
    private readonly string[] _header;
    private readonly string[][] _rows;

    private ReferenceTable(string[] header, string[][] rows)
    {
        _header = header;
        _rows = rows;
    }

    public int Count => _rows.Length;

    public static ReferenceTable Read(string name)
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "data", name));
        return new ReferenceTable(Split(lines[0]), [.. lines.Skip(1).Select(Split)]);
    }

    public string[] Text(string column)
    {
        var index = Array.IndexOf(_header, column);
        Assert.True(index >= 0, $"No column '{column}'.");
        return [.. _rows.Select(row => row[index])];
    }

    public double[] Numbers(string column) => [.. Text(column).Select(Number)];

    public bool[] Flags(string column) => [.. Text(column).Select(cell => cell == "1")];

    public string[] Row(int row) => _rows[row];

    public static double Number(string cell) =>
        cell is "NA" or "" ? double.NaN : double.Parse(cell, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string[] Split(string line) => [.. line.Split(',').Select(cell => cell.Trim('"'))];
}
