using Grpc.Core;
using Microsoft.AspNetCore.Http;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.AspNetCore;

/// <summary>The status of a call that failed: the only place where an exception becomes one.</summary>
internal static class CallOutcome
{
    /// <param name="exception">What handler, interceptors or transport threw.</param>
    /// <param name="overdue">Whether the deadline has passed.</param>
    /// <param name="cancelled">Whether the client is gone or gave up.</param>
    /// <param name="host">Settings and log.</param>
    /// <param name="method">Path, for the log.</param>
    public static (Status Status, Metadata Trailers) Of(Exception exception, bool overdue, bool cancelled, CallHost host, string method)
    {
        if (overdue)
        {
            Log.DeadlineExceeded(host.Log, method);
            return (ProtocolErrors.DeadlineExceeded, Metadata.Empty);
        }

        switch (exception)
        {
            case RpcException rpc:
                Log.CallFailed(host.Log, method, rpc.StatusCode);
                return (rpc.Status, rpc.Trailers);
            case ClientGoneException:
            case OperationCanceledException or IOException when cancelled:
                Log.ClientGone(host.Log, method);
                return (ProtocolErrors.Cancelled, Metadata.Empty);
            case BadHttpRequestException bad:
                Log.CallFailed(host.Log, method, StatusCode.Cancelled);
                return (
                    bad.StatusCode == StatusCodes.Status408RequestTimeout
                        ? new Status(StatusCode.Cancelled, "The request came too slowly.")
                        : new Status(StatusCode.Internal, "The request is malformed."),
                    Metadata.Empty);
            default:
                Log.HandlerThrew(host.Log, exception, method);
                return (HandlerFailed(exception, host.Settings.DetailedErrors), Metadata.Empty);
        }
    }

    /// <summary>The trailers that a handler set, then those of its exception.</summary>
    public static Metadata Merge(Metadata own, Metadata ofException)
    {
        if (ofException.Count == 0) return own;
        var merged = new Metadata();
        foreach (var entry in own.Concat(ofException))
        {
            merged.Add(entry);
        }

        return merged;
    }

    private static Status HandlerFailed(Exception exception, bool detailed)
    {
        if (!detailed) return ProtocolErrors.HandlerFailed;
        var causes = new List<string>();
        for (var e = exception; e is not null; e = e.InnerException)
        {
            causes.Add($"{e.GetType().Name}: {e.Message}");
        }

        return ProtocolErrors.HandlerFailed with { Detail = $"{ProtocolErrors.HandlerFailed.Detail} {string.Join(" ", causes)}" };
    }
}
