namespace SiOutcomeLab.Parquet;

/// <summary>Counts what has been written, since offsets in the file count from the file's own first byte.</summary>
internal sealed class FileOutput(Stream stream)
{
    public long Position { get; private set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        stream.Write(bytes);
        Position += bytes.Length;
    }
}
