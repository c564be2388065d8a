using Microsoft.Extensions.Logging;

namespace SiOutcomeLab.Hub.Identity;

/// <summary>
/// What some files say, read again when they have changed. Looked at when asked for and at most once in a while: notifications of the file
/// system are missed on mounts and when a link is switched. While the new files cannot be read, the old word stands, and the log says so.
/// </summary>
internal sealed class WatchedFiles<T>(IReadOnlyList<string> paths, Func<T> load, TimeProvider time, ILogger log)
    where T : class
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private T _value = load();
    private string _stamp = StampOf(paths);
    private long _lookedAt = time.GetTimestamp();

    public T Current
    {
        get
        {
            lock (_gate)
            {
                if (time.GetElapsedTime(_lookedAt) < Interval) return _value;
                _lookedAt = time.GetTimestamp();
                try
                {
                    var stamp = StampOf(paths);
                    if (stamp == _stamp) return _value;
                    _value = load();
                    _stamp = stamp;
                    IdentityLog.FilesReloaded(log, paths[0]);
                }
#pragma warning disable CA1031 // Whatever is wrong with new files, those in use go on being good.
                catch (Exception e)
#pragma warning restore CA1031
                {
                    IdentityLog.FilesNotReloaded(log, e, paths[0]);
                }

                return _value;
            }
        }
    }

    private static string StampOf(IReadOnlyList<string> paths) => string.Join(
        '|', paths.Select(p => new FileInfo(p)).Select(f => $"{(f.Exists ? f.Length : -1)} {f.LastWriteTimeUtc.Ticks} {f.LinkTarget}"));
}
