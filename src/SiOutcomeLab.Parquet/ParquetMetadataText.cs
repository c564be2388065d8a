namespace SiOutcomeLab.Parquet;

/// <summary>A text or value in a file's metadata, for searching only: it may be false, and nothing that is read depends on it.</summary>
/// <param name="Where">What holds it, in words without any of the file's content.</param>
/// <param name="Column">The column it belongs to, or null.</param>
/// <param name="RowGroup">The row group, from 0, or null.</param>
/// <param name="Bytes">UTF-8 for texts; the stored form (little-endian numbers, raw bytes) for values.</param>
public readonly record struct ParquetMetadataText(string Where, string? Column, int? RowGroup, ReadOnlyMemory<byte> Bytes);
