using System.Globalization;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.AspNetCore;

namespace SiOutcomeLab.Hub.Json;

/// <summary>
/// Unary calls as plain JSON (the Connect protocol's unary form): <c>POST /package.Service/Method</c> with <c>application/json</c>.
/// The same interceptors and handlers answer as for gRPC, so a rule cannot hold at one door and not at the other.
/// </summary>
/// <remarks>https://connectrpc.com/docs/protocol — "Unary-Request" and "Unary-Response". GET, compression and other codecs are not offered.</remarks>
internal sealed class ConnectUnary(RequestDelegate next, GrpcMethodRegistry methods, TimeProvider time)
{
    // A unary request of this contract is a few kilobytes; files come by gRPC.
    private const int DefaultMaximumRequest = 1024 * 1024;

    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(false));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(false));

    public async Task InvokeAsync(HttpContext http)
    {
        if (!IsJsonCall(http))
        {
            await next(http);
            return;
        }

        var method = methods.Find(http.Request.Path.Value ?? string.Empty);
        if (method is null)
        {
            await ConnectError.WriteAsync(http, new Status(StatusCode.Unimplemented, "There is no such unary call."), null);
            return;
        }

        var (request, refusal) = await ReadAsync(http, method);
        if (request is null)
        {
            await ConnectError.WriteAsync(http, refusal, null);
            return;
        }

        var result = await method.InvokeAsync(http, request, Headers(http), Deadline(http), http.RequestAborted);
        if (result.Response is null)
        {
            await ConnectError.WriteAsync(http, result.Status, result.ResponseTrailers);
            return;
        }

        http.Response.ContentType = "application/json";
        await http.Response.WriteAsync(Formatter.Format(result.Response) + "\n", http.RequestAborted);
    }

    private static async Task<(IMessage? Request, Status Refusal)> ReadAsync(HttpContext http, GrpcUnaryMethod method)
    {
        if (http.Request.Headers.ContentEncoding.ToString() is not ("" or "identity"))
        {
            return (null, new Status(StatusCode.Unimplemented, "Send the JSON without content-encoding."));
        }

        var limit = Math.Min(method.MaxReceiveMessageSize ?? DefaultMaximumRequest, DefaultMaximumRequest);
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (body.Length + read > limit) return (null, new Status(StatusCode.ResourceExhausted, $"The request is larger than {limit} bytes."));
            body.Write(buffer, 0, read);
        }

        try
        {
            var json = body.Length == 0 ? "{}" : new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(body.GetBuffer(), 0, (int)body.Length);
            return (Parser.Parse(json, method.RequestDescriptor), default);
        }
        catch (Exception e) when (e is InvalidJsonException or InvalidProtocolBufferException or DecoderFallbackException or FormatException)
        {
            return (null, new Status(StatusCode.InvalidArgument, $"The body is not the JSON of a {method.RequestDescriptor.Name}; field names are in lowerCamelCase."));
        }
    }

    private static Metadata Headers(HttpContext http)
    {
        var metadata = new Metadata();
        foreach (var header in http.Request.Headers)
        {
            if (!IsMetadata(header.Key)) continue;
            foreach (var value in header.Value) metadata.Add(header.Key.ToLowerInvariant(), value ?? string.Empty);
        }

        return metadata;
    }

    // HTTP allows names that gRPC does not; a call must not fail for a header that nobody asks for.
    private static bool IsMetadata(string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && !name.EndsWith(Metadata.BinaryHeaderSuffix, StringComparison.OrdinalIgnoreCase);

    private DateTime Deadline(HttpContext http) =>
        long.TryParse(http.Request.Headers["connect-timeout-ms"], NumberStyles.None, CultureInfo.InvariantCulture, out var ms) && ms is > 0 and < 10_000_000_000
            ? time.GetUtcNow().UtcDateTime.AddMilliseconds(ms)
            : DateTime.MaxValue;

    /// <summary>Whether a request is one of these calls, by its method and content type.</summary>
    public static bool IsJsonCall(HttpContext http) => HttpMethods.IsPost(http.Request.Method) && IsJson(http.Request.ContentType);

    private static bool IsJson(string? contentType) =>
        contentType is not null && contentType.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase);
}
