namespace SiOutcomeLab.Parquet;

/// <summary>What kind of thing is wrong with a file; stable, so that findings may be keyed on it.</summary>
public enum ParquetErrorCode
{
    /// <summary>The bytes do not begin and end as a Parquet file does.</summary>
    NotParquet,

    /// <summary>Something ends before the length that the file declares for it.</summary>
    Truncated,

    /// <summary>The footer or a page header is not valid Thrift, or lacks a field that every file has.</summary>
    InvalidMetadata,

    /// <summary>Counts, sizes or offsets in the file contradict each other or point outside the file.</summary>
    InconsistentLayout,

    /// <summary>A declared size is over a limit of <see cref="ParquetReaderOptions"/>, or cannot come from so few bytes.</summary>
    LimitExceeded,

    /// <summary>A page's CRC-32 does not match its bytes.</summary>
    ChecksumMismatch,

    /// <summary>A page's bytes are not a valid stream of its codec, or inflate to another size than declared.</summary>
    InvalidCompressedData,

    /// <summary>A page's levels or values do not follow their encoding.</summary>
    InvalidEncodedData,

    /// <summary>A text column holds bytes that are not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>The schema has nested or repeated columns; only flat files are read.</summary>
    UnsupportedSchema,

    /// <summary>A valid encoding that this reader does not read.</summary>
    UnsupportedEncoding,

    /// <summary>A valid compression codec that this reader does not read.</summary>
    UnsupportedCodec,

    /// <summary>The file, or a column of it, is encrypted.</summary>
    Encrypted,

    /// <summary>The column is stored as another type than the caller asked to read.</summary>
    TypeMismatch,
}
