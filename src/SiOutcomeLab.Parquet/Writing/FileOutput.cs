using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Counts what has been written, since offsets in the file count from the file's own first byte, and keeps the buffers that one page after
/// another is made in.
/// </summary>
internal sealed class FileOutput(Stream stream)
{
    /// <summary>A page's compressed bytes, made larger when needed.</summary>
    public byte[] Compressed = [];

    public long Position { get; private set; }

    /// <summary>A page's encoded values.</summary>
    public ArrayBufferWriter<byte> Values { get; } = new();

    /// <summary>A page before compression.</summary>
    public ArrayBufferWriter<byte> Page { get; } = new();

    /// <summary>Begins anew at position 0 of a stream that has been emptied.</summary>
    public void Restart() => Position = 0;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Position += bytes.Length;
    }
}
