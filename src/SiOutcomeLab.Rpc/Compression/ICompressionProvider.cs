using System.IO.Compression;

namespace Grpc.Net.Compression;

/// <summary>A way to compress messages.</summary>
public interface ICompressionProvider
{
    /// <summary>Name in <c>grpc-encoding</c>, such as <c>gzip</c>.</summary>
    string EncodingName { get; }

    /// <summary>A stream that compresses what is written to it.</summary>
    /// <param name="stream">Takes the compressed bytes; stays open.</param>
    /// <param name="compressionLevel">Speed against size; null for the provider's own.</param>
    Stream CreateCompressionStream(Stream stream, CompressionLevel? compressionLevel);

    /// <summary>A stream of the bytes that were compressed.</summary>
    /// <param name="stream">The compressed bytes.</param>
    Stream CreateDecompressionStream(Stream stream);
}
