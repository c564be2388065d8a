namespace SiOutcomeLab.Parquet;

/// <summary>
/// The bytes of one column chunk in order, through a pooled window that grows to the largest page only; of a file held in memory, as they
/// stand there.
/// </summary>
internal sealed class ChunkInput : IDisposable
{
    private const int WindowBytes = 256 * 1024;

    private readonly ByteSource _source;
    private readonly long _start;
    private readonly long _length;
    private readonly PooledBytes _window;
    private readonly byte[]? _file;
    private int _begin;
    private int _end;
    private long _fetched;

    public ChunkInput(ByteSource source, long start, long length, HeldBytes held)
    {
        (_source, _start, _length, _window) = (source, start, length, new PooledBytes(held));
        // Opening has held where chunks lie against the file's length.
        if (source.InMemory.Array is not { } file) return;
        _file = file;
        _begin = source.InMemory.Offset + (int)start;
        _end = _begin + (int)length;
        _fetched = length;
    }

    /// <summary>Offset in the file of the next byte.</summary>
    public long Position => _start + _fetched - (_end - _begin);

    /// <summary>Bytes of the chunk not yet taken.</summary>
    public long Remaining => _length - _fetched + (_end - _begin);

    /// <summary>Shows at least <paramref name="count"/> next bytes without taking them, or all that remain.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        Fetch((int)Math.Min(count, Remaining));
        return Bytes.AsSpan(_begin, _end - _begin);
    }

    /// <summary>Takes bytes; they stay valid until the next call of this object.</summary>
    public ByteRange Take(int count)
    {
        if (count > Remaining)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InconsistentLayout, "A page is longer than what is left of its column chunk.");
        }

        Fetch(count);
        var range = new ByteRange(Bytes, _begin, count);
        _begin += count;
        return range;
    }

    private byte[] Bytes => _file ?? _window.Array;

    public void Dispose()
    {
        _begin = _end = 0;
        _window.Dispose();
    }

    private void Fetch(int count)
    {
        var kept = _end - _begin;
        if (kept >= count) return;
        var size = (int)Math.Min(Math.Max(count, WindowBytes), Remaining);
        if (!_window.Grow(size, _begin, kept)) _window.Array.AsSpan(_begin, kept).CopyTo(_window.Array);

        _begin = 0;
        _end = kept;
        _source.ReadExactly(_start + _fetched, _window.Array.AsSpan(kept, size - kept));
        _fetched += size - kept;
        _end = size;
    }
}
