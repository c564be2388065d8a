using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>The encodings that this library reads.</summary>
internal static class ValueDecoders
{
    public static ValueDecoder<T> Fixed<T>(ParquetEncoding encoding, T[]? dictionary)
        where T : unmanaged => encoding switch
        {
            ParquetEncoding.Plain when typeof(T) == typeof(bool) => (ValueDecoder<T>)(object)new PlainBooleanDecoder(),
            ParquetEncoding.Plain => new PlainDecoder<T>(),
            ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary =>
                new DictionaryDecoder<T>(dictionary ?? throw NoDictionary()),
            ParquetEncoding.Rle when typeof(T) == typeof(bool) => (ValueDecoder<T>)(object)new RleBooleanDecoder(),
            ParquetEncoding.DeltaBinaryPacked when typeof(T) == typeof(int) || typeof(T) == typeof(long) => new DeltaDecoder<T>(),
            ParquetEncoding.ByteStreamSplit when typeof(T) != typeof(bool) => new SplitDecoder<T>(),
            _ => throw Unsupported(encoding),
        };

    public static BytesDecoder Bytes(
        ParquetEncoding encoding, ParquetColumn column, BytesDictionary? dictionary, ParquetReaderOptions options) =>
        encoding switch
        {
            ParquetEncoding.Plain when column.TypeLength > 0 => new FixedBytesDecoder(column.TypeLength, false, options.MaxBatchBytes),
            ParquetEncoding.Plain => new PlainBytesDecoder(column.IsText, options.MaxBatchBytes),
            ParquetEncoding.ByteStreamSplit when column.PhysicalType == ParquetPhysicalType.FixedLenByteArray =>
                new FixedBytesDecoder(column.TypeLength, true, options.MaxBatchBytes),
            ParquetEncoding.DeltaLengthByteArray when column.PhysicalType == ParquetPhysicalType.ByteArray =>
                new DeltaLengthBytesDecoder(column.IsText, options.MaxBatchBytes),
            ParquetEncoding.DeltaByteArray when column.PhysicalType != ParquetPhysicalType.Int96 =>
                new DeltaBytesDecoder(column.TypeLength, column.IsText, options.MaxBatchBytes, options.MaxPageBytes),
            ParquetEncoding.PlainDictionary or ParquetEncoding.RleDictionary =>
                new DictionaryBytesDecoder(dictionary ?? throw NoDictionary()),
            _ => throw Unsupported(encoding),
        };

    private static ParquetFormatException Unsupported(ParquetEncoding encoding) => new(
        Enum.IsDefined(encoding) ? ParquetErrorCode.UnsupportedEncoding : ParquetErrorCode.InvalidMetadata,
        $"A page's values are encoded as {encoding}, which is not read for this column's type.");

    private static ParquetFormatException NoDictionary() =>
        new(ParquetErrorCode.InconsistentLayout, "A page holds dictionary codes, but its column chunk has no dictionary before it.");
}
