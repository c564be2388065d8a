using Grpc.Net.Compression;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>The compressions one side understands, by name.</summary>
internal sealed class CompressionTable
{
    private readonly Dictionary<string, ICompressionProvider> _providers = new(StringComparer.Ordinal);

    /// <param name="providers">Of several with one name the last counts.</param>
    public CompressionTable(IEnumerable<ICompressionProvider> providers)
    {
        foreach (var provider in providers)
        {
            _providers[provider.EncodingName] = provider;
        }

        AcceptEncoding = string.Join(',', _providers.Keys.Prepend(GrpcHeaders.Identity));
    }

    /// <summary>Value of <c>grpc-accept-encoding</c>.</summary>
    public string AcceptEncoding { get; }

    /// <summary>Looks an encoding up; null stands for "not compressed" and comes with true for identity or no name at all.</summary>
    public bool TryGet(string? encoding, out ICompressionProvider? provider)
    {
        provider = null;
        return string.IsNullOrEmpty(encoding) || encoding == GrpcHeaders.Identity || _providers.TryGetValue(encoding, out provider);
    }
}
