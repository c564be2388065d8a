namespace SiOutcomeLab.Storage.Disk;

/// <summary>An open file of an <see cref="IDisk"/>. Others may read, write and delete it meanwhile.</summary>
public interface IDiskFile : IDisposable
{
    /// <summary>Its length in bytes.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    long Length { get; }

    /// <summary>When it was last said to have been changed (<see cref="SetChanged"/>), or was.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    DateTimeOffset Changed { get; }

    /// <summary>Reads bytes from an offset on.</summary>
    /// <returns>How many were read; fewer than asked for only at the end of the file.</returns>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    int Read(long offset, Span<byte> buffer);

    /// <summary>Writes bytes at an offset. When it fails, any part of them may have been written.</summary>
    /// <exception cref="StorageFullException">There is no room.</exception>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    void Write(long offset, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts the file off.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    void Truncate(long length);

    /// <summary>Dates the file.</summary>
    /// <exception cref="StorageUnavailableException">The disk fails.</exception>
    void SetChanged(DateTimeOffset time);

    /// <summary>Makes the file's bytes and length durable.</summary>
    /// <param name="site">Which of the flushes in lake and spool this is.</param>
    /// <exception cref="StorageUnavailableException">The disk fails; what was written is in doubt for good, see
    /// <see cref="IDisk"/>.</exception>
    void Flush(FlushSite site);
}
