namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>The one way in which a zstd page is refused.</summary>
internal static class ZstdFault
{
    /// <summary>The error for a page with this fault, told as a clause ("ends inside a block").</summary>
    public static ParquetFormatException Of(string what) => new(ParquetErrorCode.InvalidCompressedData, $"A zstd page {what}.");
}
