namespace SiOutcomeLab.Parquet.Format;

/// <summary>Codecs of <c>parquet.thrift</c>, all that the format names, so that errors can name them too.</summary>
internal enum CompressionId
{
    Uncompressed = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4 = 5,
    Zstd = 6,
    Lz4Raw = 7,
}
