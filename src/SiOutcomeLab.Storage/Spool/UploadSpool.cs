using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// Keeps uploads on disk while they arrive, so that neither memory nor disk is bounded by what clients send. Nothing in it is durable:
/// an upload counts when the lake has it and the catalogue names it.
/// </summary>
public sealed class UploadSpool
{
    private const string Suffix = ".upload";

    private readonly string _folder;
    private readonly long _capacity;
    private long _used;

    /// <summary>Opens the spool and deletes what an earlier process left in it.</summary>
    /// <param name="folder">The spool's folder, held by this process alone; created where missing.</param>
    /// <param name="capacityBytes">The most bytes all arriving uploads may take together; positive.</param>
    public UploadSpool(string folder, long capacityBytes)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityBytes);
        _folder = Path.GetFullPath(folder);
        _capacity = capacityBytes;
        PrivateDisk.CreateFolder(_folder);
        foreach (var leftover in Directory.EnumerateFiles(_folder, "*" + Suffix)) File.Delete(leftover);
    }

    /// <summary>Bytes that uploads take at this moment.</summary>
    public long UsedBytes => Interlocked.Read(ref _used);

    /// <summary>Makes an empty file for one upload. Disposing it deletes the file and frees its space.</summary>
    /// <param name="maximumBytes">The most bytes this upload may have; positive.</param>
    public SpoolFile Create(long maximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes);
        return new SpoolFile(this, Path.Combine(_folder, Guid.NewGuid().ToString("N") + Suffix), maximumBytes);
    }

    /// <exception cref="SpoolFullException">There is no room; nothing is taken.</exception>
    internal void Take(long bytes)
    {
        // Compared before it is added: a large chunk that is refused must not for a moment crowd out a small one that fits.
        for (var used = UsedBytes; used + bytes <= _capacity;)
        {
            var seen = Interlocked.CompareExchange(ref _used, used + bytes, used);
            if (seen == used) return;
            used = seen;
        }

        throw new SpoolFullException(_capacity);
    }

    internal void Give(long bytes) => Interlocked.Add(ref _used, -bytes);
}
