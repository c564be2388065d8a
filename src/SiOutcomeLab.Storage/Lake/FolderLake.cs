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
/// Two puts of one object wait for each other inside the process; the data folder's lock keeps other processes out. An object that is
/// put again becomes young again, so that a sweep begun before cannot take what is about to be named.
/// </para>
/// </remarks>
public sealed class FolderLake : ILake, IDisposable
{
    private const int CopyBytes = 128 * 1024;

    private readonly string _objects;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim[] _shardLocks = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Opens the lake, creating its folder where missing.</summary>
    /// <param name="folder">The lake's folder, held by this process alone.</param>
    /// <param name="timeProvider">The clock that dates objects for the sweeper; the system's when null.</param>
    public FolderLake(string folder, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        _objects = Path.Combine(Path.GetFullPath(folder), "objects");
        _time = timeProvider ?? TimeProvider.System;
        PrivateDisk.CreateFolder(_objects);
    }

    /// <inheritdoc/>
    public async Task<LakeObject> PutAsync(string sha256, Stream content, CancellationToken cancellationToken)
    {
        var path = PathOf(sha256);
        var shardLock = LockOf(sha256);
        await shardLock.WaitAsync(cancellationToken);
        try
        {
            // The shard is flushed into its parent each time: one made by a process that died before its flush looks like any other.
            PrivateDisk.CreateFolder(Path.GetDirectoryName(path)!);
            var kept = await TryKeepAsync(path, sha256, cancellationToken);

            // Read also when the object is there: whoever names a hash must have its bytes, or a hash would open other senders' data.
            if (kept is not null) Require(sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken)));
            var bytes = kept ?? await WriteAsync(path, sha256, content, cancellationToken);
            FolderFlush.Flush(Path.GetDirectoryName(path)!);
            return new LakeObject(sha256, bytes);
        }
        finally
        {
            shardLock.Release();
        }
    }

    /// <inheritdoc/>
    public Task<Stream> OpenReadAsync(LakeObject lakeObject, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stream = TryOpen(PathOf(lakeObject.Sha256), FileAccess.Read) ?? throw new LakeObjectMissingException(lakeObject.Sha256);
        if (stream.Length == lakeObject.Bytes) return Task.FromResult<Stream>(stream);
        var found = stream.Length;
        stream.Dispose();
        throw new LakeObjectDamagedException(lakeObject.Sha256, lakeObject.Bytes, found);
    }

    /// <inheritdoc/>
    public async Task<int> SweepAsync(IReadOnlySet<string> named, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var removed = 0;
        foreach (var shard in Directory.EnumerateDirectories(_objects))
        {
            foreach (var path in Directory.EnumerateFiles(shard))
            {
                var sha256 = Path.GetFileName(shard) + Path.GetFileName(path);
                if (!Sha256Text.IsValid(sha256) || named.Contains(sha256)) continue;
                if (await TryRemoveAsync(path, sha256, olderThan, cancellationToken)) removed++;
            }
        }

        return removed;
    }

    /// <summary>Frees the locks. No call may be under way.</summary>
    public void Dispose() => Array.ForEach(_shardLocks, l => l.Dispose());

    private async Task<bool> TryRemoveAsync(string path, string sha256, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var shardLock = LockOf(sha256);
        await shardLock.WaitAsync(cancellationToken);
        try
        {
            // Judged under the lock: a put that came first has made the object young.
            if (!File.Exists(path) || File.GetLastWriteTimeUtc(path) >= olderThan.UtcDateTime) return false;
            File.Delete(path);
            return true;
        }
        finally
        {
            shardLock.Release();
        }
    }

    /// <summary>
    /// The length of the object that is already there, made durable and young; null when there is none with this content.
    /// </summary>
    private async Task<long?> TryKeepAsync(string path, string sha256, CancellationToken cancellationToken)
    {
        await using var stream = TryOpen(path, FileAccess.ReadWrite);
        if (stream is null) return null;
        var hash = await SHA256.HashDataAsync(stream, cancellationToken);
        if (Convert.ToHexStringLower(hash) != sha256) return null;
        File.SetLastWriteTimeUtc(stream.SafeFileHandle, _time.GetUtcNow().UtcDateTime);
        stream.Flush(flushToDisk: true);
        return stream.Length;
    }

    private async Task<long> WriteAsync(string path, string sha256, Stream content, CancellationToken cancellationToken)
    {
        // Deleted, not overwritten: on Unix whoever still reads the damaged object keeps its own file.
        File.Delete(path);
        try
        {
            await using var file = PrivateDisk.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
            Require(sha256, await CopyAsync(content, file, cancellationToken));
            File.SetLastWriteTimeUtc(file.SafeFileHandle, _time.GetUtcNow().UtcDateTime);
            file.Flush(flushToDisk: true);
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

    private static async Task<string> CopyAsync(Stream content, FileStream file, CancellationToken cancellationToken)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[CopyBytes];
        for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void RemoveRemains(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The remains are an unnamed orphan: the next put replaces them or the sweeper takes them. The first error is the one to tell.
            return;
        }
    }

    private static FileStream? TryOpen(string path, FileAccess access)
    {
        try
        {
            return PrivateDisk.Open(path, FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private SemaphoreSlim LockOf(string sha256) => _shardLocks[Convert.ToByte(sha256[..2], 16)];

    private string PathOf(string sha256)
    {
        Sha256Text.Require(sha256, nameof(sha256));
        return Path.Combine(_objects, sha256[..2], sha256[2..]);
    }
}
