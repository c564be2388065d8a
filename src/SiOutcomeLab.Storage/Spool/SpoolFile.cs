using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>
/// One file of an upload while it arrives, encrypted. Disposing it lets go of it and leaves the file, from which a later call goes on;
/// <see cref="DeleteAsync"/> removes it. Calls wait for each other; when the file is opened anew, the earlier holder can write no more.
/// </summary>
/// <remarks>
/// After the disk has failed a call, every further call but <see cref="DeleteAsync"/> is refused: what was written is in doubt. Dispose
/// of it and reopen, which finds out what is there.
/// </remarks>
public sealed class SpoolFile : IAsyncDisposable
{
    private readonly UploadSpool _spool;
    private readonly SpoolName _name;
    private readonly long _maximum;
    private readonly byte[] _key;
    private readonly IDiskFile _file;
    private readonly FrameCipher _cipher;
    private readonly FrameIndex _index;
    private readonly IncrementalHash _hash;
    private readonly FrameWriter _writer;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private bool _nameIsDurable;
    private bool _failed;
    private bool _taken;
    private bool _closed;
    private bool _deleted;
    private SpooledUpload? _completed;

    internal SpoolFile(UploadSpool spool, SpoolName name, byte[] key, long maximumBytes, SpoolContent content)
    {
        _spool = spool;
        _name = name;
        _key = key;
        _maximum = maximumBytes;
        (_file, _cipher, _index, _hash) = (content.File, content.Cipher, content.Index, content.Hash);
        _writer = new FrameWriter(_file, _cipher, _index, _hash);
        _nameIsDurable = content.IsDurable;
        DurableBytes = content.IsDurable ? _index.PlainEnd : 0;
    }

    /// <summary>Bytes of the upload taken so far, durable or not: the offset at which the next ones go.</summary>
    public long Bytes => _writer.PlainEnd;

    /// <summary>Bytes of the upload that survive whatever happens. Never shrinks, here or in a later holder.</summary>
    public long DurableBytes { get; private set; }

    /// <summary>Takes bytes at the end. Bytes that would be too many are not taken, in part or whole. They are durable after a flush.</summary>
    /// <param name="offset">Where they belong in the upload: <see cref="Bytes"/>.</param>
    /// <param name="data">The bytes, at most 16 MiB.</param>
    /// <param name="cancellationToken">Cancels the wait for other calls.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="offset"/> is not the end.</exception>
    /// <exception cref="UploadTooLargeException">The upload would have more bytes than it may.</exception>
    /// <exception cref="SpoolFullException">All uploads together would take more space than is set aside, or the disk is full.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    /// <exception cref="SpoolFileTakenException">A newer holder has the file.</exception>
    public async ValueTask AppendAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(data.Length, 16 * 1024 * 1024, nameof(data));
        using var turn = await TakeTurnAsync(cancellationToken);
        if (_completed is not null) throw new InvalidOperationException("The upload is complete; nothing more can be written to it.");
        ArgumentOutOfRangeException.ThrowIfNotEqual(offset, Bytes);
        if (data.Length > _maximum - Bytes) throw new UploadTooLargeException(_maximum);
        _spool.Quota.Take(_name, _writer.Cost(data.Length));
        Guarded(() => _writer.Append(data, DurableBytes));
    }

    /// <summary>Tells whether the upload has these bytes at this offset already, as a sender that goes on from further back claims.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bytes reach beyond <see cref="Bytes"/>.</exception>
    /// <exception cref="SpoolDamagedException">The file is not as it was written.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    /// <exception cref="SpoolFileTakenException">A newer holder has the file.</exception>
    public async ValueTask<bool> MatchesAsync(long offset, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Bytes - data.Length);
        var reader = new FrameReader(_file, _cipher, _index, _name);
        var buffer = new byte[Math.Min(data.Length, FrameCipher.PlainBytes)];
        for (var rest = data; !rest.IsEmpty;)
        {
            if (offset >= _index.PlainEnd) return _writer.Tail.Slice((int)(offset - _index.PlainEnd), rest.Length).SequenceEqual(rest.Span);
            var read = reader.Read(offset, buffer.AsSpan(0, Math.Min(buffer.Length, rest.Length)));
            if (!buffer.AsSpan(0, read).SequenceEqual(rest.Span[..read])) return false;
            offset += read;
            rest = rest[read..];
        }

        return true;
    }

    /// <summary>Makes the bytes taken so far durable: file and name.</summary>
    /// <returns><see cref="DurableBytes"/>: all bytes taken; less than that, by under 64 KiB, only for a sender that has caused more than
    /// 16,384 flushes in mid frame.</returns>
    /// <exception cref="SpoolFullException">The disk is full.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails; nothing more than before is durable.</exception>
    /// <exception cref="SpoolFileTakenException">A newer holder has the file.</exception>
    public async ValueTask<long> FlushAsync(CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        await FlushAsync(all: _index.ShortFrames < _spool.MaximumShortFrames);
        return DurableBytes;
    }

    /// <summary>Ends the upload: makes it durable and opens it for reading. Called again, it gives the same.</summary>
    /// <inheritdoc cref="FlushAsync(CancellationToken)" path="/exception"/>
    public async ValueTask<SpooledUpload> CompleteAsync(CancellationToken cancellationToken)
    {
        using var turn = await TakeTurnAsync(cancellationToken);
        if (_completed is not null) return _completed;
        await FlushAsync(all: true);
        return _completed = new SpooledUpload(Convert.ToHexStringLower(_hash.GetCurrentHash()), Bytes, OpenRead);
    }

    /// <summary>Deletes the file, frees its space, and lets go of it. Called again, it does nothing.</summary>
    /// <remarks>Not flushed: a name that a power loss brings back holds ciphertext under a key that its owner has destroyed, and the sweeper
    /// takes it.</remarks>
    /// <exception cref="StorageUnavailableException">The disk fails; the sweeper will take the file.</exception>
    /// <exception cref="SpoolFileTakenException">A newer holder has the file.</exception>
    public async ValueTask DeleteAsync()
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            if (_deleted) return;
            if (_taken) throw new SpoolFileTakenException(_name.UploadId, _name.Part);
            ObjectDisposedException.ThrowIf(_closed, this);
            Close(() =>
            {
                _hash.Dispose();
                _spool.Remove(_name);
                return null;
            });
            _deleted = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Lets go of the file and leaves it. Bytes that were not flushed may be lost.</summary>
    public async ValueTask DisposeAsync()
    {
        await _gate.WaitAsync();
        try
        {
            Close(Park);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Takes the file away from this holder, when what it is doing has ended.</summary>
    internal async Task FenceAsync()
    {
        await _gate.WaitAsync();
        try
        {
            Close(Park);
            _taken = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask FlushAsync(bool all)
    {
        var target = all ? Bytes : _index.PlainEnd;
        if (target == DurableBytes && _nameIsDurable) return;
        if (all) Guarded(() => _writer.EndFrame(DurableBytes));
        try
        {
            _file.SetChanged(_spool.Now);
            await OffThePool.RunAsync(() => _file.Flush(FlushSite.SpoolFile));
            if (!_nameIsDurable) await OffThePool.RunAsync(_spool.FlushNames);
        }
        catch
        {
            _failed = true;
            throw;
        }

        _nameIsDurable = true;
        DurableBytes = target;
    }

    private Stream OpenRead()
    {
        ObjectDisposedException.ThrowIf(_closed && !_taken, this);
        if (_taken) throw new SpoolFileTakenException(_name.UploadId, _name.Part);
        return _spool.OpenRead(_name, _key, _index);
    }

    private void Guarded(Action write)
    {
        try
        {
            write();
        }
        catch (StorageFullException e)
        {
            _failed = true;
            throw new SpoolFullException(_spool.Quota.Capacity, e);
        }
        catch
        {
            _failed = true;
            throw;
        }
    }

    private async ValueTask<Turn> TakeTurnAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        var turn = new Turn(_gate);
        if (!_taken && !_closed && !_failed) return turn;
        turn.Dispose();
        if (_taken) throw new SpoolFileTakenException(_name.UploadId, _name.Part);
        ObjectDisposedException.ThrowIf(_closed, this);
        throw new InvalidOperationException("The disk has failed an earlier call on this file; dispose of it and open it anew.");
    }

    // What becomes of the file is settled before the spool is told: whoever opens it next waits for this holder until then.
    private void Close(Func<ParkedUpload?> ending)
    {
        if (_closed) return;
        _closed = true;
        _completed?.Close();
        _file.Dispose();
        _cipher.Dispose();
        CryptographicOperations.ZeroMemory(_key);
        ParkedUpload? parked = null;
        try
        {
            parked = ending();
        }
        finally
        {
            _spool.LetGo(this, _name, parked);
        }
    }

    private ParkedUpload? Park()
    {
        if (!_failed && _nameIsDurable && DurableBytes == Bytes) return new ParkedUpload(_index, _hash);
        _hash.Dispose();
        return null;
    }

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
