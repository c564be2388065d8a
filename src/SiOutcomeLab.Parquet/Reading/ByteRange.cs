namespace SiOutcomeLab.Parquet;

/// <summary>Part of a pooled buffer that a page's levels or values occupy, valid until the next page is loaded.</summary>
internal readonly record struct ByteRange(byte[] Buffer, int Offset, int Length)
{
    public static ByteRange Empty { get; } = new([], 0, 0);

    public ReadOnlySpan<byte> Span => Buffer.AsSpan(Offset, Length);

    public ByteRange Slice(int start, int length)
    {
        if ((uint)start > (uint)Length || (uint)length > (uint)(Length - start))
        {
            throw new ParquetFormatException(ParquetErrorCode.Truncated, "The page ends inside its levels or values.");
        }

        return new ByteRange(Buffer, Offset + start, length);
    }

    public ByteRange From(int start) => Slice(start, Length - start);
}
