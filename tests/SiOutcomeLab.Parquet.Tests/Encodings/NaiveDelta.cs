namespace SiOutcomeLab.Parquet.Tests.Encodings;

/// <summary>Decodes DELTA_BINARY_PACKED bit by bit, as parquet-format Encodings.md says it, with 64-bit wrap-around.</summary>
internal sealed class NaiveDelta(byte[] bytes)
{
    private int _position;

    public List<int> Widths { get; } = [];

    public long[] Decode()
    {
        var block = (int)Varint();
        var miniblocks = (int)Varint();
        var values = new long[(int)Varint()];
        values[0] = ZigZag();
        for (var at = 1; at < values.Length;)
        {
            var smallest = ZigZag();
            var widths = bytes[_position..(_position + miniblocks)];
            _position += miniblocks;
            foreach (var width in widths)
            {
                if (at == values.Length) break;
                Widths.Add(width);
                for (var i = 0; i < block / miniblocks; i++)
                {
                    var offset = Bits((_position * 8L) + ((long)i * width), width);
                    if (at == values.Length) continue;
                    values[at] = unchecked(values[at - 1] + smallest + (long)offset);
                    at++;
                }

                _position += block / miniblocks * width / 8;
            }
        }

        return values;
    }

    private ulong Bits(long bit, int width)
    {
        ulong value = 0;
        for (var i = 0; i < width; i++, bit++) value |= (ulong)((bytes[bit / 8] >> (int)(bit % 8)) & 1) << i;
        return value;
    }

    private long ZigZag()
    {
        var raw = Varint();
        return (long)(raw >> 1) ^ -(long)(raw & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[_position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
    }
}
