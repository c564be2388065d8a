namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>DELTA_BINARY_PACKED of 32-bit or 64-bit integers.</summary>
internal sealed class DeltaDecoder<T> : ValueDecoder<T>
    where T : unmanaged
{
    private readonly DeltaIntegers _integers = new();

    public override void Reset(ByteRange values, int count) => _integers.Reset(values, count);

    public override void Read(Span<T> values)
    {
        _integers.Read(values);
        if (_integers.IsDone && !_integers.IsAtEnd)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "A delta-encoded page is longer than its values.");
        }
    }
}
