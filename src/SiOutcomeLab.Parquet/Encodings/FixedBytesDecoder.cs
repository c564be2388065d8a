namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN (the values end to end) or BYTE_STREAM_SPLIT of fixed-length byte arrays; PLAIN also of Int96.</summary>
internal sealed class FixedBytesDecoder(int width, bool isSplit, int maxBatchBytes) : BytesDecoder
{
    private ByteRange _values;
    private int _count;
    private int _position;

    public override void Reset(ByteRange values, int count)
    {
        if (values.Length != (long)count * width)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InvalidEncodedData, "A page's length is not its number of values times their width.");
        }

        _values = values;
        _count = count;
        _position = 0;
    }

    public override void Read(BytesBatch batch, ReadOnlySpan<bool> present, int count)
    {
        batch.BeginOwnValues(width);
        var start = batch.DataLength;
        var region = batch.ReserveData(count * width, maxBatchBytes)[..(count * width)];
        if (isSplit) StreamInterleaver.Interleave(_values.Span, _count, _position, width, region);
        else _values.Span.Slice(_position * width, region.Length).CopyTo(region);
        batch.CommitData(region.Length);
        _position += count;
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
