using System.Globalization;
using System.Text;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// A Parquet file that cannot be read: malformed, over a limit, or using something that is not supported.
/// The one exception that file content can cause; I/O errors of the stream and misuse of the API keep their own types.
/// The text never holds a value of a row.
/// </summary>
public sealed class ParquetFormatException : Exception
{
    internal ParquetFormatException(ParquetErrorCode code, string detail, Exception? inner = null)
        : this(code, detail, null, null, null, null, inner)
    {
    }

    private ParquetFormatException(
        ParquetErrorCode code, string detail, string? column, int? rowGroup, int? page, long? byteOffset, Exception? inner)
        : base(Describe(detail, column, rowGroup, page, byteOffset), inner)
    {
        Code = code;
        Detail = detail;
        Column = column;
        RowGroup = rowGroup;
        Page = page;
        ByteOffset = byteOffset;
    }

    /// <summary>What kind of thing is wrong.</summary>
    public ParquetErrorCode Code { get; }

    /// <summary>What is wrong, without the place.</summary>
    public string Detail { get; }

    /// <summary>The column's name, or null when the fault is not in one column.</summary>
    public string? Column { get; }

    /// <summary>The row group, from 0, or null when the fault is not in one.</summary>
    public int? RowGroup { get; }

    /// <summary>The page within the column chunk, from 0 and counting the dictionary page, or null when not in one.</summary>
    public int? Page { get; }

    /// <summary>
    /// Where in the file, in bytes from its start: the structure (footer, page) in which the fault was found; null when unknown.
    /// </summary>
    public long? ByteOffset { get; }

    /// <summary>The same fault with the parts of the place that were not known where it was found.</summary>
    internal ParquetFormatException At(string? column = null, int? rowGroup = null, int? page = null, long? byteOffset = null) =>
        new(Code, Detail, Column ?? column, RowGroup ?? rowGroup, Page ?? page, ByteOffset ?? byteOffset, InnerException);

    private static string Describe(string detail, string? column, int? rowGroup, int? page, long? byteOffset)
    {
        var parts = new List<string>(4);
        if (column is not null) parts.Add($"column '{Printable(column)}'");
        if (rowGroup is { } group) parts.Add(string.Create(CultureInfo.InvariantCulture, $"row group {group}"));
        if (page is { } number) parts.Add(string.Create(CultureInfo.InvariantCulture, $"page {number}"));
        if (byteOffset is { } offset) parts.Add(string.Create(CultureInfo.InvariantCulture, $"byte {offset}"));
        return parts.Count == 0 ? detail : $"{detail} ({string.Join(", ", parts)})";
    }

    /// <summary>Column names come from the file: long or unprintable ones must not flood or forge a log line.</summary>
    internal static string Printable(string name)
    {
        const int longest = 64;
        var text = new StringBuilder();
        foreach (var character in name.AsSpan(0, Math.Min(name.Length, longest)))
        {
            text.Append(char.IsControl(character) || char.IsSurrogate(character) ? '?' : character);
        }

        return name.Length > longest ? text.Append('…').ToString() : text.ToString();
    }
}
