using System.Buffers.Binary;

namespace SiOutcomeLab.Parquet.Compression.Lz4;

/// <summary>
/// The framing that Hadoop puts around LZ4 blocks, which is what the deprecated codec LZ4 means to older Java writers: for each part its
/// length after decompression (big-endian, four bytes), then blocks, each after its own length, until the part is whole.
/// </summary>
internal static class HadoopLz4
{
    /// <summary>Decodes; false when the source is not framed so, or does not fill the destination exactly.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        while (!source.IsEmpty)
        {
            if (source.Length < 8) return false;
            var part = BinaryPrimitives.ReadUInt32BigEndian(source);
            if (part > (uint)destination.Length) return false;
            source = source[4..];
            var left = (int)part;
            do
            {
                if (source.Length < 4) return false;
                var stored = BinaryPrimitives.ReadUInt32BigEndian(source);
                if (stored == 0 || stored > (uint)(source.Length - 4)) return false;
                if (Lz4Decoder.Decode(source.Slice(4, (int)stored), destination[..left], out var written) is not null) return false;
                if (written == 0 && left > 0) return false;
                source = source[(4 + (int)stored)..];
                destination = destination[written..];
                left -= written;
            }
            while (left > 0);
        }

        return destination.IsEmpty;
    }
}
