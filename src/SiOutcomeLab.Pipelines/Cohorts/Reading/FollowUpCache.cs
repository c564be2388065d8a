using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Cohorts.Reading;

/// <summary>
/// Follow-up that has been read, for the runs that come next: the plans of one project read the lake once. Bounded in bytes, the least
/// recently used goes first; shared by concurrent runs, of which one reads while the others that want the same wait.
/// </summary>
/// <remarks>
/// Of one scope only the latest list of submissions is kept: what has been withdrawn or erased leaves memory with the next run.
/// </remarks>
/// <param name="memoryBytes">Bytes that it may hold, and that one reading may take; positive.</param>
/// <param name="threads">Threads that read; positive.</param>
public sealed class FollowUpCache(long memoryBytes, int threads) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);

    // The most recently used last.
    private readonly List<Entry> _entries = [];
    private readonly Dictionary<string, (string Key, FollowUpMemoryException Failure)> _tooLarge = [];

    /// <summary>Bytes held.</summary>
    public long Bytes
    {
        get
        {
            lock (_lock) return _entries.Sum(e => e.Store.Bytes);
        }
    }

    /// <summary>How often files were read.</summary>
    public int Readings { get; private set; }

    /// <summary>Forgets everything of a scope.</summary>
    /// <param name="scope">The scope, such as a project.</param>
    public void Forget(string scope)
    {
        lock (_lock) _entries.RemoveAll(e => e.Scope == scope);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>What a plan needs, or more: as it was read before, or read now.</summary>
    /// <param name="lake">The lake.</param>
    /// <param name="scope">What the submissions belong to: of one scope only the latest list is kept.</param>
    /// <param name="key">The list of submissions, by a hash.</param>
    /// <param name="wanted">What is needed.</param>
    /// <param name="widen">Makes more of it, when it must be read: what others will need next.</param>
    /// <param name="cancellationToken">Cancels the wait and the reading.</param>
    /// <exception cref="FollowUpMemoryException">It does not fit.</exception>
    /// <exception cref="LakeObjectMissingException">A file is gone.</exception>
    internal async Task<FollowUpStore> GetAsync(
        ILake lake, string scope, string key, FollowUpRequest wanted, Func<Task<FollowUpRequest>> widen, CancellationToken cancellationToken)
    {
        if (Find(scope, key, wanted) is { } held) return held;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (Find(scope, key, wanted) is { } read) return read;
            if (_tooLarge.TryGetValue(scope, out var before) && before.Key == key) throw before.Failure;
            var request = await widen();
            // What stands in the way is given up first: together they may not take more than the limit.
            MakeRoom(scope, key, FollowUpReader.ExpectedBytes(request));
            Readings++;
            try
            {
                var store = await new FollowUpReader(lake, memoryBytes, threads).ReadAsync(request, cancellationToken);
                Keep(new Entry(scope, key, store));
                return store;
            }
            catch (FollowUpMemoryException failure)
            {
                _tooLarge[scope] = (key, failure);
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private FollowUpStore? Find(string scope, string key, FollowUpRequest wanted)
    {
        lock (_lock)
        {
            var at = _entries.FindIndex(e => e.Scope == scope && e.Key == key && e.Store.Request.Covers(wanted));
            if (at < 0) return null;
            var entry = _entries[at];
            _entries.RemoveAt(at);
            _entries.Add(entry);
            return entry.Store;
        }
    }

    private void MakeRoom(string scope, string key, long expected)
    {
        lock (_lock)
        {
            _entries.RemoveAll(e => e.Scope == scope && e.Key != key);
            while (_entries.Count > 0 && _entries.Sum(e => e.Store.Bytes) + expected > memoryBytes) _entries.RemoveAt(0);
        }
    }

    private void Keep(Entry entry)
    {
        lock (_lock)
        {
            _entries.Add(entry);
            while (_entries.Count > 1 && _entries.Sum(e => e.Store.Bytes) > memoryBytes) _entries.RemoveAt(0);
        }
    }

    private sealed record Entry(string Scope, string Key, FollowUpStore Store);
}
