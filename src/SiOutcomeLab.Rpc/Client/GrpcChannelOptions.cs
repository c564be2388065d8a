using Grpc.Core;
using Grpc.Net.Compression;

namespace Grpc.Net.Client;

/// <summary>Options of a channel. The names are those of Grpc.Net.Client; only what we use is here.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>Credentials; null for TLS or not as the address says.</summary>
    public ChannelCredentials? Credentials { get; set; }

    /// <summary>Largest message to send, in bytes before compression; null for no limit. Defaults to null.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>
    /// Largest message to receive, in bytes, held both on the wire and while decompressing; null for no limit. Defaults to 4,194,304
    /// (4 MiB).
    /// </summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    /// <summary>Ways to decompress responses and to compress requests. Null for gzip.</summary>
    public IList<ICompressionProvider>? CompressionProviders { get; set; }

    /// <summary>Sends the HTTP requests; must speak HTTP/2. Null for an own <see cref="SocketsHttpHandler"/>. Not with <see cref="HttpClient"/>.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Sends the HTTP requests; must speak HTTP/2, and its timeout ends calls. Not with <see cref="HttpHandler"/>.</summary>
    public HttpClient? HttpClient { get; set; }

    /// <summary>Whether disposing the channel disposes a given handler or client. Defaults to false.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>Whether a cancelled or overdue call throws <see cref="OperationCanceledException"/> in place of <see cref="RpcException"/>. Defaults to false.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Whether call credentials are sent also without TLS. Defaults to false: a token in the clear is a lost token.</summary>
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }

    internal TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
