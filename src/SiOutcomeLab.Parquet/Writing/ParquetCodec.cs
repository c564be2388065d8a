namespace SiOutcomeLab.Parquet;

/// <summary>
/// How a writer compresses pages; the numbers are those of the file format (<c>parquet.thrift</c>, enum <c>CompressionCodec</c>).
/// </summary>
public enum ParquetCodec
{
    /// <summary>Not at all.</summary>
    Uncompressed = 0,

    /// <summary>Snappy: fast, moderate ratio.</summary>
    Snappy = 1,

    /// <summary>Gzip (RFC 1952): slow, better ratio.</summary>
    Gzip = 2,
}
