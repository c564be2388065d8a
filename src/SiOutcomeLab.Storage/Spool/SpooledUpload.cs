namespace SiOutcomeLab.Storage.Spool;

/// <summary>An upload's file that has arrived whole and is durable.</summary>
public sealed class SpooledUpload
{
    private readonly Func<Stream> _open;
    private Stream? _content;

    internal SpooledUpload(string sha256, long bytes, Func<Stream> open)
    {
        Sha256 = sha256;
        Bytes = bytes;
        _open = open;
    }

    /// <summary>The SHA-256 of its bytes, 64 lower-case hexadecimal digits.</summary>
    public string Sha256 { get; }

    /// <summary>The number of its bytes.</summary>
    public long Bytes { get; }

    /// <summary>Its bytes in one stream for all, made when first asked for; closes with the <see cref="SpoolFile"/>.</summary>
    public Stream Content => _content ??= OpenRead();

    /// <summary>
    /// Opens its bytes for reading with seeking, as often as wanted and side by side; each stream is the caller's to dispose of. Reading
    /// gives <see cref="SpoolDamagedException"/> where the file is not as it was written.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The <see cref="SpoolFile"/> is disposed of; streams opened before go on.</exception>
    /// <exception cref="SpoolFileTakenException">The file was taken over or deleted.</exception>
    public Stream OpenRead() => _open();

    internal void Close() => _content?.Dispose();
}
