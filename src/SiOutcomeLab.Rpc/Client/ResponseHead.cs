using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace Grpc.Net.Client;

/// <summary>Everything of a response but its messages.</summary>
internal static class ResponseHead
{
    /// <summary>Checks that this is a gRPC response whose messages can be read; gives their compression, or null for none.</summary>
    /// <exception cref="RpcException">It is not, or its encoding is unknown.</exception>
    public static ICompressionProvider? Check(HttpResponseMessage response, CompressionTable compressions)
    {
        if (response.Headers.NonValidated.Contains(GrpcHeaders.Status)) return null;
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw NotGrpc(TransportErrors.FromHttpStatus(response.StatusCode), $"The server answered with HTTP status {(int)response.StatusCode}.");
        }

        if (!GrpcHeaders.IsGrpcContentType(First(response.Content.Headers, "content-type")))
        {
            throw NotGrpc(StatusCode.Unknown, "The server's answer is not gRPC: its content type is not application/grpc.");
        }

        var encoding = First(response.Headers, GrpcHeaders.Encoding);
        return compressions.TryGet(encoding, out var compression)
            ? compression
            : throw NotGrpc(StatusCode.Internal, $"The server compresses with \"{encoding}\", which was not offered.");
    }

    public static Metadata ReadHeaders(HttpResponseMessage response)
    {
        // A trailers-only answer has its trailers here; they are not headers.
        return response.Headers.NonValidated.Contains(GrpcHeaders.Status) ? new Metadata() : ReadMetadata(response.Headers);
    }

    /// <summary>Status and trailers; to be called when the body was read to its end.</summary>
    public static (Status Status, Metadata Trailers) ReadOutcome(HttpResponseMessage response)
    {
        var from = response.Headers.NonValidated.Contains(GrpcHeaders.Status) ? (HttpHeaders)response.Headers : response.TrailingHeaders;
        var text = First(from, GrpcHeaders.Status);
        if (text is null) return (new Status(StatusCode.Unknown, "The server's answer ended without grpc-status."), Metadata.Empty);
        var message = PercentEncoding.Decode(First(from, GrpcHeaders.Message) ?? "");
        var code = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= (int)StatusCode.Unauthenticated
            ? (StatusCode)number
            : StatusCode.Unknown;
        try
        {
            return (new Status(code, message), ReadMetadata(from));
        }
        catch (RpcException e)
        {
            return (e.Status, Metadata.Empty);
        }
    }

    private static RpcException NotGrpc(StatusCode code, string detail) => new(new Status(code, detail));

    private static string? First(HttpHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static Metadata ReadMetadata(HttpHeaders headers)
    {
        var metadata = new Metadata();
        foreach (var (name, values) in headers.NonValidated)
        {
            if (GrpcHeaders.IsReserved(name) || !GrpcHeaders.IsMetadataKey(name)) continue;
            foreach (var value in values)
            {
                MetadataCodec.AddReceived(metadata, name, value);
            }
        }

        return metadata.Freeze();
    }
}
