using System.Globalization;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>Writes status and metadata as headers, which are trailers when they come last. Never throws on what a handler put in.</summary>
internal static class StatusWriter
{
    public static void Write(IHeaderDictionary target, Status status, Metadata trailers)
    {
        if (trailers.Count > 0 && !trailers.All(MetadataCodec.IsSendable))
        {
            status = ProtocolErrors.InvalidTrailer;
            trailers = Metadata.Empty;
        }

        target[GrpcHeaders.Status] = status.StatusCode == StatusCode.OK ? "0" : ((int)status.StatusCode).ToString(CultureInfo.InvariantCulture);
        if (!string.IsNullOrEmpty(status.Detail)) target[GrpcHeaders.Message] = PercentEncoding.Encode(status.Detail);
        WriteMetadata(target, trailers);
    }

    public static void WriteMetadata(IHeaderDictionary target, Metadata metadata)
    {
        if (metadata.Count == 0) return;
        foreach (var entry in metadata)
        {
            if (!GrpcHeaders.IsReserved(entry.Key)) target.Append(entry.Key, MetadataCodec.ToHeaderValue(entry));
        }
    }
}
