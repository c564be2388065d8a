using System.Buffers;
using System.Globalization;
using System.Text;
using SiOutcomeLab.Cli.Pseudonymising;
using SiOutcomeLab.Contract;

namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>
/// A delimited text file. A decimal comma, and blanks between thousands, are read only where semicolons stand between fields: elsewhere a
/// comma may stand between thousands.
/// </summary>
internal sealed class CsvRows : IRowSource
{
    private const int LongestNumber = 64;
    private readonly CsvTable _table;
    private readonly bool _isSwedish;
    private char[] _text = new char[256];

    private CsvRows(CsvTable table) => (_table, _isSwedish) = (table, table.Separator == ';');

    public IReadOnlyList<string> Headings => _table.Headings;

    public bool IsWhole => _table.IsWhole;

    public static async Task<CsvRows> OpenAsync(string path, char? separator, CancellationToken cancellationToken) =>
        new(await CsvTable.OpenAsync(path, null, separator, NumberStyle.Point, cancellationToken));

    public bool Read() => _table.Read();

    public CellState Number(int column, out double value)
    {
        var bytes = Trimmed(_table.Bytes(column));
        if (IsMissing(bytes))
        {
            value = double.NaN;
            return CellState.Missing;
        }

        return TryParse(bytes, out value) ? CellState.Present : CellState.Other;
    }

    public CellState Text(int column, out ReadOnlySpan<char> text)
    {
        text = default;
        var bytes = Trimmed(_table.Bytes(column));
        if (IsMissing(bytes)) return CellState.Missing;
        if (_text.Length < bytes.Length) _text = new char[bytes.Length];
        text = _text.AsSpan(0, Encoding.UTF8.GetChars(bytes, _text));
        return CellState.Present;
    }

    public void Dispose() => _table.Dispose();

    private bool TryParse(ReadOnlySpan<byte> bytes, out double value)
    {
        if (double.TryParse(bytes, NumberStyles.Float, CultureInfo.InvariantCulture, out value)) return double.IsFinite(value);
        if (Ascii.EqualsIgnoreCase(bytes, "true"u8)) value = 1;
        else if (Ascii.EqualsIgnoreCase(bytes, "false"u8)) value = 0;
        else return _isSwedish && TryParseSwedish(bytes, out value);
        return true;
    }

    private static bool TryParseSwedish(ReadOnlySpan<byte> bytes, out double value)
    {
        value = double.NaN;
        Span<byte> plain = stackalloc byte[LongestNumber];
        var length = 0;
        while (!bytes.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var used) != OperationStatus.Done || length == LongestNumber) return false;
            bytes = bytes[used..];
            if (Rune.IsWhiteSpace(rune)) continue;
            if (rune.Value == '\u2212') rune = new Rune('-');
            if (!rune.IsAscii) return false;
            plain[length++] = (byte)(rune.Value == ',' ? '.' : rune.Value);
        }

        return double.TryParse(plain[..length], NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);
    }

    private static bool IsMissing(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => true,
        2 => Ascii.EqualsIgnoreCase(bytes, "NA"u8),
        3 => Ascii.EqualsIgnoreCase(bytes, "NaN"u8),
        4 => Ascii.EqualsIgnoreCase(bytes, "null"u8),
        _ => false,
    };

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> bytes) => bytes.Trim(" \t"u8);
}
