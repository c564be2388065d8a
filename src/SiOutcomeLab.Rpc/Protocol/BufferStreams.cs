using System.Buffers;

namespace SiOutcomeLab.Rpc.Protocol;

/// <summary>A read-only stream over a sequence, so that a decompressor reads a message where it lies.</summary>
internal sealed class SequenceStream(ReadOnlySequence<byte> sequence) : OneWayStream
{
    private ReadOnlySequence<byte> _rest = sequence;

    public override bool CanRead => true;

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, _rest.Length);
        _rest.Slice(0, count).CopyTo(buffer);
        _rest = _rest.Slice(count);
        return count;
    }
}

/// <summary>A write-only stream into a buffer writer, for a compressor.</summary>
internal sealed class BufferWriterStream(IBufferWriter<byte> writer) : OneWayStream
{
    public override bool CanWrite => true;

    public override void Write(byte[] buffer, int offset, int count) => writer.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => writer.Write(buffer);
}

/// <summary>A stream in memory that is read or written once, front to back.</summary>
internal abstract class OneWayStream : Stream
{
    public override bool CanRead => false;

    public override bool CanWrite => false;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
