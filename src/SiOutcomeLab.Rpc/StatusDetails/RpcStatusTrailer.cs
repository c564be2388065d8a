using Google.Protobuf;

namespace Grpc.Core;

/// <summary>The rich status among trailers.</summary>
public static class MetadataExtensions
{
    /// <summary>Key of the trailer that holds the status.</summary>
    public const string StatusDetailsTrailerName = "grpc-status-details-bin";

    /// <summary>The status among the trailers, or null; of several the last.</summary>
    /// <param name="metadata">The trailers.</param>
    /// <param name="ignoreParseError">Whether bytes that do not parse count as no status.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes do not parse.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata, bool ignoreParseError = false)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        if (metadata.Get(StatusDetailsTrailerName) is not { } entry) return null;
        try
        {
            // From an array: the classes of Google.Api.CommonProtos 2.0.0 are too old to be parsed from spans and sequences.
            return Google.Rpc.Status.Parser.ParseFrom(entry.ValueBytes);
        }
        catch (InvalidProtocolBufferException) when (ignoreParseError)
        {
            return null;
        }
    }

    /// <summary>Puts a status among the trailers, in place of any that is there.</summary>
    /// <param name="metadata">The trailers.</param>
    /// <param name="status">The status.</param>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(status);
        while (metadata.Get(StatusDetailsTrailerName) is { } old)
        {
            metadata.Remove(old);
        }

        metadata.Add(StatusDetailsTrailerName, status.ToByteArray());
    }
}

/// <summary>The rich status of a failed call.</summary>
public static class RpcExceptionExtensions
{
    /// <summary>The status among the exception's trailers, or null.</summary>
    /// <param name="ex">The exception.</param>
    /// <param name="ignoreParseError">Whether bytes that do not parse count as no status.</param>
    /// <exception cref="InvalidProtocolBufferException">The bytes do not parse.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException ex, bool ignoreParseError = false)
    {
        ArgumentNullException.ThrowIfNull(ex);
        return ex.Trailers.GetRpcStatus(ignoreParseError);
    }
}
