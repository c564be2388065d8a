namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>DELTA_LENGTH_BYTE_ARRAY: all lengths as deltas, then all values end to end.</summary>
internal sealed class DeltaLengthBytesDecoder(bool isText, int maxBatchBytes) : BytesDecoder
{
    private readonly DeltaIntegers _lengths = new();
    private readonly int[] _next = new int[256];
    private ByteRange _data;
    private int _position;
    private int _left;

    public override void Reset(ByteRange values, int count)
    {
        _lengths.Reset(values, count);
        _data = values.From(_lengths.FindEnd());
        _position = 0;
        _left = count;
    }

    public override void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count)
    {
        batch.BeginOwnValues();
        var begin = _position;
        var shift = batch.DataLength - begin;
        var row = batch.Count;
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
                held = Math.Min(_next.Length, count);
                count -= held;
                used = 0;
                _lengths.Read(_next.AsSpan(0, held));
            }

            var length = _next[used++];
            if ((uint)length > (uint)(_data.Length - _position))
            {
                throw Malformed("Lengths in a delta-encoded page are not those of its values.");
            }

            batch.SetOwn(row + i, _position + shift, length);
            _position += length;
            _left--;
        }

        if (_left == 0 && _position != _data.Length) throw Malformed("A delta-encoded page is longer than its values.");
        var region = _data.Span[begin.._position];
        region.CopyTo(batch.ReserveData(region.Length, maxBatchBytes));
        batch.CommitData(region.Length);
        batch.Advance(present.Length);
        if (isText) TextRows.Verify(batch, row, present, region);
    }

    private static ParquetFormatException Malformed(string what) => new(ParquetErrorCode.InvalidEncodedData, what);
}
