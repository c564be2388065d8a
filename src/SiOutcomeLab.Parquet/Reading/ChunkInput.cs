namespace SiOutcomeLab.Parquet;

/// <summary>The bytes of one column chunk in order, through a pooled window that grows to the largest page only.</summary>
internal sealed class ChunkInput(ByteSource source, long start, long length, HeldBytes held) : IDisposable
{
    private const int WindowBytes = 256 * 1024;

    private readonly PooledBytes _window = new(held);
    private int _begin;
    private int _end;
    private long _fetched;

    /// <summary>Offset in the file of the next byte.</summary>
    public long Position => start + _fetched - (_end - _begin);

    /// <summary>Bytes of the chunk not yet taken.</summary>
    public long Remaining => length - _fetched + (_end - _begin);

    /// <summary>Shows at least <paramref name="count"/> next bytes without taking them, or all that remain.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        Fetch((int)Math.Min(count, Remaining));
        return _window.Array.AsSpan(_begin, _end - _begin);
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
        var range = new ByteRange(_window.Array, _begin, count);
        _begin += count;
        return range;
    }

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
        source.ReadExactly(start + _fetched, _window.Array.AsSpan(kept, size - kept));
        _fetched += size - kept;
        _end = size;
    }
}
