using Grpc.Core;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>Every failure of framing and encoding, with its fixed code and text. The codes are those of gRPC's statuscodes.md.</summary>
internal static class ProtocolErrors
{
    public static readonly Status Incomplete = new(StatusCode.Internal, "The stream ended inside a message.");
    public static readonly Status UnknownFlag = new(StatusCode.Internal, "The first byte of a message must be 0 or 1.");
    public static readonly Status FlagWithoutEncoding = new(StatusCode.Internal, "A message is marked compressed, but grpc-encoding names no compression.");
    public static readonly Status Corrupt = new(StatusCode.Internal, "A compressed message does not decompress.");
    public static readonly Status Unparsable = new(StatusCode.Internal, "A message does not parse.");
    public static readonly Status MessageTooLarge = new(StatusCode.ResourceExhausted, "A received message exceeds the maximum size.");
    public static readonly Status InflatedTooLarge = new(StatusCode.ResourceExhausted, "A received message exceeds the maximum size when decompressed.");
    public static readonly Status RatioTooLarge = new(StatusCode.ResourceExhausted, "A received message decompresses to more than 100 times its size.");
    public static readonly Status SentTooLarge = new(StatusCode.ResourceExhausted, "A message to send exceeds the maximum size.");
    public static readonly Status MalformedTimeout = new(StatusCode.Internal, "grpc-timeout must be one value of 1 to 8 digits and one of H, M, S, m, u, n.");
    public static readonly Status MalformedBinary = new(StatusCode.Internal, "A -bin metadata value is not base64.");
    public static readonly Status InvalidTrailer = new(StatusCode.Internal, "A trailer holds characters that cannot be sent.");
    public static readonly Status DeadlineExceeded = new(StatusCode.DeadlineExceeded, "Deadline exceeded.");
    public static readonly Status Cancelled = new(StatusCode.Cancelled, "The call was cancelled.");
    public static readonly Status NoRequest = new(StatusCode.Unimplemented, "The method takes exactly one request, and none came.");
    public static readonly Status ManyRequests = new(StatusCode.Unimplemented, "The method takes exactly one request, and more came.");
    public static readonly Status NoResponse = new(StatusCode.Unimplemented, "The method gives exactly one response, and none came.");
    public static readonly Status ManyResponses = new(StatusCode.Unimplemented, "The method gives exactly one response, and more came.");
    public static readonly Status HandlerFailed = new(StatusCode.Unknown, "Exception was thrown by handler.");

    public static RpcException AsException(this Status status) => new(status);
}
