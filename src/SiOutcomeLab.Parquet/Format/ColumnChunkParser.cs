namespace SiOutcomeLab.Parquet.Format;

/// <summary>Parses <c>ColumnChunk</c> and its <c>ColumnMetaData</c>.</summary>
internal static class ColumnChunkParser
{
    public static ColumnChunkMetadata Parse(ref ThriftReader reader)
    {
        ColumnChunkMetadata? metadata = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    throw new ParquetFormatException(
                        ParquetErrorCode.InconsistentLayout, "A column chunk lies in another file; only whole files are read.");
                case 3:
                    ThriftReader.ExpectStruct(type);
                    metadata = ParseMetadata(ref reader);
                    break;
                case 8 or 9:
                    throw new ParquetFormatException(
                        ParquetErrorCode.Encrypted, "A column is encrypted; send the file without encryption.");
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return metadata ?? throw FooterParser.Missing("a column chunk's metadata");
    }

    private static ColumnChunkMetadata ParseMetadata(ref ThriftReader reader)
    {
        int? physicalType = null, codec = null;
        long? values = null, uncompressed = null, compressed = null, dataOffset = null;
        long dictionaryOffset = 0;
        string? path = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    physicalType = reader.I32(type);
                    break;
                case 3:
                    path = ParsePath(ref reader, type);
                    break;
                case 4:
                    codec = reader.I32(type);
                    break;
                case 5:
                    values = reader.I64(type);
                    break;
                case 6:
                    uncompressed = reader.I64(type);
                    break;
                case 7:
                    compressed = reader.I64(type);
                    break;
                case 9:
                    dataOffset = reader.I64(type);
                    break;
                case 11:
                    dictionaryOffset = reader.I64(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return new ColumnChunkMetadata
        {
            Type = (ParquetPhysicalType)(physicalType ?? throw FooterParser.Missing("a column chunk's type")),
            Path = path ?? throw FooterParser.Missing("a column chunk's path"),
            Codec = (CompressionId)(codec ?? throw FooterParser.Missing("a column chunk's codec")),
            ValueCount = values ?? throw FooterParser.Missing("a column chunk's number of values"),
            UncompressedSize = uncompressed ?? throw FooterParser.Missing("a column chunk's uncompressed size"),
            CompressedSize = compressed ?? throw FooterParser.Missing("a column chunk's compressed size"),
            DataPageOffset = dataOffset ?? throw FooterParser.Missing("a column chunk's offset"),
            DictionaryPageOffset = dictionaryOffset,
        };
    }

    private static string ParsePath(ref ThriftReader reader, ThriftType type)
    {
        var parts = reader.List(type, ThriftType.Binary);
        if (parts != 1) throw new ParquetFormatException(ParquetErrorCode.InconsistentLayout, "A column chunk's path is not one name.");
        return reader.Text(ThriftType.Binary);
    }
}
