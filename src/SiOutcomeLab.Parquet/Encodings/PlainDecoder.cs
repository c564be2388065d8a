using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>PLAIN of fixed-width numbers: their little-endian bytes end to end.</summary>
internal sealed class PlainDecoder<T> : ValueDecoder<T>
    where T : unmanaged
{
    private ByteRange _values;
    private int _position;

    public override void Reset(ByteRange values, int count)
    {
        if (values.Length != (long)count * Unsafe.SizeOf<T>())
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InvalidEncodedData, "A plain page's length is not its number of values times their width.");
        }

        _values = values;
        _position = 0;
    }

    public override void Read(Span<T> values)
    {
        var target = MemoryMarshal.AsBytes(values);
        _values.Span.Slice(_position, target.Length).CopyTo(target);
        _position += target.Length;
    }
}
