using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Mutating;

/// <summary>A column chunk taken apart.</summary>
/// <param name="Metadata">Its <c>ColumnMetaData</c> in the footer's tree.</param>
/// <param name="Pages">Its pages in order.</param>
internal sealed record ChunkModel(ThriftNode Metadata, List<PageModel> Pages)
{
    public CompressionId Codec => (CompressionId)Metadata.Field(4)!.Number;
}

/// <summary>A file taken apart, to be changed and put together again with offsets and totals made true.</summary>
internal sealed class FileModel
{
    /// <summary>What stands between the last chunk and the footer: page indexes, bloom filters.</summary>
    private readonly byte[] _between;

    private FileModel(ThriftNode footer, List<ChunkModel> chunks, byte[] between)
    {
        _between = between;
        Footer = footer;
        Chunks = chunks;
    }

    public ThriftNode Footer { get; }

    public List<ChunkModel> Chunks { get; }

    /// <summary>Takes a sound file apart.</summary>
    public static FileModel Parse(byte[] file)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(file.Length - 8));
        var footer = ThriftNode.Struct(file.AsSpan(file.Length - 8 - length, length), out _);
        var chunks = new List<ChunkModel>();
        var last = 4;
        foreach (var (_, group) in footer.Field(4)!.Children)
        {
            foreach (var (_, chunk) in group.Field(1)!.Children)
            {
                var metadata = chunk.Field(3)!;
                var dictionary = metadata.Field(11)?.Number ?? 0;
                var start = (int)(dictionary > 0 ? dictionary : metadata.Field(9)!.Number);
                var end = start + (int)metadata.Field(7)!.Number;
                var pages = new List<PageModel>();
                while (start < end)
                {
                    var header = ThriftNode.Struct(file.AsSpan(start), out var headerLength);
                    var stored = (int)header.Field(3)!.Number;
                    pages.Add(new PageModel(header, file.AsSpan(start + headerLength, stored).ToArray()));
                    start += headerLength + stored;
                }

                last = Math.Max(last, end);
                chunks.Add(new ChunkModel(metadata, pages));
            }
        }

        return new FileModel(footer, chunks, file[last..^(8 + length)]);
    }

    /// <summary>Puts the file together.</summary>
    /// <param name="isTrue">Whether offsets and totals are made those of the pages; else the footer's stay.</param>
    /// <param name="footerLength">A footer length to tell instead of the true one.</param>
    public byte[] Build(bool isTrue = true, uint? footerLength = null)
    {
        List<byte> file = [.. "PAR1"u8];
        foreach (var chunk in Chunks)
        {
            var (start, dataStart, uncompressed) = (file.Count, -1, 0L);
            foreach (var page in chunk.Pages)
            {
                if (dataStart < 0 && page.Type != PageType.Dictionary) dataStart = file.Count;
                var header = page.Header.ToArray();
                file.AddRange(header);
                file.AddRange(page.Stored);
                uncompressed += header.Length + (page.Header.Field(2)?.Number ?? 0);
            }

            if (!isTrue) continue;
            Set(chunk.Metadata, 6, uncompressed);
            Set(chunk.Metadata, 7, file.Count - start);
            Set(chunk.Metadata, 9, dataStart < 0 ? start : dataStart);
            if (chunk.Metadata.Field(11)?.Number > 0) Set(chunk.Metadata, 11, start);
        }

        file.AddRange(_between);
        var footer = Footer.ToArray();
        file.AddRange(footer);
        var length = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(length, footerLength ?? (uint)footer.Length);
        return [.. file, .. length, .. "PAR1"u8];
    }

    private static void Set(ThriftNode metadata, int id, long value)
    {
        if (metadata.Field(id) is { } field) field.Number = value;
    }
}
