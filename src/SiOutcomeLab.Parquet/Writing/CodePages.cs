using System.Numerics;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes data pages of dictionary codes.</summary>
internal static class CodePages
{
    /// <summary>Bits a code: what the largest needs, at least one, since some readers stumble over none.</summary>
    public static int Width(int entries) => Math.Max(1, 32 - BitOperations.LeadingZeroCount((uint)Math.Max(0, entries - 1)));

    /// <summary>How many rows from the first hold so many values; nulls after the last of them count only when it is the last of all.</summary>
    public static int RowsOf(ReadOnlySpan<bool> present, int values, int all)
    {
        if (values == all) return present.Length;
        var row = 0;
        for (; values > 0; row++) values -= present[row] ? 1 : 0;
        return row;
    }

    /// <param name="chunk">Where to; the dictionary is written.</param>
    /// <param name="codes">The codes without the nulls.</param>
    /// <param name="entries">Entries of the dictionary.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="options">How.</param>
    public static void Write(
        ChunkWriter chunk, ReadOnlySpan<int> codes, int entries, ReadOnlySpan<bool> present, ParquetWriterOptions options)
    {
        var width = Width(entries);
        var encoding = options.PageVersion == 1 ? ParquetEncoding.PlainDictionary : ParquetEncoding.RleDictionary;
        var rowsPerPage = (int)Math.Clamp(options.PageBytes * 8L / (width + 1), 1, int.MaxValue);
        for (var row = 0; row < present.Length; row += rowsPerPage)
        {
            var rows = present.Slice(row, Math.Min(rowsPerPage, present.Length - row));
            var count = rows.Count(true);
            var body = chunk.TakeBuffer();
            body.GetSpan(1)[0] = (byte)width;
            body.Advance(1);
            HybridEncoder.Encode(codes[..count], width, body);
            chunk.WriteData(rows, rows.Length - count, body.WrittenSpan, encoding);
            codes = codes[count..];
        }
    }
}
