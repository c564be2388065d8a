using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet.Compression;

/// <summary>The codecs that this library has.</summary>
internal static class PageCodecs
{
    private static readonly ZstdCodec ManagedZstd = new(native: false);

    private static readonly PageCodec[] All =
    [
        new UncompressedCodec(), new SnappyCodec(), new GzipCodec(), new BrotliCodec(), new Lz4Codec(), new ZstdCodec(native: true),
        new Lz4RawCodec(),
    ];

    /// <summary>Finds a codec.</summary>
    /// <param name="id">Which.</param>
    /// <param name="native">Whether the system's own libraries may be used where there are any.</param>
    /// <exception cref="ParquetFormatException">It is not one that this library has.</exception>
    public static PageCodec Get(CompressionId id, bool native = true)
    {
        if (!native && id == CompressionId.Zstd) return ManagedZstd;
        foreach (var codec in All)
        {
            if (codec.Id == id) return codec;
        }

        throw new ParquetFormatException(
            Enum.IsDefined(id) ? ParquetErrorCode.UnsupportedCodec : ParquetErrorCode.InvalidMetadata,
            $"The column is compressed with {id}; supported are {string.Join(", ", All.Select(codec => codec.Id))}.");
    }
}
