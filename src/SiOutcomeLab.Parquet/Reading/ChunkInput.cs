using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <summary>The bytes of one column chunk in order, through a pooled window that grows to the largest page only.</summary>
internal sealed class ChunkInput(ByteSource source, long start, long length) : IDisposable
{
    private const int WindowBytes = 256 * 1024;

    private byte[] _window = [];
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
        return _window.AsSpan(_begin, _end - _begin);
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
        var range = new ByteRange(_window, _begin, count);
        _begin += count;
        return range;
    }

    public void Dispose()
    {
        var window = _window;
        _window = [];
        _begin = _end = 0;
        if (window.Length > 0) ArrayPool<byte>.Shared.Return(window);
    }

    private void Fetch(int count)
    {
        var held = _end - _begin;
        if (held >= count) return;
        var size = (int)Math.Min(Math.Max(count, WindowBytes), Remaining);
        if (_window.Length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(size);
            _window.AsSpan(_begin, held).CopyTo(larger);
            if (_window.Length > 0) ArrayPool<byte>.Shared.Return(_window);
            _window = larger;
        }
        else
        {
            _window.AsSpan(_begin, held).CopyTo(_window);
        }

        _begin = 0;
        _end = held;
        source.ReadExactly(start + _fetched, _window.AsSpan(held, size - held));
        _fetched += size - held;
        _end = size;
    }
}
