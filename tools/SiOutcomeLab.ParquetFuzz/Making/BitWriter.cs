namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>Writes bits one at a time: slow, and too simple to be wrong in the way that fast code is.</summary>
internal sealed class BitWriter
{
    private readonly List<byte> _bytes = [];
    private int _bits;

    public void Write(ulong value, int width)
    {
        for (var i = 0; i < width; i++, _bits++)
        {
            if (_bits % 8 == 0) _bytes.Add(0);
            if ((value >> i & 1) != 0) _bytes[^1] |= (byte)(1 << (_bits % 8));
        }
    }

    public byte[] ToArray() => [.. _bytes];
}
