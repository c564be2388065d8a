using System.Buffers;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Reads one column of byte values of one row group in batches of any length, as dictionary codes where the file has them.
/// Holds one page of it and its dictionary. One thread at a time.
/// </summary>
public sealed class BytesColumnReader : IDisposable
{
    private readonly ChunkRows _rows;
    private readonly ParquetColumn _column;
    private readonly ParquetReaderOptions _options;
    private BytesDecoder? _decoder;
    private ParquetEncoding _encoding;
    private BytesDictionary? _dictionary;
    private bool[] _present = [];

    internal BytesColumnReader(ChunkRows rows, ParquetColumn column, ParquetReaderOptions options)
    {
        _rows = rows;
        _column = column;
        _options = options;
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="batch">Filled with the rows; what it held before is gone.</param>
    /// <param name="maxRows">How many rows to read; positive.</param>
    /// <returns>Rows read: <paramref name="maxRows"/> unless the row group ends before; 0 at its end.</returns>
    /// <exception cref="ParquetFormatException">
    /// A page is malformed, over a limit, or not supported; every later read fails alike.
    /// </exception>
    public int Read(BytesBatch batch, int maxRows)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxRows);
        _rows.ThrowIfUnusable();
        try
        {
            return ReadPages(batch, (int)Math.Min(maxRows, _rows.RowsLeft));
        }
        catch (ParquetFormatException error)
        {
            batch.Reset(0, null);
            throw _rows.Fail(error);
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose()
    {
        _rows.Dispose();
        var present = _present;
        _present = [];
        if (present.Length > 0) ArrayPool<bool>.Shared.Return(present);
    }

    private int ReadPages(BytesBatch batch, int wanted)
    {
        while (wanted > 0 && _rows.PageLeft == 0) LoadPage();
        batch.Reset(wanted, _dictionary);
        for (var done = 0; done < wanted;)
        {
            if (_rows.PageLeft == 0)
            {
                LoadPage();
                continue;
            }

            var count = Math.Min(wanted - done, _rows.PageLeft);
            var present = Present(count);
            var found = _rows.Take(present);
            if (found > 0)
            {
                _decoder!.Read(batch, present, found);
            }
            else
            {
                batch.NextCodes(count).Fill(BytesBatch.NullCode);
                batch.Advance(count);
            }

            done += count;
        }

        _rows.FinishIfDone();
        return wanted;
    }

    private void LoadPage()
    {
        _rows.NextPage(out var page, out var valueCount);
        if (page.IsDictionary)
        {
            // Each entry's bytes and where it begins; more entries than bytes are refused when they are decoded.
            _rows.HoldDictionary(page.Values.Length + (4L * Math.Min(page.Count, page.Values.Length)));
            _dictionary = BytesDictionary.Decode(page.Values.Span, page.Count, _column.TypeLength, _column.IsText);
            return;
        }

        if (valueCount == 0) return;
        if (_decoder is null || _encoding != page.Encoding)
        {
            _decoder = ValueDecoders.Bytes(page.Encoding, _column, _dictionary, _options);
            _encoding = page.Encoding;
        }

        _decoder.Reset(page.Values, valueCount);
    }

    private Span<bool> Present(int count)
    {
        if (_present.Length < count)
        {
            if (_present.Length > 0) ArrayPool<bool>.Shared.Return(_present);
            _present = [];
            _present = ArrayPool<bool>.Shared.Rent(count);
        }

        return _present.AsSpan(0, count);
    }
}
