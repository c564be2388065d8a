using System.Buffers.Binary;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN of byte arrays: a four-byte length before each value. Lengths and values are copied to the batch in one piece.</summary>
internal sealed class PlainBytesDecoder(bool isText, int maxBatchBytes) : BytesDecoder
{
    private ByteRange _values;
    private int _position;
    private int _left;

    public override void Reset(ByteRange values, int count)
    {
        _values = values;
        _position = 0;
        _left = count;
    }

    public override void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count)
    {
        batch.BeginOwnValues();
        var bytes = _values.Span;
        var begin = _position;
        var shift = batch.DataLength - begin;
        var row = batch.Count;
        var codes = batch.NextCodes(present.Length);
        for (var i = 0; i < present.Length; i++)
        {
            if (!present[i])
            {
                codes[i] = BytesBatch.NullCode;
                continue;
            }

            if (bytes.Length - _position < 4) throw End();
            var length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[_position..]);
            _position += 4;
            if (length > (uint)(bytes.Length - _position)) throw End();
            batch.SetOwn(row + i, _position + shift, (int)length);
            _position += (int)length;
        }

        _left -= count;
        if (_left == 0 && _position != bytes.Length)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "A plain page is longer than its values.");
        }

        var region = bytes[begin.._position];
        region.CopyTo(batch.ReserveData(region.Length, maxBatchBytes));
        batch.CommitData(region.Length);
        batch.Advance(present.Length);
        if (isText) TextRows.Verify(batch, row, present, region);
    }

    private static ParquetFormatException End() =>
        new(ParquetErrorCode.InvalidEncodedData, "A plain page ends inside a value.");
}
