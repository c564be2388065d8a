namespace SiOutcomeLab.Parquet.Format;

/// <summary>Page kinds of <c>parquet.thrift</c>.</summary>
internal enum PageType
{
    Data = 0,
    Index = 1,
    Dictionary = 2,
    DataV2 = 3,
}

/// <summary>
/// A page header (<c>parquet.thrift</c>, struct <c>PageHeader</c>) with the fields of its kind flattened. Statistics are skipped.
/// </summary>
internal struct PageHeader
{
    public PageType Type;
    public int UncompressedSize;
    public int CompressedSize;

    /// <summary>CRC-32 of the page's stored bytes, null when not written.</summary>
    public uint? Crc;

    public int ValueCount;
    public ParquetEncoding Encoding;

    /// <summary>Version 1 only; version 2 levels are always RLE.</summary>
    public ParquetEncoding DefinitionLevelEncoding;

    /// <summary>Version 2 only.</summary>
    public int NullCount;

    /// <summary>Version 2 only; equals the number of values in a flat file.</summary>
    public int RowCount;

    /// <summary>Version 2 only: levels stand uncompressed before the values.</summary>
    public int DefinitionLevelBytes;

    /// <summary>Version 2 only; 0 in a flat file.</summary>
    public int RepetitionLevelBytes;

    /// <summary>Version 2 only; whether the values are compressed, true when not said.</summary>
    public bool IsCompressed;
}
