namespace SiOutcomeLab.Parquet.Format;

/// <summary>Encodings of <c>parquet.thrift</c>, all that the format names, so that errors can name them too.</summary>
internal enum ParquetEncoding
{
    Plain = 0,
    PlainDictionary = 2,
    Rle = 3,
    BitPacked = 4,
    DeltaBinaryPacked = 5,
    DeltaLengthByteArray = 6,
    DeltaByteArray = 7,
    RleDictionary = 8,
    ByteStreamSplit = 9,
}
