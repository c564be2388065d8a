namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// DELTA_BYTE_ARRAY: each value begins with so many bytes of the one before; the rest is DELTA_LENGTH_BYTE_ARRAY.
/// A few bytes can stand for long values again and again, so what a page may expand to has the limit of a page.
/// </summary>
/// <param name="width">Bytes that every value must have, or 0 for any.</param>
/// <param name="isText">Whether values must be UTF-8.</param>
/// <param name="maxBatchBytes">Most bytes that a batch may hold.</param>
/// <param name="maxPageBytes">Most bytes that a page's values may have together.</param>
internal sealed class DeltaBytesDecoder(int width, bool isText, int maxBatchBytes, int maxPageBytes) : BytesDecoder
{
    private readonly DeltaIntegers _prefixes = new();
    private readonly DeltaIntegers _suffixes = new();
    private readonly int[] _nextPrefix = new int[256];
    private readonly int[] _nextSuffix = new int[256];
    private ByteRange _data;
    private byte[] _previous = [];
    private int _previousLength;
    private int _position;
    private int _left;
    private long _expanded;

    public override void Reset(ByteRange values, int count)
    {
        _prefixes.Reset(values, count);
        var rest = values.From(_prefixes.FindEnd());
        _suffixes.Reset(rest, count);
        _data = rest.From(_suffixes.FindEnd());
        _previousLength = 0;
        _position = 0;
        _left = count;
        _expanded = 0;
    }

    public override void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count)
    {
        batch.BeginOwnValues();
        var row = batch.Count;
        var begin = batch.DataLength;
        var codes = batch.NextCodes(present.Length);
        var (held, used) = (0, 0);
        for (var i = 0; i < present.Length; i++)
        {
            if (!present[i])
            {
                codes[i] = BytesBatch.NullCode;
                continue;
            }

            if (used == held)
            {
                held = Math.Min(_nextPrefix.Length, count);
                count -= held;
                used = 0;
                _prefixes.Read(_nextPrefix.AsSpan(0, held));
                _suffixes.Read(_nextSuffix.AsSpan(0, held));
            }

            var value = Next(_nextPrefix[used], _nextSuffix[used]);
            used++;
            var start = batch.DataLength;
            value.CopyTo(batch.ReserveData(value.Length, maxBatchBytes));
            batch.CommitData(value.Length);
            batch.SetOwn(row + i, start, value.Length);
            _left--;
        }

        if (_left == 0 && _position != _data.Length) throw Malformed("A delta-encoded page is longer than its values.");
        batch.Advance(present.Length);
        if (isText) TextRows.Verify(batch, row, present, batch.DataFrom(begin));
    }

    private ReadOnlySpan<byte> Next(int prefix, int suffix)
    {
        if ((uint)prefix > (uint)_previousLength || (uint)suffix > (uint)(_data.Length - _position))
        {
            throw Malformed("Lengths in a delta-encoded page are not those of its values.");
        }

        var length = (long)prefix + suffix;
        if (width > 0 && length != width) throw Malformed("A value of a fixed-length column has another length.");
        _expanded += length;
        if (_expanded > maxPageBytes)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.LimitExceeded, $"A page's values are more than {maxPageBytes} bytes; write smaller pages.");
        }

        if (_previous.Length < length) Array.Resize(ref _previous, (int)Math.Max(length, Math.Min(2L * _previous.Length, maxPageBytes)));
        _data.Span.Slice(_position, suffix).CopyTo(_previous.AsSpan(prefix));
        _position += suffix;
        _previousLength = (int)length;
        return _previous.AsSpan(0, _previousLength);
    }

    private static ParquetFormatException Malformed(string what) => new(ParquetErrorCode.InvalidEncodedData, what);
}
