namespace SiOutcomeLab.Parquet.Format;

/// <summary>Parses <c>FileMetaData</c>, in one pass over the footer's bytes.</summary>
internal static class FooterParser
{
    public static FileMetadata Parse(ReadOnlySpan<byte> footer, ParquetReaderOptions options)
    {
        var reader = new ThriftReader(footer);
        int? version = null;
        ParquetSchema? schema = null;
        long? rows = null;
        List<RowGroupMetadata>? rowGroups = null;
        List<KeyValuePair<string, string>> keyValues = [];
        string? createdBy = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    version = reader.I32(type);
                    break;
                case 2:
                    schema = SchemaParser.Parse(ref reader, type, options.MaxColumns);
                    break;
                case 3:
                    rows = reader.I64(type);
                    break;
                case 4:
                    rowGroups = ParseRowGroups(ref reader, type, schema ?? throw Missing("a schema before its row groups"), options);
                    break;
                case 5:
                    keyValues = KeyValueParser.Parse(ref reader, type, options.MaxKeyValues);
                    break;
                case 6:
                    createdBy = reader.Text(type);
                    break;
                case 8:
                    throw new ParquetFormatException(ParquetErrorCode.Encrypted, "The file is encrypted; send it without encryption.");
                default:
                    reader.Skip(type);
                    break;
            }
        }

        if (reader.Position != footer.Length)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidMetadata, "The footer is longer than its content.");
        }

        _ = version ?? throw Missing("the format's version");
        return new FileMetadata(
            schema ?? throw Missing("a schema"),
            rows ?? throw Missing("the number of rows"),
            rowGroups ?? throw Missing("its row groups"),
            keyValues,
            createdBy);
    }

    public static ParquetFormatException Missing(string what) => new(ParquetErrorCode.InvalidMetadata, $"The metadata lacks {what}.");

    private static List<RowGroupMetadata> ParseRowGroups(
        ref ThriftReader reader, ThriftType type, ParquetSchema schema, ParquetReaderOptions options)
    {
        var count = reader.List(type, ThriftType.Struct);
        var groups = new List<RowGroupMetadata>();
        for (var i = 0; i < count; i++)
        {
            try
            {
                groups.Add(ParseRowGroup(ref reader, schema, options));
            }
            catch (ParquetFormatException error)
            {
                throw error.At(rowGroup: i);
            }
        }

        return groups;
    }

    private static RowGroupMetadata ParseRowGroup(ref ThriftReader reader, ParquetSchema schema, ParquetReaderOptions options)
    {
        ColumnChunkMetadata[]? chunks = null;
        long? rows = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    var count = reader.List(type, ThriftType.Struct);
                    if (count != schema.Columns.Count)
                    {
                        throw new ParquetFormatException(
                            ParquetErrorCode.InconsistentLayout, "A row group's number of columns is not the schema's.");
                    }

                    chunks = new ColumnChunkMetadata[count];
                    for (var i = 0; i < count; i++) chunks[i] = ParseChunk(ref reader, schema.Columns[i], options);
                    break;
                case 3:
                    rows = reader.I64(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new RowGroupMetadata(
            rows ?? throw Missing("a row group's number of rows"),
            chunks ?? throw Missing("a row group's columns"));
    }

    private static ColumnChunkMetadata ParseChunk(ref ThriftReader reader, ParquetColumn column, ParquetReaderOptions options)
    {
        try
        {
            return ColumnChunkParser.Parse(ref reader, column, options);
        }
        catch (ParquetFormatException error)
        {
            throw error.At(column.Name);
        }
    }
}
