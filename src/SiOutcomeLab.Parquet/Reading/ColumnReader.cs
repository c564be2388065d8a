using System.Runtime.CompilerServices;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Reads one column of one row group in batches of any length. Holds one page of it. One thread at a time.</summary>
/// <typeparam name="T">The physical type's own: bool, int, long, float or double.</typeparam>
public sealed class ColumnReader<T> : IDisposable
    where T : unmanaged
{
    private readonly ChunkRows _rows;
    private readonly bool _isOptional;
    private ValueDecoder<T>? _decoder;
    private ParquetEncoding _encoding;
    private T[]? _dictionary;

    internal ColumnReader(ChunkRows rows, bool isOptional)
    {
        _rows = rows;
        _isOptional = isOptional;
    }

    /// <summary>Reads the next rows.</summary>
    /// <param name="values">Where values go, one a row; <c>default</c> where the row is null.</param>
    /// <param name="present">
    /// Whether each row has a value, same length as <paramref name="values"/>; may be empty when the column is not optional.
    /// </param>
    /// <returns>Rows read: the length of <paramref name="values"/> unless the row group ends before; 0 at its end.</returns>
    /// <exception cref="ParquetFormatException">
    /// A page is malformed, over a limit, or not supported; every later read fails alike.
    /// </exception>
    public int Read(Span<T> values, Span<bool> present)
    {
        if (present.Length != values.Length && (_isOptional || present.Length != 0))
        {
            throw new ArgumentException(
                "Presence must be as long as the values; it may be empty for a column without nulls.", nameof(present));
        }

        _rows.ThrowIfUnusable();
        try
        {
            return ReadPages(values, present);
        }
        catch (ParquetFormatException error)
        {
            throw _rows.Fail(error);
        }
    }

    /// <summary>Gives the buffers back.</summary>
    public void Dispose() => _rows.Dispose();

    private int ReadPages(Span<T> values, Span<bool> present)
    {
        var wanted = (int)Math.Min(values.Length, _rows.RowsLeft);
        for (var done = 0; done < wanted;)
        {
            if (_rows.PageLeft == 0)
            {
                LoadPage();
                continue;
            }

            var count = Math.Min(wanted - done, _rows.PageLeft);
            var target = values.Slice(done, count);
            if (_isOptional)
            {
                var has = present.Slice(done, count);
                var found = _rows.Take(has);
                if (found > 0) _decoder!.Read(target[..found]);
                NullSpacing.Spread(target, has, found, default);
            }
            else
            {
                _rows.Take(count);
                _decoder!.Read(target);
            }

            done += count;
        }

        if (!_isOptional) present[..Math.Min(wanted, present.Length)].Fill(true);
        _rows.FinishIfDone();
        return wanted;
    }

    private void LoadPage()
    {
        _rows.NextPage(out var page, out var valueCount);
        if (page.IsDictionary)
        {
            _rows.HoldDictionary(page.Values.Length);
            _dictionary = DecodeDictionary(in page);
            return;
        }

        if (valueCount == 0) return;
        if (_decoder is null || _encoding != page.Encoding)
        {
            _decoder = ValueDecoders.Fixed(page.Encoding, _dictionary);
            _encoding = page.Encoding;
        }

        _decoder.Reset(page.Values, valueCount);
    }

    private static T[] DecodeDictionary(in LoadedPage page)
    {
        if (typeof(T) == typeof(bool) || page.Values.Length != (long)page.Count * Unsafe.SizeOf<T>())
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InvalidEncodedData, "A dictionary's length is not its number of values times their width.");
        }

        var entries = new T[page.Count];
        var decoder = new PlainDecoder<T>();
        decoder.Reset(page.Values, page.Count);
        decoder.Read(entries);
        return entries;
    }
}
