namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN of booleans: bits from the least significant of each byte.</summary>
internal sealed class PlainBooleanDecoder : ValueDecoder<bool>
{
    private ByteRange _values;
    private long _position;

    public override void Reset(ByteRange values, int count)
    {
        if (values.Length != (count + 7L) / 8)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InvalidEncodedData, "A plain page's length is not one bit for each of its values.");
        }

        _values = values;
        _position = 0;
    }

    public override void Read(Span<bool> values)
    {
        BitExpander.Expand(_values.Span, _position, values);
        _position += values.Length;
    }
}
