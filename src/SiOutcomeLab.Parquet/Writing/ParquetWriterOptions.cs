namespace SiOutcomeLab.Parquet;

/// <summary>How a file is written. The same options and input give the same bytes on the same runtime.</summary>
public sealed record ParquetWriterOptions
{
    /// <summary>The defaults.</summary>
    public static ParquetWriterOptions Default { get; } = new();

    /// <summary>Compression of every page; Snappy.</summary>
    public ParquetCodec Codec { get; init; } = ParquetCodec.Snappy;

    /// <summary>Data page format, 1 or 2; 1, which every reader knows.</summary>
    public int PageVersion { get; init; } = 1;

    /// <summary>
    /// Whether values are written as dictionary codes where that is smaller; true. Booleans never are, nor columns that choose an encoding.
    /// </summary>
    public bool UseDictionary { get; init; } = true;

    /// <summary>
    /// Largest dictionary page before compression, in bytes; 1 MB. A chunk that needs more goes on plain from where the dictionary is full,
    /// or is plain as a whole where codes would not have paid.
    /// </summary>
    public int MaxDictionaryBytes { get; init; } = 1024 * 1024;

    /// <summary>Aimed size of a data page before compression, in bytes; 1 MB. A page holds at least one row.</summary>
    public int PageBytes { get; init; } = 1024 * 1024;

    /// <summary>Whether every page carries its CRC-32; true.</summary>
    public bool WriteChecksums { get; init; } = true;

    /// <summary>
    /// Whether column chunks tell their number of nulls; false. Smallest and largest values are never written: they are rows' exact values.
    /// </summary>
    public bool WriteNullCounts { get; init; }

    /// <summary>Key-value metadata of the footer, written in this order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> KeyValueMetadata { get; init; } = [];

    /// <summary>The program that the file says it was written by; this library and its version when null.</summary>
    public string? CreatedBy { get; init; }
}
