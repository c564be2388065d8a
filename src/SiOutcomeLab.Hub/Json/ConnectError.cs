using System.Text.Json;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace SiOutcomeLab.Hub.Json;

/// <summary>A gRPC status as the Connect protocol's JSON error, with its details readable as well as encoded.</summary>
internal static class ConnectError
{
    public static async Task WriteAsync(HttpContext http, Status status, Metadata? trailers)
    {
        var (code, httpStatus) = CodeOf(status.StatusCode);
        http.Response.StatusCode = httpStatus;
        http.Response.ContentType = "application/json";
        var details = trailers is null ? null : new RpcException(status, trailers).GetRpcStatus()?.Details;
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("code", code);
            json.WriteString("message", status.Detail);
            if (details is { Count: > 0 })
            {
                json.WriteStartArray("details");
                foreach (var detail in details)
                {
                    json.WriteStartObject();
                    json.WriteString("type", Google.Protobuf.WellKnownTypes.Any.GetTypeName(detail.TypeUrl));
                    json.WriteString("value", Convert.ToBase64String(detail.Value.Span).TrimEnd('='));
                    if (Readable(detail) is { } readable)
                    {
                        json.WritePropertyName("debug");
                        json.WriteRawValue(readable);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted);
    }

    private static string? Readable(Google.Protobuf.WellKnownTypes.Any detail)
    {
        if (detail.TryUnpack(out Google.Rpc.ErrorInfo info))
        {
            // Spelled by hand: the package at hand still calls field 1 `type`, the protocol has called it `reason` since.
            return JsonSerializer.Serialize(new Dictionary<string, object> { ["reason"] = info.Type, ["domain"] = info.Domain, ["metadata"] = info.Metadata.ToDictionary() });
        }

        return detail.TryUnpack(out Google.Rpc.BadRequest bad) ? Google.Protobuf.JsonFormatter.Default.Format(bad) : null;
    }

    // https://connectrpc.com/docs/protocol#error-codes
    private static (string Code, int HttpStatus) CodeOf(StatusCode code) => code switch
    {
        StatusCode.Cancelled => ("canceled", 499),
        StatusCode.InvalidArgument => ("invalid_argument", 400),
        StatusCode.DeadlineExceeded => ("deadline_exceeded", 504),
        StatusCode.NotFound => ("not_found", 404),
        StatusCode.AlreadyExists => ("already_exists", 409),
        StatusCode.PermissionDenied => ("permission_denied", 403),
        StatusCode.ResourceExhausted => ("resource_exhausted", 429),
        StatusCode.FailedPrecondition => ("failed_precondition", 400),
        StatusCode.Aborted => ("aborted", 409),
        StatusCode.OutOfRange => ("out_of_range", 400),
        StatusCode.Unimplemented => ("unimplemented", 501),
        StatusCode.Internal => ("internal", 500),
        StatusCode.Unavailable => ("unavailable", 503),
        StatusCode.DataLoss => ("data_loss", 500),
        StatusCode.Unauthenticated => ("unauthenticated", 401),
        _ => ("unknown", 500),
    };
}
