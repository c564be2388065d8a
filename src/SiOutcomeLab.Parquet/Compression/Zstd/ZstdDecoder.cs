namespace SiOutcomeLab.Parquet.Compression.Zstd;

/// <summary>
/// Decodes zstd frames (RFC 8878): all block and literal types, every table mode, checksums, frames one after another and skippable frames.
/// No dictionaries. Content goes straight to the destination, so a frame's window takes no memory. One thread at a time.
/// </summary>
internal sealed unsafe class ZstdDecoder
{
    [ThreadStatic]
    private static ZstdDecoder? _ofThread;

    private readonly ZstdLiterals _literals = new();
    private readonly SequenceDecoder _sequences = new();

    /// <summary>This thread's decoder; its tables and buffers take about 300 KB.</summary>
    public static ZstdDecoder OfThread => _ofThread ??= new ZstdDecoder();

    /// <summary>Decodes all frames so that exactly <paramref name="destination"/> is filled.</summary>
    /// <exception cref="ParquetFormatException">The source is malformed, or holds fewer or more bytes.</exception>
    public void Decode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        if (source.IsEmpty) throw ZstdFault.Of("has no bytes");
        fixed (byte* target = destination)
        {
            var output = new ZstdOutput { Place = target, End = target + destination.Length };
            while (!source.IsEmpty)
            {
                var skip = ZstdFrame.SkippableBytes(source);
                source = source[(skip > 0 ? skip : DecodeFrame(source, ref output))..];
            }

            if (output.Place != output.End) throw ZstdFault.Of("holds fewer bytes than declared");
        }
    }

    private int DecodeFrame(ReadOnlySpan<byte> source, ref ZstdOutput output)
    {
        var frame = ZstdFrame.Parse(source);
        if (frame.ContentBytes > output.End - output.Place) throw ZstdFault.Of("holds more bytes than declared");
        output.FrameStart = output.Place;
        _literals.Code.Forget();
        _sequences.Reset();
        var at = frame.HeaderBytes;
        for (var isLast = false; !isLast;)
        {
            var block = ZstdBlock.Parse(source[at..], frame.MaxBlockBytes);
            at += ZstdFrame.BlockHeaderBytes;
            output.Limit = output.Place + Math.Min(frame.MaxBlockBytes, output.End - output.Place);
            DecodeBlock(source, at, in block, frame.MaxBlockBytes, ref output);
            at += block.StoredBytes;
            isLast = block.IsLast;
        }

        var content = new ReadOnlySpan<byte>(output.FrameStart, (int)(output.Place - output.FrameStart));
        if (frame.ContentBytes >= 0 && frame.ContentBytes != content.Length)
        {
            throw ZstdFault.Of("has a frame of another length than it declares");
        }

        if (!frame.HasChecksum) return at;
        if (source.Length - at < 4) throw ZstdFault.Of("ends inside a checksum");
        if (System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(source[at..]) != (uint)XxHash64.Of(content))
        {
            throw ZstdFault.Of("does not match its own checksum");
        }

        return at + 4;
    }

    private void DecodeBlock(ReadOnlySpan<byte> source, int at, in ZstdBlock block, int maxBlockBytes, ref ZstdOutput output)
    {
        var stored = source.Slice(at, block.StoredBytes);
        switch (block.Type)
        {
            case ZstdBlockType.Raw:
                fixed (byte* from = stored) output.Append(from, from + stored.Length);
                break;
            case ZstdBlockType.Repeated:
                output.Room(block.Bytes);
                new Span<byte>(output.Place, block.Bytes).Fill(stored[0]);
                output.Place += block.Bytes;
                break;
            default:
                var literals = _literals.Read(stored, maxBlockBytes);
                _sequences.Decode(stored[literals..], source.Length - at - stored.Length, _literals, ref output);
                break;
        }
    }
}
