using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes <c>FileMetaData</c>.</summary>
internal static class FooterWriter
{
    public static byte[] Write(
        IReadOnlyList<ParquetColumnSpec> columns, IReadOnlyList<WrittenRowGroup> rowGroups, ParquetWriterOptions options, string createdBy)
    {
        var writer = new ThriftWriter();
        writer.I32(1, options.PageVersion);
        WriteSchema(writer, columns);
        writer.I64(3, rowGroups.Sum(group => group.Rows));
        writer.BeginList(4, ThriftType.Struct, rowGroups.Count);
        for (var i = 0; i < rowGroups.Count; i++) WriteRowGroup(writer, rowGroups[i], i);
        if (options.KeyValueMetadata.Count > 0)
        {
            writer.BeginList(5, ThriftType.Struct, options.KeyValueMetadata.Count);
            foreach (var (key, value) in options.KeyValueMetadata)
            {
                writer.BeginElement();
                writer.Text(1, key);
                writer.Text(2, value);
                writer.EndStruct();
            }
        }

        writer.Text(6, createdBy);
        writer.End();
        return writer.Written.ToArray();
    }

    private static void WriteSchema(ThriftWriter writer, IReadOnlyList<ParquetColumnSpec> columns)
    {
        writer.BeginList(2, ThriftType.Struct, columns.Count + 1);
        writer.BeginElement();
        writer.Text(4, "schema");
        writer.I32(5, columns.Count);
        writer.EndStruct();
        foreach (var column in columns)
        {
            writer.BeginElement();
            writer.I32(1, (int)column.PhysicalType);
            if (column.TypeLength > 0) writer.I32(2, column.TypeLength);
            writer.I32(3, column.IsOptional ? 1 : 0);
            writer.Text(4, column.Name);
            if (SchemaAnnotations.Converted(column) is { } converted) writer.I32(6, (int)converted);
            if (column.LogicalType == ParquetLogicalType.Decimal)
            {
                writer.I32(7, column.Scale);
                writer.I32(8, column.Precision);
            }

            SchemaAnnotations.WriteLogical(writer, column);
            writer.EndStruct();
        }
    }

    private static void WriteRowGroup(ThriftWriter writer, WrittenRowGroup group, int ordinal)
    {
        writer.BeginElement();
        writer.BeginList(1, ThriftType.Struct, group.Chunks.Count);
        foreach (var chunk in group.Chunks) WriteChunk(writer, chunk);
        writer.I64(2, group.Chunks.Sum(chunk => chunk.UncompressedBytes));
        writer.I64(3, group.Rows);
        writer.I64(5, group.Chunks[0].DictionaryOffset ?? group.Chunks[0].DataOffset);
        writer.I64(6, group.Chunks.Sum(chunk => chunk.CompressedBytes));
        if (ordinal <= short.MaxValue) writer.I16(7, ordinal);
        writer.EndStruct();
    }

    private static void WriteChunk(ThriftWriter writer, WrittenChunk chunk)
    {
        writer.BeginElement();
        writer.I64(2, 0);
        writer.BeginStruct(3);
        writer.I32(1, (int)chunk.Column.PhysicalType);
        writer.BeginList(2, ThriftType.I32, chunk.Encodings.Count);
        foreach (var encoding in chunk.Encodings) writer.I32Element((int)encoding);
        writer.BeginList(3, ThriftType.Binary, 1);
        writer.TextElement(chunk.Column.Name);
        writer.I32(4, (int)chunk.Codec);
        writer.I64(5, chunk.Rows);
        writer.I64(6, chunk.UncompressedBytes);
        writer.I64(7, chunk.CompressedBytes);
        writer.I64(9, chunk.DataOffset);
        if (chunk.DictionaryOffset is { } dictionary) writer.I64(11, dictionary);
        if (chunk.NullCount is { } nulls)
        {
            writer.BeginStruct(12);
            writer.I64(3, nulls);
            writer.EndStruct();
        }

        writer.EndStruct();
        writer.EndStruct();
    }
}
