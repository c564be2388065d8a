using SiOutcomeLab.Parquet.Encodings;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Counts a column chunk's rows over its pages: they must be the row group's rows, no more and no fewer, with nothing after them.
/// Remembers a failure, so that a broken chunk stays broken.
/// </summary>
internal sealed class ChunkRows(ChunkPages pages, long rows, bool isOptional) : IDisposable
{
    private DefinitionLevels _levels;
    private bool _finished;
    private bool _disposed;
    private ParquetFormatException? _failure;

    /// <summary>Rows not yet taken.</summary>
    public long RowsLeft { get; private set; } = rows;

    /// <summary>Rows of the current page not yet taken.</summary>
    public int PageLeft { get; private set; }

    /// <summary>Throws when disposed, or again what went wrong before.</summary>
    public void ThrowIfUnusable()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_failure is not null) throw _failure.At();
    }

    /// <summary>Gives a fault its place and remembers it.</summary>
    public ParquetFormatException Fail(ParquetFormatException error) => _failure = pages.Locate(error);

    /// <summary>Loads the next page, a dictionary or one with rows.</summary>
    /// <param name="page">The page.</param>
    /// <param name="valueCount">Rows of a data page that have a value.</param>
    public void NextPage(out LoadedPage page, out int valueCount)
    {
        if (!pages.TryNext(out page))
        {
            throw new ParquetFormatException(ParquetErrorCode.InconsistentLayout, "A column chunk ends before its number of values.");
        }

        valueCount = 0;
        if (page.IsDictionary) return;
        if (page.Count > RowsLeft) throw TooMany();
        if (isOptional)
        {
            valueCount = _levels.Reset(page.Levels, page.Count);
        }
        else
        {
            _levels.ResetRequired();
            valueCount = page.Count;
        }

        if (page.NullCount is { } nulls && nulls != page.Count - valueCount)
        {
            throw new ParquetFormatException(ParquetErrorCode.InconsistentLayout, "A page's number of nulls is not that of its levels.");
        }

        PageLeft = page.Count;
    }

    /// <summary>Counts the memory of the chunk's decoded dictionary.</summary>
    public void HoldDictionary(long bytes) => pages.HoldDictionary(bytes);

    /// <summary>Takes rows of the current page.</summary>
    /// <param name="present">Receives which rows have a value; its length is the number of rows.</param>
    /// <returns>How many have.</returns>
    public int Take(Span<bool> present)
    {
        Take(present.Length);
        return _levels.Read(present);
    }

    /// <summary>Takes rows of the current page, of a column that has a value in every row.</summary>
    public void Take(int count)
    {
        PageLeft -= count;
        RowsLeft -= count;
    }

    /// <summary>After the last row, checks once that no rows follow.</summary>
    public void FinishIfDone()
    {
        if (RowsLeft != 0 || _finished) return;
        _finished = true;
        while (pages.TryNext(out var page))
        {
            if (!page.IsDictionary) throw TooMany();
        }
    }

    public void Dispose()
    {
        _disposed = true;
        pages.Dispose();
    }

    private static ParquetFormatException TooMany() =>
        new(ParquetErrorCode.InconsistentLayout, "A column chunk holds more pages or values than its number of values.");
}
