namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>
/// Walks the runs of the RLE / bit-packing hybrid (parquet-format Encodings.md):
/// <c>run := varint(count &lt;&lt; 1) value  |  varint(groups &lt;&lt; 1 | 1) 8 × groups packed values</c>.
/// A run may go beyond what the page needs, but its bytes must be there: a packed run that is cut short is refused, although some readers
/// take it (PARQUET-816), since nothing tells it from a page that lost its end.
/// </summary>
internal struct HybridRuns
{
    private ByteRange _bytes;
    private int _position;
    private int _width;
    private int _packedStart;
    private long _packedIndex;

    /// <summary>Values left in the current run.</summary>
    public long Left { get; private set; }

    /// <summary>Whether the current run repeats <see cref="Value"/>; else it is packed.</summary>
    public bool IsRepeated { get; private set; }

    public int Value { get; private set; }

    public void Reset(ByteRange bytes, int width)
    {
        if (width is < 0 or > 32)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, $"A bit width is {width}; it must be at most 32.");
        }

        _bytes = bytes;
        _width = width;
        _position = 0;
        Left = 0;
    }

    /// <summary>Makes a run with values left the current one.</summary>
    /// <exception cref="ParquetFormatException">The bytes end first.</exception>
    public void EnsureRun()
    {
        while (Left == 0)
        {
            var header = ReadHeader();
            if (header >> 1 == 0) throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "A run has no values.");
            IsRepeated = (header & 1) == 0;
            if (IsRepeated)
            {
                Left = header >> 1;
                Value = ReadValue();
                continue;
            }

            var length = (header >> 1) * (long)_width;
            if (length > _bytes.Length - _position) throw End();
            Left = (header >> 1) * 8L;
            _packedStart = _position;
            _packedIndex = 0;
            _position += (int)length;
        }
    }

    /// <summary>Takes so many values of the current run; for a packed one unpack them first.</summary>
    public void Take(int count)
    {
        Left -= count;
        _packedIndex += count;
    }

    /// <summary>Unpacks the next values of the current, packed run without taking them.</summary>
    public readonly void Unpack(Span<int> values) =>
        BitUnpacker.Unpack(_bytes.Span[_packedStart.._position], _packedIndex, _width, values);

    /// <summary>Expands the next bits of the current, packed run of width 1 without taking them.</summary>
    public readonly void Expand(Span<bool> bits) => BitExpander.Expand(_bytes.Span[_packedStart.._position], _packedIndex, bits);

    /// <summary>Counts the ones among the next bits of the current, packed run of width 1 without taking them.</summary>
    public readonly int CountOnes(int bits) => BitExpander.CountOnes(_bytes.Span[_packedStart.._position], _packedIndex, bits);

    private uint ReadHeader()
    {
        var span = _bytes.Span;
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            if (_position >= span.Length) throw End();
            var next = span[_position++];
            if (shift == 28 && next > 0x0F) break;
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }

        throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "A run's length is out of range.");
    }

    private int ReadValue()
    {
        var bytes = (_width + 7) >> 3;
        if (bytes > _bytes.Length - _position) throw End();
        var span = _bytes.Span.Slice(_position, bytes);
        _position += bytes;
        uint value = 0;
        for (var i = 0; i < bytes; i++) value |= (uint)span[i] << (8 * i);
        if (_width < 32 && value >> _width != 0)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "A run's value has more bits than its width.");
        }

        return (int)value;
    }

    private static ParquetFormatException End() =>
        new(ParquetErrorCode.InvalidEncodedData, "Runs end before the page's number of values.");
}
