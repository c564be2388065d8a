using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>What the footer says of a column chunk that has been written. Offsets and sizes in bytes.</summary>
internal sealed record WrittenChunk(
    ParquetColumnSpec Column,
    CompressionId Codec,
    IReadOnlyList<ParquetEncoding> Encodings,
    long Rows,
    long? NullCount,
    long UncompressedBytes,
    long CompressedBytes,
    long DataOffset,
    long? DictionaryOffset);

/// <summary>What the footer says of a row group that has been written.</summary>
internal sealed record WrittenRowGroup(long Rows, IReadOnlyList<WrittenChunk> Chunks);
