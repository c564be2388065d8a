using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>gzip (RFC 1952).</summary>
/// <param name="defaultCompressionLevel">Level when a call names none.</param>
public sealed class GzipCompressionProvider(CompressionLevel defaultCompressionLevel) : ICompressionProvider
{
    /// <inheritdoc/>
    public string EncodingName => "gzip";

    /// <inheritdoc/>
    public Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel) =>
        new GZipStream(stream, compressionLevel ?? defaultCompressionLevel, leaveOpen: true);

    /// <summary>A stream of the bytes that were compressed; it throws <see cref="InvalidDataException"/> also when the input is cut short.</summary>
    /// <param name="stream">The compressed bytes.</param>
    public Stream CreateDecompressionStream(Stream stream) => new CheckedGzipStream(stream);
}
