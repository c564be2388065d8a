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

    /// <summary>Most key-value entries in the footer, and in each column chunk; 10 000.</summary>
    public int MaxKeyValues { get; init; } = 10_000;

    /// <summary>
    /// Largest page, in bytes: as stored, after decompression, and what the values of a DELTA_BYTE_ARRAY page expand to; 64 MB.
    /// </summary>
    public int MaxPageBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Largest dictionary page after decompression, in bytes; 32 MB. It is held decoded while its chunk is read.</summary>
    public int MaxDictionaryBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>
    /// Most bytes of values that one <see cref="BytesColumnReader.Read"/> may gather; 64 MB. A batch over it fails, never comes short.
    /// </summary>
    public int MaxBatchBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>
    /// Most bytes of pages and dictionaries that all open column readers of the file may hold together; 192 MB. Batches are the
    /// caller's.
    /// </summary>
    public long MaxHeldBytes { get; init; } = 192L * 1024 * 1024;

    /// <summary>
    /// Most times its own size that the file may say it decompresses to, beyond the first 256 MB; 256. Over it the file is refused unread:
    /// gzip alone reaches 1032, data of persons seldom 20.
    /// </summary>
    public int MaxInflation { get; init; } = 256;

    /// <summary>
    /// Most values (rows × columns) for each byte of the file, beyond the first 16 million; 4096. Runs can say thousands of millions
    /// of rows in some bytes, so that only reading them would tell that the file is no follow-up.
    /// </summary>
    public int MaxValuesPerByte { get; init; } = 4096;

    /// <summary>Whether a page's CRC-32 is checked where the file has one; true.</summary>
    public bool VerifyChecksums { get; init; } = true;

    /// <summary>
    /// Whether the system's libzstd may decode where there is one; true. Without, the same files are read by managed code, with the same
    /// checks.
    /// </summary>
    public bool UseNativeLibraries { get; init; } = true;
}
