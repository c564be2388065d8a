namespace SiOutcomeLab.Parquet.Format;

/// <summary>
/// Where one column of one row group lies (<c>parquet.thrift</c>, structs <c>ColumnChunk</c> and <c>ColumnMetaData</c>).
/// Statistics are kept as bytes to search: nothing trusts them.
/// </summary>
internal sealed class ColumnChunkMetadata
{
    public required ParquetPhysicalType Type { get; init; }

    public required CompressionId Codec { get; init; }

    public required long ValueCount { get; init; }

    public required long UncompressedSize { get; init; }

    public required long CompressedSize { get; init; }

    public required long DataPageOffset { get; init; }

    /// <summary>0 when the chunk has none; some writers spell "none" as 0.</summary>
    public required long DictionaryPageOffset { get; init; }

    /// <summary>The encodings that the footer names; told, not trusted.</summary>
    public required IReadOnlyCollection<ParquetEncoding> Encodings { get; init; }

    /// <summary>Smallest and largest values as the footer tells them.</summary>
    public required IReadOnlyList<byte[]> Statistics { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> KeyValues { get; init; }

    /// <summary>Where the pages' smallest and largest values are told; 0 and 0 when nowhere.</summary>
    public (long Offset, int Length) ColumnIndex { get; set; }

    /// <summary>The first byte of the chunk: its dictionary page stands before its data pages.</summary>
    public long Start => DictionaryPageOffset > 0 ? Math.Min(DictionaryPageOffset, DataPageOffset) : DataPageOffset;
}
