namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN of fixed-length byte arrays and Int96: the values end to end.</summary>
internal sealed class PlainFixedBytesDecoder(int width, int maxBatchBytes) : BytesDecoder
{
    private ByteRange _values;
    private int _position;

    public override void Reset(ByteRange values, int count)
    {
        if (values.Length != (long)count * width)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InvalidEncodedData, "A plain page's length is not its number of values times their width.");
        }

        _values = values;
        _position = 0;
    }

    public override void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count)
    {
        batch.BeginOwnValues();
        var region = _values.Slice(_position, count * width).Span;
        var start = batch.DataLength;
        region.CopyTo(batch.ReserveData(region.Length, maxBatchBytes));
        batch.CommitData(region.Length);
        _position += region.Length;
        var row = batch.Count;
        var codes = batch.NextCodes(present.Length);
        for (var i = 0; i < present.Length; i++)
        {
            if (!present[i])
            {
                codes[i] = BytesBatch.NullCode;
                continue;
            }

            batch.SetOwn(row + i, start, width);
            start += width;
        }

        batch.Advance(present.Length);
    }
}
