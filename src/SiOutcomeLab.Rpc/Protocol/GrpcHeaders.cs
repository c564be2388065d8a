namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>Names and values of the protocol (gRPC's PROTOCOL-HTTP2.md).</summary>
internal static class GrpcHeaders
{
    public const string ContentType = "application/grpc";
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Timeout = "grpc-timeout";
    public const string Encoding = "grpc-encoding";
    public const string AcceptEncoding = "grpc-accept-encoding";
    public const string Identity = "identity";

    /// <summary>Not sent: a handler or caller names in it the encoding of its own messages, as in Grpc.Net.</summary>
    public const string EncodingRequest = "grpc-internal-encoding-request";

    /// <summary>Bytes before each message: a flag and a big-endian length.</summary>
    public const int PrefixLength = 5;

    private static readonly HashSet<string> TransportHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-type", "te", "host", "content-length", "accept-encoding", "content-encoding", "transfer-encoding", "connection", "date",
        "server", "trailer",
    };

    private static readonly HashSet<string> VisibleGrpcHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "grpc-status-details-bin", "grpc-trace-bin", "grpc-tags-bin", "grpc-previous-rpc-attempts", "grpc-retry-pushback-ms",
    };

    /// <summary>Whether a header belongs to the protocol and is neither shown as metadata nor taken from it.</summary>
    public static bool IsReserved(string name) =>
        name.StartsWith(':')
        || TransportHeaders.Contains(name)
        || (name.StartsWith("grpc-", StringComparison.OrdinalIgnoreCase) && !VisibleGrpcHeaders.Contains(name));

    /// <summary>HTTP allows more characters in header names than gRPC; such a header is none of ours.</summary>
    public static bool IsMetadataKey(string name) => name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <summary>Whether a content type is gRPC with protobuf messages: <c>application/grpc</c> or <c>application/grpc+proto</c>.</summary>
    public static bool IsGrpcContentType(string? contentType)
    {
        var media = contentType.AsSpan();
        var parameters = media.IndexOf(';');
        if (parameters >= 0) media = media[..parameters];
        media = media.Trim();
        return media.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
            || media.Equals("application/grpc+proto", StringComparison.OrdinalIgnoreCase);
    }
}
