namespace SiOutcomeLab.Parquet.Format;

/// <summary>Parses <c>ColumnChunk</c> and its <c>ColumnMetaData</c>.</summary>
internal static class ColumnChunkParser
{
    /// <summary>More than the format has; a list that goes on is read and not kept.</summary>
    private const int MaxEncodings = 16;

    public static ColumnChunkMetadata Parse(ref ThriftReader reader, ParquetColumn column, ParquetReaderOptions options)
    {
        ColumnChunkMetadata? metadata = null;
        var (indexOffset, indexLength) = (0L, 0);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    throw new ParquetFormatException(
                        ParquetErrorCode.InconsistentLayout, "A column chunk lies in another file; only whole files are read.");
                case 3:
                    ThriftReader.ExpectStruct(type);
                    metadata = ParseMetadata(ref reader, column, options);
                    break;
                case 6:
                    indexOffset = reader.I64(type);
                    break;
                case 7:
                    indexLength = reader.I32(type);
                    break;
                case 8 or 9:
                    throw new ParquetFormatException(
                        ParquetErrorCode.Encrypted, "A column is encrypted; send the file without encryption.");
                default:
                    reader.Skip(type);
                    break;
            }
        }

        if (metadata is null) throw FooterParser.Missing("a column chunk's metadata");
        metadata.ColumnIndex = (indexOffset, indexLength);
        return metadata;
    }

    private static ColumnChunkMetadata ParseMetadata(ref ThriftReader reader, ParquetColumn column, ParquetReaderOptions options)
    {
        int? physicalType = null, codec = null;
        long? values = null, uncompressed = null, compressed = null, dataOffset = null;
        long dictionaryOffset = 0;
        var isNamed = false;
        var statistics = new List<byte[]>();
        var encodings = new SortedSet<ParquetEncoding>();
        List<KeyValuePair<string, string>> keyValues = [];
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    physicalType = reader.I32(type);
                    break;
                case 2:
                    ParseEncodings(ref reader, type, encodings);
                    break;
                case 3:
                    VerifyPath(ref reader, type, column);
                    isNamed = true;
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
                case 8:
                    keyValues = KeyValueParser.Parse(ref reader, type, options.MaxKeyValues);
                    break;
                case 9:
                    dataOffset = reader.I64(type);
                    break;
                case 11:
                    dictionaryOffset = reader.I64(type);
                    break;
                case 12:
                    StatisticsParser.Parse(ref reader, type, statistics);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        if (!isNamed) throw FooterParser.Missing("a column chunk's path");
        return new ColumnChunkMetadata
        {
            Type = (ParquetPhysicalType)(physicalType ?? throw FooterParser.Missing("a column chunk's type")),
            Codec = (CompressionId)(codec ?? throw FooterParser.Missing("a column chunk's codec")),
            ValueCount = values ?? throw FooterParser.Missing("a column chunk's number of values"),
            UncompressedSize = uncompressed ?? throw FooterParser.Missing("a column chunk's uncompressed size"),
            CompressedSize = compressed ?? throw FooterParser.Missing("a column chunk's compressed size"),
            DataPageOffset = dataOffset ?? throw FooterParser.Missing("a column chunk's offset"),
            DictionaryPageOffset = dictionaryOffset,
            Encodings = encodings,
            Statistics = statistics,
            KeyValues = keyValues,
        };
    }

    private static void ParseEncodings(ref ThriftReader reader, ThriftType type, SortedSet<ParquetEncoding> encodings)
    {
        for (var left = reader.List(type, ThriftType.I32); left > 0; left--)
        {
            var encoding = (ParquetEncoding)reader.I32(ThriftType.I32);
            if (encodings.Count < MaxEncodings) encodings.Add(encoding);
        }
    }

    private static void VerifyPath(ref ThriftReader reader, ThriftType type, ParquetColumn column)
    {
        var parts = reader.List(type, ThriftType.Binary);
        if (parts != 1) throw new ParquetFormatException(ParquetErrorCode.InconsistentLayout, "A column chunk's path is not one name.");
        if (!string.Equals(reader.Text(ThriftType.Binary), column.Name, StringComparison.Ordinal))
        {
            throw new ParquetFormatException(ParquetErrorCode.InconsistentLayout, "A column chunk's name is not the schema's.");
        }
    }
}
