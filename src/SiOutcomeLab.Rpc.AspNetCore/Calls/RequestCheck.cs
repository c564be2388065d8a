using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Tells gRPC calls from other HTTP requests, and answers those.</summary>
internal static class RequestCheck
{
    /// <summary>Whether the request is a gRPC call; if not, the answer is set: 426 on HTTP/1, 415 for other content types.</summary>
    public static bool IsCall(HttpContext http, ILogger log)
    {
        if (!GrpcHeaders.IsGrpcContentType(http.Request.ContentType))
        {
            Log.NotGrpc(log, http.Request.ContentType);
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return false;
        }

        if (!HttpProtocol.IsHttp2(http.Request.Protocol) && !HttpProtocol.IsHttp3(http.Request.Protocol))
        {
            // Trailers, in which the status travels, and interleaved messages need HTTP/2.
            Log.NotHttp2(log, http.Request.Protocol);
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "HTTP/2";
            return false;
        }

        return true;
    }
}
