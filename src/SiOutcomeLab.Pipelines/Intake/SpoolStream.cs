using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>Writes to the end of a spool file, for writers that want a stream. Disposing it leaves the file open.</summary>
internal sealed class SpoolStream(SpoolFile file) : Stream
{
    // The spool takes no more at once.
    private const int MostAtOnce = 1024 * 1024;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => file.Bytes;

    public override long Position
    {
        get => file.Bytes;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var rest = buffer; !rest.IsEmpty; rest = rest[Math.Min(MostAtOnce, rest.Length)..])
        {
            await file.AppendAsync(file.Bytes, rest[..Math.Min(MostAtOnce, rest.Length)], cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    // Nobody else has the file, so the wait for its turn is none.
    public override void Write(byte[] buffer, int offset, int count) =>
        WriteAsync(buffer.AsMemory(offset, count), CancellationToken.None).AsTask().GetAwaiter().GetResult();

    public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
