namespace SiOutcomeLab.Storage.Spool;

/// <summary>Who takes how much of the space set aside for arriving uploads. Counts bytes on disk, headers and all.</summary>
internal sealed class SpoolQuota(long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<SpoolName, long> _taken = [];
    private long _used;

    public long Capacity => capacity;

    public long Used
    {
        get
        {
            lock (_lock) return _used;
        }
    }

    /// <exception cref="SpoolFullException">There is no room; nothing is taken.</exception>
    public void Take(SpoolName name, long bytes)
    {
        lock (_lock)
        {
            // Compared before it is added: a large chunk that is refused must not for a moment crowd out a small one that fits.
            if (bytes > capacity - _used) throw new SpoolFullException(capacity);
            _taken[name] = _taken.GetValueOrDefault(name) + bytes;
            _used += bytes;
        }
    }

    /// <summary>Sets what a file takes, as found on disk, even when that is too much.</summary>
    public void Set(SpoolName name, long bytes)
    {
        lock (_lock)
        {
            _used += bytes - _taken.GetValueOrDefault(name);
            _taken[name] = bytes;
        }
    }

    public void Release(SpoolName name)
    {
        lock (_lock)
        {
            if (_taken.Remove(name, out var bytes)) _used -= bytes;
        }
    }
}
