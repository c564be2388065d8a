using Microsoft.Win32.SafeHandles;

namespace SiOutcomeLab.Storage.Disk;

/// <summary>A file on the machine's own disk.</summary>
internal sealed class PhysicalFile(string path, FileStream stream) : IDiskFile
{
    // Asked for once: a stream seeks each time it hands its handle out.
    private readonly SafeFileHandle _handle = stream.SafeFileHandle;

    public long Length
    {
        get
        {
            try
            {
                return RandomAccess.GetLength(_handle);
            }
            catch (Exception e) when (DiskFailure.Is(e))
            {
                throw DiskFailure.Of("measure", path, e);
            }
        }
    }

    public DateTimeOffset Changed
    {
        get
        {
            try
            {
                return File.GetLastWriteTimeUtc(_handle);
            }
            catch (Exception e) when (DiskFailure.Is(e))
            {
                throw DiskFailure.Of("date", path, e);
            }
        }
    }

    public int Read(long offset, Span<byte> buffer)
    {
        try
        {
            var read = 0;
            while (read < buffer.Length)
            {
                var now = RandomAccess.Read(_handle, buffer[read..], offset + read);
                if (now == 0) break;
                read += now;
            }

            return read;
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of("read", path, e);
        }
    }

    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        try
        {
            RandomAccess.Write(_handle, bytes, offset);
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of("write", path, e);
        }
    }

    public void Truncate(long length)
    {
        try
        {
            RandomAccess.SetLength(_handle, length);
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of("shorten", path, e);
        }
    }

    public void SetChanged(DateTimeOffset time)
    {
        try
        {
            File.SetLastWriteTimeUtc(_handle, time.UtcDateTime);
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of("date", path, e);
        }
    }

    public void Flush(FlushSite site)
    {
        try
        {
            RandomAccess.FlushToDisk(_handle);
        }
        catch (Exception e) when (DiskFailure.Is(e))
        {
            throw DiskFailure.Of("flush", path, e);
        }
    }

    public void Dispose() => stream.Dispose();
}
