using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SiOutcomeLab.Parquet;

/// <summary>Positioned reads of a file, safe from several threads, so that column readers need not share a cursor.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>The file's length in bytes when it was opened.</summary>
    public abstract long Length { get; }

    /// <summary>The file where it is held in memory; of no array otherwise.</summary>
    public virtual ArraySegment<byte> InMemory => default;

    /// <summary>Reads the whole of <paramref name="buffer"/> from a place.</summary>
    /// <exception cref="ParquetFormatException">The file has become shorter.</exception>
    public void ReadExactly(long offset, Span<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var read = ReadSome(offset, buffer);
            if (read <= 0)
            {
                throw new ParquetFormatException(ParquetErrorCode.Truncated, "The file ends before its length.").At(byteOffset: offset);
            }

            offset += read;
            buffer = buffer[read..];
        }
    }

    public static ByteSource From(Stream stream, bool leaveOpen) => new StreamSource(stream, leaveOpen);

    public static ByteSource From(string path) => new FileSource(path);

    public static ByteSource From(ReadOnlyMemory<byte> file) => new MemorySource(file);

    public abstract void Dispose();

    protected abstract int ReadSome(long offset, Span<byte> buffer);

    private sealed class FileSource(string path) : ByteSource
    {
        private readonly SafeFileHandle _handle = File.OpenHandle(path);
        private long _length = -1;

        public override long Length => _length >= 0 ? _length : _length = RandomAccess.GetLength(_handle);

        public override void Dispose() => _handle.Dispose();

        protected override int ReadSome(long offset, Span<byte> buffer) => RandomAccess.Read(_handle, buffer, offset);
    }

    private sealed class MemorySource(ReadOnlyMemory<byte> file) : ByteSource
    {
        public override long Length => file.Length;

        public override ArraySegment<byte> InMemory { get; } = MemoryMarshal.TryGetArray(file, out var array) ? array : default;

        public override void Dispose()
        {
        }

        protected override int ReadSome(long offset, Span<byte> buffer)
        {
            var from = file.Span[(int)Math.Min(offset, file.Length)..];
            var read = Math.Min(from.Length, buffer.Length);
            from[..read].CopyTo(buffer);
            return read;
        }
    }

    private sealed class StreamSource(Stream stream, bool leaveOpen) : ByteSource
    {
        private readonly Lock _lock = new();

        public override long Length { get; } = stream.Length;

        public override void Dispose()
        {
            if (!leaveOpen) stream.Dispose();
        }

        protected override int ReadSome(long offset, Span<byte> buffer)
        {
            lock (_lock)
            {
                stream.Position = offset;
                return stream.Read(buffer);
            }
        }
    }
}
