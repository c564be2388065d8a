using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// A lake in a folder of one hub: the object with hash <c>abcdef…</c> is the file <c>objects/ab/cdef…</c>.
/// </summary>
/// <remarks>
/// <para>
/// Why a half-written object is never readable, though it is written at its final name and never renamed (S3 has no rename, and a
/// folder must behave as S3 does): an object is reached only through a catalogue row, a row is committed only after
/// <see cref="PutAsync"/> has flushed file and folders, and <see cref="OpenReadAsync"/> compares the length with the row's. What a crash
/// leaves under a name is therefore an orphan of any length. The next put of the same content reads it through, keeps it when the hash
/// is right, and otherwise deletes it and writes anew; the sweeper takes the rest.
/// </para>
/// <para>
/// An object that is kept is written over itself, with the very same bytes, before it is flushed. A flush that failed before may have left
/// the right bytes in memory only, where they read well and would never be written; and it may be an object that is named, so it must
/// not be away for a moment either.
/// </para>
/// <para>
/// Two puts of one object wait for each other inside the process; the data folder's lock keeps other processes out, and where several hubs
/// share the folder, whoever puts has held the name before (<c>ILakeHolds</c>). An object that is put again becomes young again, so that a
/// sweep begun before cannot take what is about to be named.
/// </para>
/// </remarks>
public sealed class FolderLake : IMarkedLake, IDisposable
{
    private const int CopyBytes = 128 * 1024;

    private readonly IDisk _disk;
    private readonly string _objects;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim[] _shardLocks = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Opens the lake on the machine's disk, creating it where there is none.</summary>
    /// <param name="folder">The lake's folder, held by this process alone.</param>
    /// <param name="timeProvider">The clock that dates objects for the sweeper; the system's when null.</param>
    /// <exception cref="LakeFormatException">Another build's lake is there; it is as it was.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public FolderLake(string folder, TimeProvider? timeProvider = null)
        : this(PhysicalDisk.Instance, folder, timeProvider)
    {
    }

    /// <summary>Opens the lake, creating it where there is none.</summary>
    /// <param name="disk">The disk.</param>
    /// <inheritdoc cref="FolderLake(string, TimeProvider)"/>
    public FolderLake(IDisk disk, string folder, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _disk = disk;
        _folder = folder = Path.GetFullPath(folder);
        _objects = Path.Combine(folder, LakeFormat.ObjectsFolder);
        _time = timeProvider ?? TimeProvider.System;
        LakeFormat.Open(disk, folder);
    }

    /// <inheritdoc/>
    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        var shard = Path.GetDirectoryName(path)!;
        using var turn = await TakeTurnAsync(sha256, cancellationToken);

        // The shard is flushed into its parent each time: one made by a process that died before its flush looks like any other.
        await OffThePool.RunAsync(() => _disk.Ensure(shard, FlushSite.LakeShardName));
        var kept = await TryKeepAsync(path, sha256, cancellationToken);

        // Read also when the object is there: whoever names a hash must have its bytes, or a hash would open other senders' data.
        if (kept is not null) Require(sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)));
        var bytes = kept ?? await WriteAsync(path, sha256, content, cancellationToken);
        await OffThePool.RunAsync(() => _disk.FlushFolder(shard, FlushSite.LakeObjectName));
        return new LakeObject(sha256, bytes);
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var file = _disk.TryOpen(PathOf(lakeObject.Sha256), DiskOpen.Read) ?? throw new LakeObjectMissingException(lakeObject.Sha256);
        var stream = new DiskReadStream(file);
        if (stream.Length == lakeObject.Bytes) return Task.FromResult<Stream>(stream);
        var found = stream.Length;
        stream.Dispose();
        throw new LakeObjectDamagedException(lakeObject.Sha256, lakeObject.Bytes, found);
    }

    /// <inheritdoc/>
    public async Task<bool> EraseAsync(string sha256, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        var shard = Path.GetDirectoryName(path)!;
        using var turn = await TakeTurnAsync(sha256, cancellationToken);
        if (!_disk.FolderExists(shard)) return false;
        var wasThere = _disk.Delete(path);

        // Also when it was gone: whoever deleted it may have died before that was durable.
        await OffThePool.RunAsync(() => _disk.FlushFolder(shard, FlushSite.LakeErased));
        return wasThere;
    }

    /// <inheritdoc/>
    public async Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var shard in _disk.List(_objects, DiskEntries.Folders))
        {
            foreach (var file in _disk.List(Path.Combine(_objects, shard), DiskEntries.Files))
            {
                var sha256 = shard + file;
                if (!Sha256Text.IsValid(sha256) || named.Contains(sha256)) continue;
                using var turn = await TakeTurnAsync(sha256, cancellationToken);

                // Judged in its turn: a put that came first has made the object young.
                if (ChangedOf(PathOf(sha256)) is { } changed && changed < olderThan && _disk.Delete(PathOf(sha256))) removed++;
            }
        }

        return removed;
    }

    /// <inheritdoc/>
    public Task<string> MarkAsync(string candidate, CancellationToken cancellationToken) => 
        Task.FromResult(LakeFormat.Mark(_disk, _folder, candidate));

    /// <summary>Frees the locks. No call may be under way.</summary>
    public void Dispose() => Array.ForEach(_shardLocks, l => l.Dispose());

    private DateTimeOffset? ChangedOf(string path)
    {
        using var file = _disk.TryOpen(path, DiskOpen.Read);
        return file?.Changed;
    }

    /// <summary>
    /// The length of the object that is already there, made durable and young; null when there is none with this content.
    /// </summary>
    private async Task<long?> TryKeepAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        using var file = _disk.TryOpen(path, DiskOpen.Change);
        if (file is null) return null;
        var buffer = new byte[CopyBytes];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, bytes) in Pieces(file, buffer, cancellationToken)) hash.AppendData(bytes.Span);
        if (Convert.ToHexStringLower(hash.GetHashAndReset()) != sha256) return null;
        foreach (var (offset, bytes) in Pieces(file, buffer, cancellationToken)) file.Write(offset, bytes.Span);
        file.SetChanged(_time.GetUtcNow());
        await OffThePool.RunAsync(() => file.Flush(FlushSite.LakeObjectKept));
        return file.Length;
    }

    private static IEnumerable<(long Offset, ReadOnlyMemory<byte> Bytes)> Pieces(
        IDiskFile file, byte[] buffer, CancellationToken cancellationToken)
    {
        for (long at = 0, read; (read = file.Read(at, buffer)) > 0; at += read)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (at, buffer.AsMemory(0, (int)read));
        }
    }

    private async Task<long> WriteAsync(string path, string sha256, Stream content, CancellationToken cancellationToken)
    {
        // Deleted, not overwritten: on Unix whoever still reads the damaged object keeps its own file.
        _disk.Delete(path);
        try
        {
            using var file = _disk.TryOpen(path, DiskOpen.Create)
                ?? throw new StorageUnavailableException(path, $"The file {path} appears by itself; no other program may write in the lake.");
            Require(sha256, await CopyAsync(content, file, cancellationToken));
            file.SetChanged(_time.GetUtcNow());
            await OffThePool.RunAsync(() => file.Flush(FlushSite.LakeObject));
            return file.Length;
        }
        catch
        {
            RemoveRemains(path);
            throw;
        }
    }

    private static void Require(string expected, string found)
    {
        if (found == expected) return;
        throw new InvalidDataException(
            $"The content has the SHA-256 {found}, not {expected} under which it was to be stored; send it again.");
    }

    private static async Task<string> CopyAsync(Stream content, IDiskFile file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[CopyBytes];
        var at = 0L;
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0; at += read)
        {
            hash.AppendData(buffer, 0, read);
            file.Write(at, buffer.AsSpan(0, read));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private void RemoveRemains(string path)
    {
        try
        {
            _disk.Delete(path);
        }
        catch (StorageUnavailableException)
        {
            // The remains are an unnamed orphan: the next put replaces them or the sweeper takes them. The first error is the one to tell.
            return;
        }
    }

    private async Task<IDisposable> TakeTurnAsync(string sha256, CancellationToken cancellationToken)
    {
        var shardLock = _shardLocks[Convert.ToByte(sha256[..2], 16)];
        await shardLock.WaitAsync(cancellationToken);
        return new Turn(shardLock);
    }

    private string PathOf(string sha256)
    {
        Sha256Text.Require(sha256, nameof(sha256));
        return Path.Combine(_objects, sha256[..2], sha256[2..]);
    }

    private sealed class Turn(SemaphoreSlim shardLock) : IDisposable
    {
        public void Dispose() => shardLock.Release();
    }
}
