using System.Security.Cryptography;
using SiOutcomeLab.Storage.Disk;

namespace SiOutcomeLab.Storage.Spool;

/// <summary>One upload while it arrives: chunks in, hash and length counted on the way. Not for use by several callers at once.</summary>
public sealed class SpoolFile : IAsyncDisposable
{
    private readonly UploadSpool _spool;
    private readonly string _path;
    private readonly long _maximum;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private SpooledUpload? _completed;
    private bool _disposed;

    internal SpoolFile(UploadSpool spool, string path, long maximumBytes)
    {
        _spool = spool;
        _path = path;
        _maximum = maximumBytes;
        _file = PrivateDisk.Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read | FileShare.Delete);
    }

    /// <summary>Bytes written so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Writes a chunk. A chunk that would be too much is not written, in part or whole.</summary>
    /// <exception cref="UploadTooLargeException">The upload would have more bytes than it may.</exception>
    /// <exception cref="SpoolFullException">All uploads together would take more space than is set aside.</exception>
    /// <exception cref="InvalidOperationException">The upload is complete, or an earlier write failed.</exception>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> chunk, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_completed is not null) throw new InvalidOperationException("The upload is complete; nothing more can be written to it.");
        if (_file.Position != Bytes) throw new InvalidOperationException("An earlier chunk was not written whole; start the upload anew.");
        if (chunk.Length > _maximum - Bytes) throw new UploadTooLargeException(_maximum);
        _spool.Take(chunk.Length);
        try
        {
            await _file.WriteAsync(chunk, cancellationToken);
        }
        catch
        {
            _spool.Give(chunk.Length);
            throw;
        }

        Bytes += chunk.Length;
        _hash.AppendData(chunk.Span);
    }

    /// <summary>Ends the upload and opens it for reading. Called again, it gives the same.</summary>
    /// <returns>The upload; its stream closes with this file.</returns>
    public ValueTask<SpooledUpload> CompleteAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        _completed ??= new SpooledUpload(
            PrivateDisk.Open(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
            Convert.ToHexStringLower(_hash.GetHashAndReset()),
            Bytes);
        return ValueTask.FromResult(_completed);
    }

    /// <summary>Deletes the file and frees its space.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        if (_completed is not null) await _completed.Content.DisposeAsync();
        await _file.DisposeAsync();
        _hash.Dispose();
        File.Delete(_path);
        _spool.Give(Bytes);
    }
}

/// <summary>An upload that has arrived whole.</summary>
/// <param name="Content">Its bytes, readable and seekable, at position 0; closes with the <see cref="SpoolFile"/>.</param>
/// <param name="Sha256">Their SHA-256, 64 lower-case hexadecimal digits.</param>
/// <param name="Bytes">Their number.</param>
public sealed record SpooledUpload(Stream Content, string Sha256, long Bytes);
