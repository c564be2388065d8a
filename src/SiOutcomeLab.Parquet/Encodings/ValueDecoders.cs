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
            _ => throw Unsupported(encoding),
        };

    public static BytesDecoder Bytes(ParquetEncoding encoding, ParquetColumn column, BytesDictionary? dictionary, int maxBatchBytes) =>
        encoding switch
        {
            ParquetEncoding.Plain when column.TypeLength > 0 => new PlainFixedBytesDecoder(column.TypeLength, maxBatchBytes),
            ParquetEncoding.Plain => new PlainBytesDecoder(column.IsText, maxBatchBytes),
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
