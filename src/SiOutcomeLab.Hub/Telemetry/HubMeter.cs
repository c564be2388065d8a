using System.Diagnostics;
using System.Diagnostics.Metrics;
using SiOutcomeLab.Hub.Identity;

namespace SiOutcomeLab.Hub.Telemetry;

/// <summary>What a hub tells of its calls and its disk. Attributes are names of calls, status codes and reasons, and nothing else.</summary>
internal sealed class HubMeter : IDisposable
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "SiOutcomeLab.Hub";

    private readonly Meter _meter = new(Name);
    private readonly ActivitySource _source = new(Name);
    private readonly Histogram<double> _calls;
    private readonly Counter<long> _uploadedBytes;

    /// <param name="dataFolder">The folder whose disk's free space is told.</param>
    public HubMeter(string dataFolder)
    {
        _calls = _meter.CreateHistogram<double>("rpc.server.call.duration", "s", "Time of a call.");
        _uploadedBytes = _meter.CreateCounter<long>("silab.upload.bytes", "By", "Bytes of files that have arrived.");
        _meter.CreateObservableGauge("silab.disk.free", () => FreeBytes(dataFolder), "By", "Free space on the disk of the data folder.");
    }

    /// <summary>
    /// Starts a call's span, as a trace of the hub's own: what a client sends as trace state is the client's text, and goes nowhere.
    /// </summary>
    public Activity? StartCall(string method)
    {
        Activity.Current = null;
        return CallRules.Of(method) is null ? null : _source.StartActivity(method.TrimStart('/'), ActivityKind.Server);
    }

    /// <param name="method">The call.</param>
    /// <param name="status">The gRPC status, as its number's name.</param>
    /// <param name="reason">The hub's reason for refusing; null when it did not.</param>
    /// <param name="took">Its time.</param>
    /// <param name="activity">The call's span, if any.</param>
    public void EndCall(string method, string status, string? reason, TimeSpan took, Activity? activity)
    {
        // The name of a call that is none is the caller's text.
        var known = CallRules.Of(method) is null ? "_OTHER" : method.TrimStart('/');
        var tags = new TagList
        {
            { "rpc.system.name", "grpc" },
            { "rpc.method", known },
            { "rpc.response.status_code", status },
        };
        if (reason is not null) tags.Add("error.type", reason);
        _calls.Record(took.TotalSeconds, tags);
        if (activity is null) return;
        foreach (var (key, value) in tags) activity.SetTag(key, value);
        if (reason is not null || status != "OK") activity.SetStatus(ActivityStatusCode.Error);
    }

    public void Uploaded(long bytes) => _uploadedBytes.Add(bytes);

    public void Dispose()
    {
        _meter.Dispose();
        _source.Dispose();
    }

    private static IEnumerable<Measurement<long>> FreeBytes(string folder)
    {
        long free;
        try
        {
            free = new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Telemetry says nothing rather than disturb; readiness tells of a disk that does not answer.
            yield break;
        }

        yield return new Measurement<long>(free);
    }
}
