using System.Text;
using CsvHelper;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;

namespace SiOutcomeLab.Cli.Pseudonymising;

/// <summary>
/// A delimited text file as a table, as Excel and municipal systems export it. A record is bounded, so that a quote that is never closed
/// costs no memory, and no message of the reader's carries a value.
/// </summary>
internal sealed class CsvTable : ISourceTable
{
    private const int MostRecordBytes = 1 << 20;
    private readonly CsvReader _reader;

    private CsvTable(CsvReader reader, IReadOnlyList<string> headings, NumberStyle numbers)
    {
        _reader = reader;
        Headings = headings;
        Numbers = numbers;
    }

    public IReadOnlyList<string> Headings { get; }

    public NumberStyle Numbers { get; }

    public bool IsWhole
    {
        get
        {
            if (_reader.FieldCount < Headings.Count) return false;
            // Cells beside the table leave separators at the ends of lines.
            for (var i = Headings.Count; i < _reader.FieldCount; i++)
            {
                if (_reader.GetSpan(i).ContainsAnyExcept((byte)' ', (byte)'\t')) return false;
            }

            return true;
        }
    }

    public string? this[int column] => column < _reader.FieldCount ? _reader.GetString(column) : null;

    /// <summary>What stands between fields.</summary>
    public char Separator => _reader.Separator;

    /// <summary>A cell of the row as UTF-8, quotes removed, until the next row is read; empty when there is nothing in it.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => _reader.GetSpan(column);

    public bool IsNumber(int column) => false;

    /// <summary>Opens a file and reads its headings.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">How it is encoded; null to find out.</param>
    /// <param name="separator">What stands between fields; null to find out.</param>
    /// <param name="numbers">How numbers are written; null to go by the separator: between semicolons and tabs a comma can only be
    /// a decimal comma.</param>
    /// <param name="cancellationToken">Forwarded to the file.</param>
    /// <exception cref="SourceTableException">The file has no headings, or cannot be read.</exception>
    public static async Task<CsvTable> OpenAsync(
        string path, Encoding? encoding, char? separator, NumberStyle? numbers, CancellationToken cancellationToken)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, useAsync: false);
        encoding ??= await CsvEncoding.DetectAsync(file, cancellationToken);
        file.Position = 0;
        var options = new CsvReaderOptions
        {
            Encoding = encoding,
            Separator = separator,
            MaxRecordSize = MostRecordBytes,
            MalformedData = CsvMalformedDataHandling.Throw,
            IncludeValuesInExceptions = false,
            PoolStrings = true,
        };
        var reader = CsvReader.Create(file, options, leaveOpen: false);
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
            var headings = reader.Headers is { } names ? names.ToList() : [];
            // Excel ends a heading with separators where cells beside the table were once used.
            while (headings.Count > 0 && string.IsNullOrWhiteSpace(headings[^1])) headings.RemoveAt(headings.Count - 1);
            if (headings.Count < 2) throw NoHeadings();
            var style = numbers ?? (reader.Separator == ',' ? NumberStyle.Point : NumberStyle.CommaOrPoint);
            return new CsvTable(reader, headings, style);
        }
        catch (CsvFormatException e)
        {
            reader.Dispose();
            throw Broken(e);
        }
        catch (SourceTableException)
        {
            reader.Dispose();
            throw;
        }
    }

    public bool Read()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException e)
        {
            throw Broken(e);
        }
    }

    public void Dispose() => _reader.Dispose();

    private static SourceTableException NoHeadings() => new(
        new BilingualText("Filen har ingen rubrikrad med minst två kolumner.", "The file has no heading of at least two columns."),
        new BilingualText(
            "Låt första raden vara rubriker; ange skiljetecknet med --delimiter om det inte är semikolon, komma eller tabb.",
            "Let the first line be headings; give the separator with --delimiter if it is no semicolon, comma or tab."));

    // The exception's own message holds no value, but its English is the library's; the record's number is what helps.
    private static SourceTableException Broken(CsvFormatException e) => new(
        new BilingualText(
            "Citattecken i filen går inte ihop, eller en rad är längre än 1 MB.", "Quotes in the file do not pair, or a line is longer than 1 MB."),
        new BilingualText("Rätta raden, eller exportera filen på nytt.", "Mend the line, or export the file anew."),
        $"# {Math.Max(0, e.RecordNumber - 1)}");
}
