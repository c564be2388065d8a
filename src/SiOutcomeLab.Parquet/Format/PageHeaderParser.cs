namespace SiOutcomeLab.Parquet.Format;

/// <summary>Parses a page header from the bytes at its start.</summary>
internal static class PageHeaderParser
{
    /// <summary>Parses; the header's own length comes back in <paramref name="length"/>.</summary>
    /// <param name="bytes">Bytes that begin with the header.</param>
    /// <param name="length">The header's length in bytes.</param>
    /// <param name="statistics">Receives the page's smallest and largest values; skipped when null.</param>
    /// <exception cref="ParquetFormatException">Truncated when the bytes end within the header; else what is wrong with it.</exception>
    public static PageHeader Parse(ReadOnlySpan<byte> bytes, out int length, List<byte[]>? statistics = null)
    {
        var reader = new ThriftReader(bytes);
        var header = new PageHeader { IsCompressed = true };
        int? pageType = null, uncompressed = null, compressed = null;
        PageType? body = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    pageType = reader.I32(type);
                    break;
                case 2:
                    uncompressed = reader.I32(type);
                    break;
                case 3:
                    compressed = reader.I32(type);
                    break;
                case 4:
                    header.Crc = (uint)reader.I32(type);
                    break;
                case 5:
                    ThriftReader.ExpectStruct(type);
                    ParseData(ref reader, ref header, statistics);
                    body = PageType.Data;
                    break;
                case 7:
                    ThriftReader.ExpectStruct(type);
                    ParseDictionary(ref reader, ref header);
                    body = PageType.Dictionary;
                    break;
                case 8:
                    ThriftReader.ExpectStruct(type);
                    ParseDataV2(ref reader, ref header, statistics);
                    body = PageType.DataV2;
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        header.Type = (PageType)(pageType ?? throw FooterParser.Missing("a page's type"));
        header.UncompressedSize = uncompressed ?? throw FooterParser.Missing("a page's uncompressed size");
        header.CompressedSize = compressed ?? throw FooterParser.Missing("a page's compressed size");
        if (header.UncompressedSize < 0 || header.CompressedSize < 0 || header.ValueCount < 0)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidMetadata, "A page has a negative size or number of values.");
        }

        if (header.Type is PageType.Data or PageType.Dictionary or PageType.DataV2 && body != header.Type)
        {
            throw FooterParser.Missing("the page header of the page's type");
        }

        length = reader.Position;
        return header;
    }

    private static void ParseData(ref ThriftReader reader, ref PageHeader header, List<byte[]>? statistics)
    {
        int? values = null, encoding = null, levels = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1) values = reader.I32(type);
            else if (id == 2) encoding = reader.I32(type);
            else if (id == 3) levels = reader.I32(type);
            else if (id == 5 && statistics is not null) StatisticsParser.Parse(ref reader, type, statistics);
            else reader.Skip(type);
        }

        header.ValueCount = values ?? throw FooterParser.Missing("a page's number of values");
        header.Encoding = (ParquetEncoding)(encoding ?? throw FooterParser.Missing("a page's encoding"));
        header.DefinitionLevelEncoding = (ParquetEncoding)(levels ?? throw FooterParser.Missing("a page's level encoding"));
    }

    private static void ParseDictionary(ref ThriftReader reader, ref PageHeader header)
    {
        int? values = null, encoding = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1) values = reader.I32(type);
            else if (id == 2) encoding = reader.I32(type);
            else reader.Skip(type);
        }

        header.ValueCount = values ?? throw FooterParser.Missing("a dictionary's number of values");
        header.Encoding = (ParquetEncoding)(encoding ?? throw FooterParser.Missing("a dictionary's encoding"));
    }

    private static void ParseDataV2(ref ThriftReader reader, ref PageHeader header, List<byte[]>? statistics)
    {
        int? values = null, nulls = null, rows = null, encoding = null, definition = null, repetition = null;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    values = reader.I32(type);
                    break;
                case 2:
                    nulls = reader.I32(type);
                    break;
                case 3:
                    rows = reader.I32(type);
                    break;
                case 4:
                    encoding = reader.I32(type);
                    break;
                case 5:
                    definition = reader.I32(type);
                    break;
                case 6:
                    repetition = reader.I32(type);
                    break;
                case 7:
                    header.IsCompressed = ThriftReader.Bool(type);
                    break;
                case 8 when statistics is not null:
                    StatisticsParser.Parse(ref reader, type, statistics);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        header.ValueCount = values ?? throw FooterParser.Missing("a page's number of values");
        header.NullCount = nulls ?? throw FooterParser.Missing("a page's number of nulls");
        header.RowCount = rows ?? throw FooterParser.Missing("a page's number of rows");
        header.Encoding = (ParquetEncoding)(encoding ?? throw FooterParser.Missing("a page's encoding"));
        header.DefinitionLevelBytes = definition ?? throw FooterParser.Missing("a page's length of definition levels");
        header.RepetitionLevelBytes = repetition ?? throw FooterParser.Missing("a page's length of repetition levels");
    }
}
