using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// Keeps uploads on disk while they arrive, encrypted under a key of each upload's own that the spool never keeps: neither memory nor disk
/// is bounded by what clients send, and what is on disk is nothing without the key. Bytes flushed survive a crash of process or machine;
/// an upload counts when the lake has it and the catalogue names it.
/// </summary>
/// <remarks>Safe for use by many callers at once. One file of an upload has one holder: who opens it last.</remarks>
public sealed class UploadSpool
{
    /// <summary>What builds before the spool was encrypted left: plain bytes that nobody will ask for.</summary>
    private const string PlainSuffix = ".upload";

    private readonly IDisk _disk;
    private readonly string _folder;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<SpoolName, SpoolFile> _held = [];
    private readonly Dictionary<SpoolName, ParkedUpload> _parked = [];
    private readonly SemaphoreSlim[] _opening = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Opens the spool on the machine's disk.</summary>
    /// <param name="folder">The spool's folder, held by this process alone; created where missing.</param>
    /// <param name="capacityBytes">The most bytes all arriving uploads may take on disk together; positive.</param>
    public UploadSpool(string folder, long capacityBytes)
        : this(PhysicalDisk.Instance, folder, capacityBytes)
    {
    }

    /// <summary>Opens the spool, and counts what uploads have left in it.</summary>
    /// <param name="disk">The disk.</param>
    /// <param name="folder">The spool's folder, held by this process alone; created where missing.</param>
    /// <param name="capacityBytes">The most bytes all arriving uploads may take on disk together; positive.</param>
    /// <param name="timeProvider">The clock that dates files for the sweeper; the system's when null.</param>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public UploadSpool(IDisk disk, string folder, long capacityBytes, TimeProvider? timeProvider = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacityBytes);
        _disk = disk;
        _folder = Path.GetFullPath(folder);
        _time = timeProvider ?? TimeProvider.System;
        Quota = new SpoolQuota(capacityBytes);
        disk.Ensure(_folder, FlushSite.SpoolFolders);
        foreach (var file in disk.List(_folder, DiskEntries.Files))
        {
            if (file.EndsWith(PlainSuffix, StringComparison.Ordinal)) disk.Delete(Path.Combine(_folder, file));
            if (SpoolName.Parse(file) is { } name) Quota.Set(name, LengthOf(name));
        }
    }

    /// <summary>Bytes that uploads take on disk at this moment, or have been promised.</summary>
    public long UsedBytes => Quota.Used;

    /// <summary>
    /// Flushes of one file in mid frame that still get a short frame of their own. After so many they end at the last full frame: a sender
    /// that cuts itself off after each byte must not make the list of frames grow without end.
    /// </summary>
    internal int MaximumShortFrames { get; init; } = 16_384;

    internal SpoolQuota Quota { get; }

    internal DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>Makes an empty file for one part of an upload.</summary>
    /// <param name="uploadId">The upload: 1 to 64 of a–z, 0–9 and -.</param>
    /// <param name="part">Which of its files, such as <c>observations</c>: characters as above.</param>
    /// <param name="key">The upload's key, 32 random bytes, the same for all its parts; copied, and cleared on disposal.</param>
    /// <param name="maximumBytes">The most bytes this file may have; positive.</param>
    /// <exception cref="InvalidOperationException">There is such a file already; reopen it.</exception>
    /// <exception cref="SpoolFullException">There is no room.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public SpoolFile Create(string uploadId, string part, ReadOnlySpan<byte> key, long maximumBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes);
        var name = SpoolName.Of(uploadId, part);
        var file = _disk.TryOpen(PathOf(name), DiskOpen.Create)
            ?? throw new InvalidOperationException($"The {part} of upload {uploadId} has a file already; reopen it.");
        return Hold(name, key, maximumBytes, file, (cipher, _, _) => Begin(name, file, cipher), CancellationToken.None);
    }

    /// <summary>
    /// Opens the file of a part of an upload that began earlier, in this process or another; an empty one when nothing of it has lasted.
    /// What an earlier holder is writing ends first, and it can write no more. A frame that a crash has torn is cut off; what stands is
    /// made durable, so <see cref="SpoolFile.DurableBytes"/> is all of it. Reads the whole file, unless its last holder in this process
    /// let go of it flushed.
    /// </summary>
    /// <inheritdoc cref="Create" path="/param"/>
    /// <param name="cancellationToken">Cancels; the file is as it was.</param>
    /// <exception cref="SpoolDamagedException">The file was made under another key.</exception>
    /// <exception cref="SpoolFullException">There is no room.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public Task<SpoolFile> ReopenAsync(
        string uploadId, string part, ReadOnlySpan<byte> key, long maximumBytes, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumBytes);
        return ReopenAsync(SpoolName.Of(uploadId, part), key.ToArray(), maximumBytes, cancellationToken);
    }

    /// <summary>
    /// How many bytes of a part of an upload are durable; 0 when it has no file. A look and no more: whoever holds the file keeps it.
    /// Reads the whole file when nobody in this process has held it.
    /// </summary>
    /// <inheritdoc cref="ReopenAsync(string, string, ReadOnlySpan{byte}, long, CancellationToken)"/>
    public Task<long> DurableBytesAsync(string uploadId, string part, ReadOnlySpan<byte> key, CancellationToken cancellationToken) =>
        DurableBytesAsync(SpoolName.Of(uploadId, part), key.ToArray(), cancellationToken);

    /// <summary>Every upload that has files here, known to anybody or not.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public IReadOnlyList<string> Uploads() => [.. Names().Select(n => n.UploadId).Distinct()];

    /// <summary>Deletes every file of an upload, whoever holds it, and frees its space. Harmless when there is none.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public async Task DeleteAsync(string uploadId, CancellationToken cancellationToken)
    {
        foreach (var name in Names().Where(n => n.UploadId == uploadId))
        {
            using var turn = await OpeningOf(name, cancellationToken);
            if (HolderOf(name) is { } holder) await holder.FenceAsync();
            Remove(name);
        }
    }

    /// <summary>Deletes the files that nobody holds, that belong to no known upload, and that have not been flushed for a while.</summary>
    /// <param name="known">The uploads that the catalogue knows as under way.</param>
    /// <param name="olderThan">Only files last flushed before this time: an upload that began after <paramref name="known"/> was read must
    /// be younger.</param>
    /// <param name="cancellationToken">Cancels between two files.</param>
    /// <returns>How many files were deleted.</returns>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    public async Task<int> SweepAsync(IReadOnlySet<string> known, DateTimeOffset olderThan, CancellationToken cancellationToken)
    {
        var deleted = 0;
        foreach (var name in Names().Where(n => !known.Contains(n.UploadId)))
        {
            using var turn = await OpeningOf(name, cancellationToken);
            if (HolderOf(name) is not null || ChangedOf(name) is not { } changed || changed >= olderThan) continue;
            Remove(name);
            deleted++;
        }

        return deleted;
    }

    internal void FlushNames() => _disk.FlushFolder(_folder, FlushSite.SpoolFileName);

    internal Stream OpenRead(SpoolName name, ReadOnlySpan<byte> key, FrameIndex index)
    {
        var file = _disk.TryOpen(PathOf(name), DiskOpen.Read) ?? throw new SpoolDamagedException(name.UploadId, name.Part, 0);
        return new SpoolReadStream(file, new FrameCipher(key, name.Binding), index, name);
    }

    internal void LetGo(SpoolFile file, SpoolName name, ParkedUpload? parked)
    {
        lock (_lock)
        {
            if (_held.GetValueOrDefault(name) == file) _held.Remove(name);
            if (parked is not null) _parked[name] = parked;
        }
    }

    internal void Remove(SpoolName name)
    {
        _disk.Delete(PathOf(name));
        Quota.Release(name);
        TakeParked(name)?.Hash.Dispose();
    }

    private async Task<SpoolFile> ReopenAsync(SpoolName name, byte[] key, long maximumBytes, CancellationToken cancellationToken)
    {
        using var turn = await OpeningOf(name, cancellationToken);
        try
        {
            if (HolderOf(name) is { } holder) await holder.FenceAsync();
            var path = PathOf(name);
            if (_disk.TryOpen(path, DiskOpen.Change) is { } found) return await RecoverAsync(name, key, maximumBytes, found, cancellationToken);

            var made = _disk.TryOpen(path, DiskOpen.Create) ?? throw new StorageUnavailableException(path, $"The file {path} appears and disappears.");
            return Hold(name, key, maximumBytes, made, (cipher, _, _) => Begin(name, made, cipher), cancellationToken);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<long> DurableBytesAsync(SpoolName name, byte[] key, CancellationToken cancellationToken)
    {
        using var turn = await OpeningOf(name, cancellationToken);
        try
        {
            if (HolderOf(name) is { } holder) return holder.DurableBytes;
            if (_disk.TryOpen(PathOf(name), DiskOpen.Change) is not { } found) return 0;

            // Held within the turn alone: nobody who opens it can find this holder, or lose it to this one.
            await using var file = await RecoverAsync(name, key, long.MaxValue, found, cancellationToken);
            return file.DurableBytes;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private Task<SpoolFile> RecoverAsync(SpoolName name, byte[] key, long maximumBytes, IDiskFile found, CancellationToken cancellationToken) => Task.Run(
        () => Hold(name, key, maximumBytes, found, (c, p, t) => Recover(name, found, c, p, t), cancellationToken), cancellationToken);

    private delegate SpoolContent Opening(FrameCipher cipher, ParkedUpload? parked, CancellationToken cancellationToken);

    private SpoolFile Hold(
        SpoolName name, ReadOnlySpan<byte> key, long maximumBytes, IDiskFile file, Opening opening, CancellationToken cancellationToken)
    {
        FrameCipher? cipher = null;
        try
        {
            cipher = new FrameCipher(key, name.Binding);
            var content = opening(cipher, TakeParked(name), cancellationToken);
            Quota.Set(name, content.Index.FileEnd);
            var held = new SpoolFile(this, name, key.ToArray(), maximumBytes, content);
            lock (_lock) _held[name] = held;
            return held;
        }
        catch
        {
            cipher?.Dispose();
            file.Dispose();
            throw;
        }
    }

    private SpoolContent Begin(SpoolName name, IDiskFile file, FrameCipher cipher)
    {
        Quota.Set(name, 0);
        Quota.Take(name, FrameCipher.FileHeaderBytes);
        var header = new byte[FrameCipher.FileHeaderBytes];
        cipher.SealFileHeader(header);
        try
        {
            file.Write(0, header);
        }
        catch (StorageFullException e)
        {
            throw new SpoolFullException(Quota.Capacity, e);
        }

        file.SetChanged(Now);
        return new SpoolContent(file, cipher, new FrameIndex(), IncrementalHash.CreateHash(HashAlgorithmName.SHA256), IsDurable: false);
    }

    private SpoolContent Recover(SpoolName name, IDiskFile file, FrameCipher cipher, ParkedUpload? parked, CancellationToken cancellationToken)
    {
        if (parked is not null && file.Length == parked.Index.FileEnd && HasHeader(file, cipher))
        {
            return new SpoolContent(file, cipher, parked.Index, parked.Hash, IsDurable: true);
        }

        parked?.Hash.Dispose();
        var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var index = SpoolRecovery.Run(file, cipher, name, hash, cancellationToken);
        if (index is null)
        {
            hash.Dispose();
            file.Truncate(0);
            return Begin(name, file, cipher);
        }

        // The file's maker may have died before the name was flushed.
        FlushNames();
        return new SpoolContent(file, cipher, index, hash, IsDurable: true);
    }

    private static bool HasHeader(IDiskFile file, FrameCipher cipher)
    {
        Span<byte> header = stackalloc byte[FrameCipher.FileHeaderBytes];
        return cipher.OpenFileHeader(header[..file.Read(0, header)]) is true;
    }

    private IEnumerable<SpoolName> Names() => _disk.List(_folder, DiskEntries.Files).Select(SpoolName.Parse).OfType<SpoolName>();

    private long LengthOf(SpoolName name)
    {
        using var file = _disk.TryOpen(PathOf(name), DiskOpen.Read);
        return file?.Length ?? 0;
    }

    private DateTimeOffset? ChangedOf(SpoolName name)
    {
        using var file = _disk.TryOpen(PathOf(name), DiskOpen.Read);
        return file?.Changed;
    }

    private SpoolFile? HolderOf(SpoolName name)
    {
        lock (_lock) return _held.GetValueOrDefault(name);
    }

    private ParkedUpload? TakeParked(SpoolName name)
    {
        lock (_lock) return _parked.Remove(name, out var parked) ? parked : null;
    }

    private async Task<IDisposable> OpeningOf(SpoolName name, CancellationToken cancellationToken)
    {
        var gate = _opening[(uint)name.GetHashCode() % _opening.Length];
        await gate.WaitAsync(cancellationToken);
        return new Release(gate);
    }

    private string PathOf(SpoolName name) => Path.Combine(_folder, name.FileName);

    private sealed class Release(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
