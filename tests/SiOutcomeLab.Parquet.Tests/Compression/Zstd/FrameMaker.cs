using SiOutcomeLab.Parquet.Compression.Zstd;

namespace SiOutcomeLab.Parquet.Tests.Compression.Zstd;

/// <summary>Makes zstd frames by hand, part by part (RFC 8878), for what compressors seldom or never write.</summary>
internal sealed class FrameMaker
{
    private readonly List<byte> _bytes = [];
    private int _lastBlock = -1;

    /// <summary>Begins a frame with a window and no length: 128 KB when the descriptor is 0x38.</summary>
    public FrameMaker(byte window = 0x38, bool checksum = false)
    {
        _bytes.AddRange([0x28, 0xB5, 0x2F, 0xFD, (byte)(checksum ? 4 : 0), window]);
    }

    public FrameMaker Raw(params byte[] content) => Block(0, content.Length, content);

    public FrameMaker Repeated(byte value, int count) => Block(1, count, [value]);

    public FrameMaker Compressed(params byte[] content) => Block(2, content.Length, content);

    public FrameMaker Block(int type, int size, byte[] content)
    {
        _lastBlock = _bytes.Count;
        var header = (size << 3) | (type << 1);
        _bytes.AddRange([(byte)header, (byte)(header >> 8), (byte)(header >> 16), .. content]);
        return this;
    }

    /// <summary>The frame, its last block marked, with the checksum of this content when there is one.</summary>
    public byte[] End(byte[]? content = null)
    {
        byte[] frame = [.. _bytes];
        frame[_lastBlock] |= 1;
        return content is null ? frame : [.. frame, .. BitConverter.GetBytes((uint)XxHash64.Of(content))];
    }

    /// <summary>Packs fields into a stream that is read from its end: the first is read first.</summary>
    public static byte[] Backward(params (uint Value, int Bits)[] fields)
    {
        UInt128 word = 1;
        var bits = 0;
        foreach (var (value, width) in fields)
        {
            word = (word << width) | value;
            bits += width;
        }

        var bytes = new byte[(bits / 8) + 1];
        for (var i = 0; i < bytes.Length; i++) bytes[i] = (byte)(word >> (8 * i));
        return bytes;
    }
}
