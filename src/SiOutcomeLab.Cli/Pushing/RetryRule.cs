using Google.Rpc;
using Grpc.Core;

namespace SiOutcomeLab.Cli.Pushing;

/// <summary>What an uploading client does about a failure, as the contract documents it: try again, or give up at once.</summary>
internal static class RetryRule
{
    /// <summary>Reasons for which a call is made again after a pause; the upload then goes on from its durable bytes.</summary>
    private static readonly HashSet<string> Transient = new(StringComparer.Ordinal)
    {
        "SPOOL_FULL", "RATE", "LEASE_LOST", "OFFSET_AHEAD", "UPLOAD_INCOMPLETE", "CATALOGUE_UNAVAILABLE", "STORAGE_UNAVAILABLE", "HUB_STOPPING",
        "STREAM_SILENT",
    };

    /// <summary>True when the same content should be tried again after a pause.</summary>
    public static bool ShouldTryAgain(RpcException failure) => ReasonOf(failure) is { } reason
        ? Transient.Contains(reason) || failure.StatusCode == StatusCode.Unavailable
        : failure.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded || IsCutLine(failure);

    /// <summary>The hub's reason; null when the failure is not the hub's own.</summary>
    public static string? ReasonOf(RpcException failure) => failure.GetRpcStatus(ignoreParseError: true)?.GetDetail<ErrorInfo>()?.Type;

    // A line that breaks in the middle of an answer is told by the transport in several ways; none of them is the hub's word.
    private static bool IsCutLine(RpcException failure) => failure.Status.DebugException is IOException or HttpRequestException;
}
