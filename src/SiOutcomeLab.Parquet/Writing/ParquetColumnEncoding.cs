namespace SiOutcomeLab.Parquet;

/// <summary>How a column's values are written (parquet-format, Encodings.md).</summary>
public enum ParquetColumnEncoding
{
    /// <summary>
    /// Dictionary codes where they take less, as long as <see cref="ParquetWriterOptions.MaxDictionaryBytes"/> lasts, and plain from there
    /// on; booleans plain on pages of version 1 and as <see cref="Rle"/> on pages of version 2.
    /// </summary>
    Automatic,

    /// <summary>PLAIN: values end to end. Any type.</summary>
    Plain,

    /// <summary>DELTA_BINARY_PACKED: differences, packed. Int32 and Int64; for values that grow evenly.</summary>
    DeltaBinaryPacked,

    /// <summary>DELTA_LENGTH_BYTE_ARRAY: packed lengths, then bytes. ByteArray.</summary>
    DeltaLengthByteArray,

    /// <summary>DELTA_BYTE_ARRAY: each value less what it shares with the start of the one before. ByteArray and FixedLenByteArray.</summary>
    DeltaByteArray,

    /// <summary>BYTE_STREAM_SPLIT: all first bytes, then all second ones, and so on. Numbers and FixedLenByteArray; with a codec.</summary>
    ByteStreamSplit,

    /// <summary>RLE: runs and packed bits. Boolean.</summary>
    Rle,
}
