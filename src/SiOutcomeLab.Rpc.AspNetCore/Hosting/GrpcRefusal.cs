using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Answers a gRPC call from middleware, before a byte of its body is read. Ours: the official packages answer from handlers alone.</summary>
public static class GrpcRefusal
{
    /// <summary>Whether the request is a gRPC call, by its content type.</summary>
    public static bool IsGrpcCall(HttpContext http) => GrpcHeaders.IsGrpcContentType(http.Request.ContentType);

    /// <summary>Writes the status as the whole answer ("Trailers-Only").</summary>
    /// <param name="http">A gRPC call whose answer has not begun.</param>
    /// <param name="refusal">The status, and the trailers that go with it.</param>
    public static void Write(HttpContext http, RpcException refusal)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(refusal);
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = GrpcHeaders.ContentType;
        StatusWriter.Write(http.Response.Headers, refusal.Status, refusal.Trailers);
    }
}
