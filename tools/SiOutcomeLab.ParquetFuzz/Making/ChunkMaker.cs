using SiOutcomeLab.Parquet;
using SiOutcomeLab.Parquet.Compression;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>What the footer says of a chunk that was made.</summary>
internal sealed record MadeChunk(long Start, long DataStart, bool HasDictionary, long Stored, long Uncompressed, int Rows);

/// <summary>Makes the pages of a column chunk.</summary>
internal sealed class ChunkMaker(List<byte> file, MadeColumn column, MadeOptions options)
{
    private readonly PageCodec _codec = PageCodecs.Get(options.Codec);
    private long _uncompressed;
    private long _dataStart;

    public MadeChunk Make(object?[] values)
    {
        var start = file.Count;
        string[] dictionary = [];
        if (column.HasDictionary)
        {
            var entries = values.Take(column.FallsBack ? options.PageRows : values.Length)
                .OfType<object>().DistinctBy(value => ValueBytes.Key(column, value)).ToArray();
            dictionary = [.. entries.Select(value => ValueBytes.Key(column, value))];
            WriteDictionary(PlainBytes.Encode(entries, column.Type), entries.Length);
        }

        _dataStart = file.Count;
        for (var row = 0; row < values.Length; row += Math.Min(options.PageRows, values.Length))
        {
            var page = values.AsSpan(row, Math.Min(options.PageRows, values.Length - row)).ToArray();
            var encoding = column.FallsBack && row > 0 ? ParquetEncoding.Plain : column.Encoding;
            WriteData(page, encoding, ValueBytes.Encode(column, encoding, [.. page.OfType<object>()], dictionary));
        }

        return new MadeChunk(start, _dataStart, column.HasDictionary, file.Count - start, _uncompressed, values.Length);
    }

    private void WriteDictionary(byte[] body, int count)
    {
        var stored = Compress(body);
        WritePage(2, body.Length, stored, header =>
        {
            header.BeginStruct(7);
            header.I32(1, count);
            header.I32(2, (int)ParquetEncoding.Plain);
            header.EndStruct();
        });
    }

    private void WriteData(object?[] rows, ParquetEncoding encoding, byte[] values)
    {
        var present = rows.Select(row => row is null ? 0u : 1u).ToArray();
        if (options.PageVersion == 1)
        {
            byte[] levels = !column.IsOptional ? [] : column.HasPackedLevels ? PackedLevels(present) : RunLevels(present);
            byte[] body = [.. levels, .. values];
            WritePage(0, body.Length, Compress(body), header =>
            {
                header.BeginStruct(5);
                header.I32(1, rows.Length);
                header.I32(2, (int)encoding);
                header.I32(3, (int)(column.HasPackedLevels ? ParquetEncoding.BitPacked : ParquetEncoding.Rle));
                header.I32(4, (int)ParquetEncoding.Rle);
                if (options.HasExtras) Extras.Statistics(header, 5);
                header.EndStruct();
            });
            return;
        }

        byte[] runs = column.IsOptional ? HybridBytes.Encode(present, 1) : [];
        WritePage(3, runs.Length + values.Length, [.. runs, .. Compress(values)], header =>
        {
            header.BeginStruct(8);
            header.I32(1, rows.Length);
            header.I32(2, rows.Count(row => row is null));
            header.I32(3, rows.Length);
            header.I32(4, (int)encoding);
            header.I32(5, runs.Length);
            header.I32(6, 0);
            header.Bool(7, true);
            if (options.HasExtras) Extras.Statistics(header, 8);
            header.EndStruct();
        });
    }

    private void WritePage(int type, int uncompressed, byte[] stored, Action<ThriftWriter> write)
    {
        var header = new ThriftWriter();
        header.I32(1, type);
        header.I32(2, uncompressed);
        header.I32(3, stored.Length);
        if (options.HasChecksums) header.I32(4, (int)Crc32.Of(stored));
        write(header);
        header.End();
        file.AddRange(header.Written);
        file.AddRange(stored);
        _uncompressed += header.Written.Length + uncompressed;
    }

    /// <summary>No values of a version 2 page are stored as no bytes, as common writers do.</summary>
    private byte[] Compress(byte[] body)
    {
        if (body.Length == 0 && options.PageVersion == 2) return [];
        byte[] stored = [];
        var length = _codec.Compress(body, ref stored);
        return stored[..length];
    }

    private static byte[] RunLevels(uint[] present)
    {
        var runs = HybridBytes.Encode(present, 1);
        return [.. PlainBytes.One(runs.Length, ParquetPhysicalType.Int32), .. runs];
    }

    /// <summary>From the most significant bit of each byte.</summary>
    private static byte[] PackedLevels(uint[] present)
    {
        var bytes = new byte[(present.Length + 7) / 8];
        for (var i = 0; i < present.Length; i++) bytes[i / 8] |= (byte)(present[i] << (7 - (i % 8)));
        return bytes;
    }
}
