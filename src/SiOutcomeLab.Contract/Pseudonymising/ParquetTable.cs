using System.Globalization;
using System.Text;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>
/// A flat Parquet file at the submitter as a table of texts: numbers and dates as a program writes them. Holds one batch a column.
/// </summary>
public sealed class ParquetTable : ISourceTable
{
    private const int BatchRows = 4096;
    private readonly ParquetReader _reader;
    private readonly ParquetCells[] _columns;
    private int _group = -1;
    private int _rows;
    private int _row;

    private ParquetTable(ParquetReader reader)
    {
        _reader = reader;
        Headings = [.. reader.Schema.Columns.Select(c => c.Name)];
        _columns = [.. reader.Schema.Columns.Select(ParquetCells.Of)];
    }

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="SourceTableException">It is no Parquet file that can be read, or has a column of a type that cannot be.</exception>
    public static ParquetTable Open(string path)
    {
        try
        {
            var reader = ParquetReader.Open(path);
            try
            {
                return new ParquetTable(reader);
            }
            catch (SourceTableException)
            {
                reader.Dispose();
                throw;
            }
        }
        catch (ParquetFormatException e)
        {
            throw Unreadable(e);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Headings { get; }

    /// <inheritdoc/>
    public NumberStyle Numbers => NumberStyle.Typed;

    /// <inheritdoc/>
    public bool IsWhole => true;

    /// <inheritdoc/>
    public string? this[int column] => _columns[column].At(_row);

    /// <inheritdoc/>
    public bool IsNumber(int column) => _columns[column].IsNumber;

    /// <inheritdoc/>
    public bool Read()
    {
        if (++_row < _rows) return true;
        try
        {
            while (!NextBatch())
            {
                if (++_group >= _reader.RowGroupCount) return false;
                foreach (var column in _columns) column.Open(_reader.OpenRowGroup(_group));
            }
        }
        catch (ParquetFormatException e)
        {
            throw Unreadable(e);
        }

        _row = 0;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var column in _columns) column.Dispose();
        _reader.Dispose();
    }

    private bool NextBatch()
    {
        if (_group < 0) return false;
        _rows = 0;
        foreach (var column in _columns) _rows = column.Read(BatchRows);
        return _rows > 0;
    }

    private static SourceTableException Unreadable(ParquetFormatException e) => new(
        new BilingualText("Parquetfilen kan inte läsas.", "The Parquet file cannot be read."),
        new BilingualText("Skriv filen på nytt med ett vanligt Parquetbibliotek.", "Write the file again with a common Parquet library."),
        e.Code.ToString());
}
