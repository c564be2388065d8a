namespace SiOutcomeLab.Parquet;

/// <summary>
/// Limits that a file must keep to be read. The defaults take every file that common writers make; a hub may set them lower.
/// </summary>
public sealed record ParquetReaderOptions
{
    /// <summary>The defaults.</summary>
    public static ParquetReaderOptions Default { get; } = new();

    /// <summary>Largest footer, in bytes; 16 MB.</summary>
    public int MaxFooterBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Most columns; 10 000.</summary>
    public int MaxColumns { get; init; } = 10_000;

    /// <summary>
    /// Largest page, in bytes, both as stored and after decompression; 256 MB. One page a column being read is held in memory.
    /// </summary>
    public int MaxPageBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>
    /// Most bytes of values that one <see cref="BytesColumnReader.Read"/> may gather; 256 MB. A batch over it fails, never comes short.
    /// </summary>
    public int MaxBatchBytes { get; init; } = 256 * 1024 * 1024;

    /// <summary>Whether a page's CRC-32 is checked where the file has one; true.</summary>
    public bool VerifyChecksums { get; init; } = true;
}
