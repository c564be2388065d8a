using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Tests.Faults;

/// <summary>An open file of a <see cref="SimulatedDisk"/>, until the machine stops.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, string path, SimulatedContent content, bool canWrite) : IDiskFile
{
    private readonly int _run = disk.Run;
    private bool _disposed;

    public long Length => Running().Cache.Length;

    public DateTimeOffset Changed => Running().Changed;

    public int Read(long offset, Span<byte> buffer)
    {
        disk.BeforeRead(path);
        var cache = Running().Cache;
        var count = (int)Math.Clamp(cache.Length - offset, 0, buffer.Length);
        if (count > 0) cache.AsSpan((int)offset, count).CopyTo(buffer);
        return count;
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes) => disk.Write(path, Writable(), offset, bytes);

    public void Truncate(long length)
    {
        var writable = Writable();
        disk.Change(path, canFill: false, () => writable.Truncate(length));
    }

    public void SetChanged(DateTimeOffset time) => Writable().Changed = time;

    public void Flush(FlushSite site) => disk.Flush(path, Writable(), site);

    public void Dispose() => _disposed = true;

    private SimulatedContent Writable() =>
        canWrite ? Running() : throw new InvalidOperationException("The file was opened for reading.");

    private SimulatedContent Running()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        disk.RequireRunning();
        return _run == disk.Run ? content : throw new MachineStoppedException();
    }
}
