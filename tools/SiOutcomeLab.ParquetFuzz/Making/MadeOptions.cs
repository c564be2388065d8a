using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>How a file is made.</summary>
internal sealed record MadeOptions
{
    public CompressionId Codec { get; init; }

    public int PageVersion { get; init; } = 1;

    public int PageRows { get; init; } = int.MaxValue;

    public int RowGroupRows { get; init; } = int.MaxValue;

    public bool HasChecksums { get; init; } = true;

    /// <summary>
    /// Whether chunks and page headers tell (false) smallest and largest values, and chunks have key-value entries and a page index.
    /// </summary>
    public bool HasExtras { get; init; }
}
