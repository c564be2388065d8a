using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Storage.Lake;

/// <summary>
/// An object of an S3 store, read by blocks as they are asked for. Columns are read by turns from several places of a file, so the last few
/// blocks are kept. For one reader at a time.
/// </summary>
internal sealed class S3ReadStream : Stream
{
    private const int BlockBytes = 1 << 20;
    private const int KeptBlocks = 8;

    private readonly S3Bucket _bucket;
    private readonly string _name;
    private readonly LakeObject _object;
    private readonly LinkedList<(long Number, byte[] Bytes)> _blocks = new();
    private long _position;

    private S3ReadStream(S3Bucket bucket, string name, LakeObject lakeObject) => (_bucket, _name, _object) = (bucket, name, lakeObject);

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => _object.Bytes;

    public override long Position
    {
        get => _position;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            _position = value;
        }
    }

    /// <summary>Opens an object whose first bytes are fetched at once: for small ones they are all there is.</summary>
    public static async Task<S3ReadStream> OpenAsync(S3Bucket bucket, string name, LakeObject lakeObject, CancellationToken cancellationToken)
    {
        var stream = new S3ReadStream(bucket, name, lakeObject);
        if (lakeObject.Bytes > 0) await stream.BlockAsync(0, cancellationToken);
        return stream;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty || _position >= Length) return 0;
        return Take(await BlockAsync(_position / BlockBytes, cancellationToken), buffer.Span);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || _position >= Length) return 0;

        // The store's client knows no other way, and readers of columns read synchronously, on threads of their own.
        var block = _blocks.FirstOrDefault(b => b.Number == _position / BlockBytes).Bytes
            ?? Task.Run(() => BlockAsync(_position / BlockBytes, CancellationToken.None)).GetAwaiter().GetResult();
        return Take(block, buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Take(byte[] block, Span<byte> buffer)
    {
        var at = (int)(_position % BlockBytes);
        var taken = Math.Min(buffer.Length, block.Length - at);
        block.AsSpan(at, taken).CopyTo(buffer);
        _position += taken;
        return taken;
    }

    private async Task<byte[]> BlockAsync(long number, CancellationToken cancellationToken)
    {
        for (var node = _blocks.First; node is not null; node = node.Next)
        {
            if (node.Value.Number != number) continue;
            _blocks.Remove(node);
            _blocks.AddFirst(node);
            return node.Value.Bytes;
        }

        var offset = number * BlockBytes;
        var count = (int)Math.Min(BlockBytes, Length - offset);
        var bytes = await _bucket.ReadAsync(_name, offset, count, cancellationToken) ?? throw new LakeObjectMissingException(_object.Sha256);
        if (bytes.Length != count) throw new LakeObjectDamagedException(_object.Sha256, _object.Bytes, offset + bytes.Length);
        _blocks.AddFirst((number, bytes));
        if (_blocks.Count > KeptBlocks) _blocks.RemoveLast();
        return bytes;
    }
}
