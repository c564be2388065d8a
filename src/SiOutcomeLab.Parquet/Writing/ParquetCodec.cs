namespace SiOutcomeLab.Parquet;

/// <summary>
/// How pages are compressed; the numbers are those of the file format (<c>parquet.thrift</c>, enum <c>CompressionCodec</c>).
/// </summary>
public enum ParquetCodec
{
    /// <summary>Not at all.</summary>
    Uncompressed = 0,

    /// <summary>Snappy: fast, moderate ratio.</summary>
    Snappy = 1,

    /// <summary>Gzip (RFC 1952): slow, better ratio.</summary>
    Gzip = 2,

    /// <summary>LZO: neither read nor written.</summary>
    Lzo = 3,

    /// <summary>Brotli (RFC 7932): slow, good ratio.</summary>
    Brotli = 4,

    /// <summary>LZ4 as Hadoop frames it: deprecated, read and not written.</summary>
    Lz4 = 5,

    /// <summary>Zstandard (RFC 8878): good ratio. Read everywhere, written where the system has libzstd.</summary>
    Zstd = 6,

    /// <summary>LZ4 blocks: fast, moderate ratio.</summary>
    Lz4Raw = 7,
}
