using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using Grpc.Net.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>Options of all services. What is not set keeps its default.</summary>
public class GrpcServiceOptions
{
    private int? _maxReceiveMessageSize;
    private int? _maxSendMessageSize;

    /// <summary>
    /// Largest message to receive, in bytes, held on the length prefix before anything is buffered and again while decompressing;
    /// null for no limit. Defaults to 4,194,304 (4 MiB).
    /// </summary>
    public int? MaxReceiveMessageSize
    {
        get => _maxReceiveMessageSize;
        set
        {
            _maxReceiveMessageSize = value;
            MaxReceiveMessageSizeIsSet = true;
        }
    }

    /// <summary>Largest message to send, in bytes before compression; null for no limit. Defaults to null.</summary>
    public int? MaxSendMessageSize
    {
        get => _maxSendMessageSize;
        set
        {
            _maxSendMessageSize = value;
            MaxSendMessageSizeIsSet = true;
        }
    }

    /// <summary>Whether text of exceptions goes to clients. For development only: it may hold anything. Defaults to false.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary>Compression of responses, such as <c>gzip</c>, for clients that accept it; null for none. Defaults to null.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>Speed against size of <see cref="ResponseCompressionAlgorithm"/>; null for the provider's own.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Ways to decompress requests and to compress responses. Empty for gzip.</summary>
    [SuppressMessage("Usage", "CA2227", Justification = "Settable in Grpc.AspNetCore.")]
    public IList<ICompressionProvider> CompressionProviders { get; set; } = [];

    /// <summary>Interceptors, the first outermost; those of all services stand outside those of one.</summary>
    public InterceptorCollection Interceptors { get; } = [];

    /// <summary>Whether calls of unknown services pass on to other endpoints instead of being answered UNIMPLEMENTED. Defaults to false.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    internal bool MaxReceiveMessageSizeIsSet { get; private set; }

    internal bool MaxSendMessageSizeIsSet { get; private set; }
}

/// <summary>Options of one service; what is not set comes from <see cref="GrpcServiceOptions"/>.</summary>
/// <typeparam name="TService">The service.</typeparam>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class;
