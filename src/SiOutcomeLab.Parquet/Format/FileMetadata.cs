namespace SiOutcomeLab.Parquet.Format;

/// <summary>The footer after all checks that need no page.</summary>
internal sealed record FileMetadata(
    ParquetSchema Schema,
    long RowCount,
    IReadOnlyList<RowGroupMetadata> RowGroups,
    IReadOnlyList<KeyValuePair<string, string>> KeyValues,
    string? CreatedBy);

/// <summary>One row group; as many chunks as the schema has columns, in schema order.</summary>
internal sealed record RowGroupMetadata(long RowCount, ColumnChunkMetadata[] Chunks);
