using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SiOutcomeLab.Parquet.Encodings;

/// <summary>BYTE_STREAM_SPLIT of fixed-width numbers.</summary>
internal sealed class SplitDecoder<T> : ValueDecoder<T>
    where T : unmanaged
{
    private ByteRange _streams;
    private int _count;
    private int _position;

    public override void Reset(ByteRange values, int count)
    {
        if (values.Length != (long)count * Unsafe.SizeOf<T>())
        {
            throw new ParquetFormatException(
                ParquetErrorCode.InvalidEncodedData, "A split page's length is not its number of values times their width.");
        }

        _streams = values;
        _count = count;
        _position = 0;
    }

    public override void Read(Span<T> values)
    {
        StreamInterleaver.Interleave(_streams.Span, _count, _position, Unsafe.SizeOf<T>(), MemoryMarshal.AsBytes(values));
        _position += values.Length;
    }
}
