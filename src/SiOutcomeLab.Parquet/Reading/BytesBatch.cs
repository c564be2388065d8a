using System.Runtime.CompilerServices;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Rows of a byte or text column, filled by <see cref="BytesColumnReader.Read"/> and reused from batch to batch.
/// Spans handed out are valid until the next read into this batch or until the reader is disposed.
/// </summary>
public sealed class BytesBatch
{
    private int[] _codes = [];
    private int[] _starts = [];
    private int[] _lengths = [];
    private byte[] _data = [];
    private int _dataLength;

    // What each own value is long, −1 while there is none, 0 when they are not all of one length that their column gives.
    private int _ownWidth;
    private BytesDictionary? _dictionary;

    /// <summary>Rows in the batch.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Whether every value of the batch comes from the column chunk's dictionary, so that <see cref="Codes"/> is valid.
    /// True also for a batch of nulls only in a chunk with a dictionary.
    /// </summary>
    public bool HasDictionary { get; private set; }

    /// <summary>The dictionary code of each row, in [0, <see cref="DictionaryCount"/>), −1 for null.</summary>
    /// <exception cref="InvalidOperationException">The batch has no dictionary; test <see cref="HasDictionary"/> first.</exception>
    public ReadOnlySpan<int> Codes =>
        HasDictionary
            ? _codes.AsSpan(0, Count)
            : throw new InvalidOperationException("The batch has no dictionary codes; read the rows' values.");

    /// <summary>Entries of the dictionary, which need not be distinct and need not all be used; 0 without a dictionary.</summary>
    public int DictionaryCount => HasDictionary ? _dictionary!.Count : 0;

    /// <summary>
    /// Which dictionary the codes refer to: another number for another dictionary, over all files of the process; 0 without one.
    /// </summary>
    public int DictionaryId => HasDictionary ? _dictionary!.Id : 0;

    /// <summary>The value of a row; empty for null.</summary>
    /// <param name="row">In [0, <see cref="Count"/>).</param>
    public ReadOnlySpan<byte> this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            var code = _codes[row];
            if (code >= 0) return _dictionary![code];
            return code == NullCode ? default : _data.AsSpan(_starts[row], _lengths[row]);
        }
    }

    /// <summary>
    /// The values end to end, a row each; or the dictionary's entries, where the batch has one. Only of values that the column gives one length.
    /// </summary>
    /// <param name="width">Bytes a value; positive.</param>
    /// <param name="values">Receives them; valid until the next read, as any value.</param>
    /// <returns>False when they are not of that length, when a row is null, or when only some rows have theirs from a dictionary.</returns>
    public bool TryGetFixed(int width, out ReadOnlySpan<byte> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        var isFixed = HasDictionary ? _dictionary!.Width == width : _ownWidth == width && _dataLength == (long)Count * width;
        values = !isFixed ? default : HasDictionary ? _dictionary!.Data : _data.AsSpan(0, _dataLength);
        return isFixed;
    }

    /// <summary>Whether the row is null.</summary>
    /// <param name="row">In [0, <see cref="Count"/>).</param>
    public bool IsNull(int row)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        return _codes[row] == NullCode;
    }

    /// <summary>The value of a dictionary entry.</summary>
    /// <param name="code">In [0, <see cref="DictionaryCount"/>).</param>
    public ReadOnlySpan<byte> DictionaryValue(int code)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)code, (uint)DictionaryCount, nameof(code));
        return _dictionary![code];
    }

    /// <summary>The code of a null row.</summary>
    internal const int NullCode = -1;

    /// <summary>The code of a row whose value lies in the batch's own bytes.</summary>
    internal const int OwnCode = -2;

    /// <summary>Empties the batch and makes room for so many rows of a chunk with this dictionary, or none.</summary>
    internal void Reset(int maxRows, BytesDictionary? dictionary)
    {
        if (_codes.Length < maxRows) _codes = new int[maxRows];
        _dictionary = dictionary;
        _dataLength = 0;
        _ownWidth = -1;
        Count = 0;
        HasDictionary = dictionary is not null;
    }

    /// <summary>Room for the codes of the next rows; the caller writes all of them and then calls <see cref="Advance"/>.</summary>
    internal Span<int> NextCodes(int rows) => _codes.AsSpan(Count, rows);

    internal void Advance(int rows) => Count += rows;

    /// <summary>Says that values of this batch lie outside the dictionary from here on, and makes room for them.</summary>
    /// <param name="width">Bytes each of them is long; 0 when each has its own length.</param>
    internal void BeginOwnValues(int width = 0)
    {
        HasDictionary = false;
        _ownWidth = _ownWidth < 0 || _ownWidth == width ? width : 0;
        if (_starts.Length < _codes.Length)
        {
            _starts = new int[_codes.Length];
            _lengths = new int[_codes.Length];
        }
    }

    /// <summary>Room for so many more value bytes, at the end of those already held.</summary>
    internal Span<byte> ReserveData(int bytes, int maxBytes)
    {
        var needed = (long)_dataLength + bytes;
        if (needed > maxBytes)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.LimitExceeded, $"A batch would hold more than {maxBytes} bytes of values; read fewer rows at a time.");
        }

        if (_data.Length < needed) Array.Resize(ref _data, (int)Math.Max(needed, Math.Min(2L * _data.Length, maxBytes)));
        return _data.AsSpan(_dataLength);
    }

    internal int DataLength => _dataLength;

    internal ReadOnlySpan<byte> DataFrom(int start) => _data.AsSpan(start, _dataLength - start);

    internal void CommitData(int bytes) => _dataLength += bytes;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void SetOwn(int row, int start, int length)
    {
        _codes[row] = OwnCode;
        _starts[row] = start;
        _lengths[row] = length;
    }
}
