using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Decodes DELTA_BINARY_PACKED (parquet-format Encodings.md): first value, then blocks of a smallest delta and bit-packed
/// differences from it, all modulo 2⁶⁴. Writers that wrap at 32 bits and writers that compute in 64 bits give the same lower 32 bits,
/// so one decoder serves both types. Memory does not depend on how many values the page declares.
/// </summary>
internal sealed class DeltaIntegers
{
    private readonly int[] _unpacked = new int[256];
    private ByteRange _bytes;
    private int _position;
    private int _miniblocks;
    private long _perMiniblock;
    private long _left;
    private bool _firstPending;
    private ulong _last;
    private ulong _minDelta;
    private int _widths;
    private int _nextMiniblock;
    private int _width;
    private int _packedStart;
    private long _packedIndex;
    private long _miniblockLeft;

    /// <summary>Begins a page.</summary>
    /// <param name="bytes">The encoded values; more may follow them.</param>
    /// <param name="count">How many values there must be, at least one.</param>
    public void Reset(ByteRange bytes, int count)
    {
        _bytes = bytes;
        _position = 0;
        var block = Varint(maxBytes: 5);
        var miniblocks = Varint(maxBytes: 5);
        var total = Varint(maxBytes: 5);
        var first = Varint(maxBytes: 10);
        if (block is 0 or > int.MaxValue || block % 128 != 0 || miniblocks == 0 || miniblocks > block || block % miniblocks != 0
            || block / miniblocks % 32 != 0)
        {
            throw Malformed("A delta-encoded page declares blocks of a size that the encoding does not have.");
        }

        if (total != (ulong)count) throw Malformed("A delta-encoded page declares another number of values than its page.");
        _miniblocks = (int)miniblocks;
        _perMiniblock = (long)(block / miniblocks);
        _last = ZigZag(first);
        _firstPending = true;
        _left = count - 1;
        _nextMiniblock = _miniblocks;
        _miniblockLeft = 0;
    }

    /// <summary>Walks over the values without decoding them; takes the headers of the blocks only.</summary>
    /// <returns>Where the encoded values end, from the start of the bytes. The next values to read are still the first.</returns>
    public int FindEnd()
    {
        var (position, left) = (_position, _left);
        while (_left > 0)
        {
            NextMiniblock();
            _left -= _miniblockLeft;
        }

        var end = _position;
        (_position, _left, _nextMiniblock, _miniblockLeft) = (position, left, _miniblocks, 0);
        return end;
    }

    /// <summary>Decodes the next values; never asked for more than the page has.</summary>
    /// <typeparam name="T">int or long; an int gets the lower 32 bits.</typeparam>
    public void Read<T>(Span<T> values)
        where T : unmanaged
    {
        if (_firstPending && !values.IsEmpty)
        {
            values[0] = From<T>(_last);
            values = values[1..];
            _firstPending = false;
        }

        while (!values.IsEmpty)
        {
            if (_miniblockLeft == 0) NextMiniblock();
            var count = (int)Math.Min(Math.Min(_miniblockLeft, values.Length), _unpacked.Length);
            Add(values[..count]);
            values = values[count..];
            _packedIndex += count;
            _miniblockLeft -= count;
            _left -= count;
        }
    }

    /// <summary>After the last value: whether the bytes end there too.</summary>
    public bool IsAtEnd => _position == _bytes.Length;

    /// <summary>Whether all values have been read.</summary>
    public bool IsDone => _left == 0 && !_firstPending;

    private void Add<T>(Span<T> values)
        where T : unmanaged
    {
        var last = _last;
        var minDelta = _minDelta;
        if (_width == 0)
        {
            foreach (ref var value in values) value = From<T>(last += minDelta);
        }
        else if (_width <= 32)
        {
            var packed = _unpacked.AsSpan(0, values.Length);
            BitUnpacker.Unpack(_bytes.Span[_packedStart.._position], _packedIndex, _width, packed);
            ref var target = ref MemoryMarshal.GetReference(values);
            for (var i = 0; i < packed.Length; i++)
            {
                last += minDelta + (uint)packed[i];
                Unsafe.Add(ref target, i) = From<T>(last);
            }
        }
        else
        {
            var packed = _bytes.Span[_packedStart.._position];
            for (var i = 0; i < values.Length; i++)
            {
                last += minDelta + WideBits.Get(packed, (_packedIndex + i) * _width, _width);
                values[i] = From<T>(last);
            }
        }

        _last = last;
    }

    private void NextMiniblock()
    {
        if (_nextMiniblock == _miniblocks)
        {
            _minDelta = ZigZag(Varint(maxBytes: 10));
            if (_miniblocks > _bytes.Length - _position) throw End();
            _widths = _position;
            _position += _miniblocks;
            _nextMiniblock = 0;
        }

        // The widths of miniblocks after the last value may be anything, and have no bytes.
        _width = _bytes.Span[_widths + _nextMiniblock++];
        if (_width > 64) throw Malformed($"A delta-encoded page has a bit width of {_width}; it must be at most 64.");
        var length = _perMiniblock / 8 * _width;
        if (length > _bytes.Length - _position) throw End();
        _packedStart = _position;
        _packedIndex = 0;
        _position += (int)length;
        _miniblockLeft = Math.Min(_perMiniblock, _left);
    }

    private ulong Varint(int maxBytes)
    {
        var span = _bytes.Span;
        ulong value = 0;
        for (var i = 0; i < maxBytes; i++)
        {
            if (_position >= span.Length) throw End();
            var next = span[_position++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80) return value;
        }

        throw Malformed("A delta-encoded page holds an integer of too many bytes.");
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T From<T>(ulong value)
        where T : unmanaged => typeof(T) == typeof(int) ? Unsafe.BitCast<int, T>((int)value) : Unsafe.BitCast<ulong, T>(value);

    private static ulong ZigZag(ulong raw) => (raw >> 1) ^ (0 - (raw & 1));

    private static ParquetFormatException End() => Malformed("A delta-encoded page ends before its number of values.");

    private static ParquetFormatException Malformed(string what) => new(ParquetErrorCode.InvalidEncodedData, what);
}
