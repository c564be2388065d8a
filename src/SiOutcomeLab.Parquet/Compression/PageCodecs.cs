using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>The codecs that this library has.</summary>
internal static class PageCodecs
{
    private static readonly PageCodec[] All = [new UncompressedCodec(), new SnappyCodec(), new GzipCodec()];

    /// <summary>Finds a codec.</summary>
    /// <exception cref="ParquetFormatException">It is not one that this library has.</exception>
    public static PageCodec Get(CompressionId id)
    {
        foreach (var codec in All)
        {
            if (codec.Id == id) return codec;
        }

        throw new ParquetFormatException(
            Enum.IsDefined(id) ? ParquetErrorCode.UnsupportedCodec : ParquetErrorCode.InvalidMetadata,
            $"The column is compressed with {id}; supported are {string.Join(", ", All.Select(codec => codec.Id))}.");
    }
}
