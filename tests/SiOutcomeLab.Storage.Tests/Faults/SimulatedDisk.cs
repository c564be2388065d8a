using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>
/// A disk in memory that does to its users what real ones may: it stops in the middle of an operation, fails and shortens writes, runs
/// full, fails flushes and then forgets what they should have written, and on power loss keeps any part of what was not flushed.
/// </summary>
/// <remarks>Everything it decides comes from its seed and the order of the operations, so a seed that finds something finds it again.</remarks>
internal sealed class SimulatedDisk(int seed) : IDisk
{
    private readonly Random _random = new(seed);
    private readonly SimulatedFolder _root = new();

    /// <summary>Operations that change something, so far.</summary>
    public int Operations { get; private set; }

    /// <summary>The operation in which the machine stops next; none when 0.</summary>
    public int StopAt { get; set; }

    /// <summary>How many of a thousand operations fail.</summary>
    public int FaultsPerThousand { get; set; }

    /// <summary>A flush that fails the next time; the operation after it is where the machine stops.</summary>
    public FlushSite? FailNext { get; set; }

    /// <summary>A flush that is left out.</summary>
    public FlushSite? LeftOut { get; init; }

    /// <summary>Flushes done, by their place in the code.</summary>
    public Dictionary<FlushSite, int> Flushes { get; } = [];

    /// <summary>Faults given, so far.</summary>
    public int Faults { get; private set; }

    /// <summary>Which run of the machine this is; files opened in an earlier one are dead.</summary>
    public int Run { get; private set; }

    private bool IsStopped { get; set; }

    /// <summary>Starts the machine again, as a process after a kill or as a machine after a power loss.</summary>
    public void Restart(bool powerLoss)
    {
        if (powerLoss) _root.LosePower(_random);
        IsStopped = false;
        Run++;
    }

    public IDiskFile? TryOpen(string path, DiskOpen how)
    {
        RequireRunning();
        var (folder, name) = Parent(path);
        if (how != DiskOpen.Create)
        {
            return folder?.Names.GetValueOrDefault(name) is SimulatedContent there ? new SimulatedFile(this, path, there, canWrite: how == DiskOpen.Change) : null;
        }

        if (folder is null) throw new StorageUnavailableException(path, "No such folder.");
        if (folder.Names.ContainsKey(name)) return null;
        var made = new SimulatedContent();
        Change(path, canFill: true, () => folder.Set(name, made));
        return new SimulatedFile(this, path, made, canWrite: true);
    }

    public bool Delete(string path)
    {
        RequireRunning();
        var (folder, name) = Parent(path);
        if (folder?.Names.GetValueOrDefault(name) is not SimulatedContent) return false;
        Change(path, canFill: false, () => folder.Set(name, null));
        return true;
    }

    public bool CreateFolder(string path)
    {
        RequireRunning();
        var (folder, name) = Parent(path);
        if (folder is null) throw new StorageUnavailableException(path, "No such folder.");
        if (folder.Names.ContainsKey(name)) return false;
        Change(path, canFill: true, () => folder.Set(name, new SimulatedFolder()));
        return true;
    }

    public bool FolderExists(string path) => Folder(path) is not null;

    public IReadOnlyList<string> List(string folder, DiskEntries entries)
    {
        RequireRunning();
        var found = Folder(folder) ?? throw new StorageUnavailableException(folder, "No such folder.");
        return [.. found.Names.Where(n => n.Value is SimulatedFolder == (entries == DiskEntries.Folders)).Select(n => n.Key).Order(StringComparer.Ordinal)];
    }

    public void FlushFolder(string folder, FlushSite site)
    {
        RequireRunning();
        var found = Folder(folder) ?? throw new StorageUnavailableException(folder, "No such folder.");
        Change(folder, canFill: false, Counted(site, found.Flush));
    }

    /// <summary>Does, fails or stops in an operation that is done whole or not at all.</summary>
    public void Change(string path, bool canFill, Action effect)
    {
        RequireRunning();
        if (++Operations == StopAt)
        {
            if (_random.Next(2) == 0) effect();
            Stop();
        }

        if (IsFaulty()) throw Fault(path, canFill);
        effect();
    }

    /// <summary>Fails a read, now and then.</summary>
    public void BeforeRead(string path)
    {
        RequireRunning();
        if (IsFaulty()) throw Fault(path, canFill: false);
    }

    public void Write(string path, SimulatedContent content, long offset, ReadOnlySpan<byte> bytes)
    {
        RequireRunning();
        if (++Operations == StopAt)
        {
            content.Write(offset, bytes[..Part(bytes.Length)]);
            Stop();
        }

        if (IsFaulty())
        {
            content.Write(offset, bytes[..Part(bytes.Length)]);
            throw Fault(path, canFill: true);
        }

        content.Write(offset, bytes);
    }

    public void Flush(string path, SimulatedContent content, FlushSite site)
    {
        RequireRunning();
        var effect = Counted(site, content.Flush);
        if (++Operations == StopAt)
        {
            if (_random.Next(2) == 0) effect();
            Stop();
        }

        if (IsFaulty() || site == FailNext)
        {
            if (site == FailNext) (FailNext, StopAt) = (null, Operations + 1);
            content.FailFlush(_random);
            throw Fault(path, canFill: false);
        }

        effect();
    }

    public void RequireRunning()
    {
        if (IsStopped) throw new MachineStoppedException();
    }

    private Action Counted(FlushSite site, Action flush) => () =>
    {
        Flushes[site] = Flushes.GetValueOrDefault(site) + 1;
        if (site != LeftOut) flush();
    };

    private bool IsFaulty() => FaultsPerThousand > 0 && _random.Next(1000) < FaultsPerThousand;

    private int Part(int length) => _random.Next(3) switch { 0 => 0, 1 => length, _ => _random.Next(length + 1) };

    private StorageUnavailableException Fault(string path, bool canFill)
    {
        Faults++;
        return canFill && _random.Next(2) == 0 ? new StorageFullException(path) : new StorageUnavailableException(path, "A simulated fault.");
    }

    private void Stop()
    {
        IsStopped = true;
        throw new MachineStoppedException();
    }

    private (SimulatedFolder? Folder, string Name) Parent(string path) => (Folder(Path.GetDirectoryName(path)!), Path.GetFileName(path));

    private SimulatedFolder? Folder(string path)
    {
        SimulatedNode? at = _root;
        foreach (var name in path[Path.GetPathRoot(path)!.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            at = (at as SimulatedFolder)?.Names.GetValueOrDefault(name);
        }

        return at as SimulatedFolder;
    }
}
