using System.Net;
using Grpc.Core;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>What HTTP says, as a gRPC status (gRPC's http-grpc-status-mapping.md and PROTOCOL-HTTP2.md, "Errors").</summary>
internal static class TransportErrors
{
    public const int NoError = 0x0;
    public const int Cancel = 0x8;

    public static StatusCode FromHttpStatus(HttpStatusCode status) => status switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout
            => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };

    public static StatusCode FromResetCode(long errorCode) => errorCode switch
    {
        0x7 => StatusCode.Unavailable, // REFUSED_STREAM: provably not started
        Cancel => StatusCode.Cancelled,
        0xB => StatusCode.ResourceExhausted, // ENHANCE_YOUR_CALM
        0xC => StatusCode.PermissionDenied, // INADEQUATE_SECURITY
        _ => StatusCode.Internal,
    };

    /// <summary>The status of a call that the transport failed.</summary>
    public static Status FromException(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if (e is HttpProtocolException protocol)
            {
                return new Status(FromResetCode(protocol.ErrorCode), $"The server reset the stream (HTTP/2 error {protocol.ErrorCode}).", exception);
            }
        }

        var code = exception switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.VersionNegotiationError or HttpRequestError.ConfigurationLimitExceeded }
                => StatusCode.Internal,
            HttpRequestException or IOException => StatusCode.Unavailable,
            _ => StatusCode.Internal,
        };
        return new Status(code, $"The call failed in transport: {exception.Message}", exception);
    }
}
