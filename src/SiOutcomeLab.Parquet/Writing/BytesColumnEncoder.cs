using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes pages of byte values, as codes or as they are.</summary>
internal static class BytesColumnEncoder
{
    /// <summary>Writes codes and their dictionary.</summary>
    /// <param name="chunk">Where to.</param>
    /// <param name="codes">The codes without the nulls.</param>
    /// <param name="dictionary">The values of the codes.</param>
    /// <param name="width">Bytes a value where all have the same, else 0.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="options">How.</param>
    public static void WriteCodes(
        ChunkWriter chunk,
        ReadOnlySpan<int> codes,
        ByteValues dictionary,
        int width,
        ReadOnlySpan<bool> present,
        ParquetWriterOptions options)
    {
        var body = chunk.TakeBuffer();
        BytesPageEncoder.Encode(dictionary, 0, dictionary.Count, width, ParquetEncoding.Plain, body);
        chunk.WriteDictionary(body.WrittenSpan, dictionary.Count);
        CodePages.Write(chunk, codes, dictionary.Count, present, options);
    }

    /// <summary>Writes values as they are.</summary>
    /// <param name="chunk">Where to.</param>
    /// <param name="values">The values without the nulls.</param>
    /// <param name="width">Bytes a value where all have the same, else 0.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="encoding">How values are spelled.</param>
    /// <param name="options">How.</param>
    public static void WriteValues(
        ChunkWriter chunk,
        ByteValues values,
        int width,
        ReadOnlySpan<bool> present,
        ParquetEncoding encoding,
        ParquetWriterOptions options)
    {
        var from = 0;
        for (var row = 0; row < present.Length;)
        {
            var (end, to) = (row, from);
            for (long bytes = 0; end < present.Length && bytes < options.PageBytes; end++)
            {
                bytes += 1;
                if (present[end]) bytes += values.Length(to++) + sizeof(int);
            }

            var body = chunk.TakeBuffer();
            BytesPageEncoder.Encode(values, from, to, width, encoding, body);
            chunk.WriteData(present[row..end], end - row - (to - from), body.WrittenSpan, encoding);
            (row, from) = (end, to);
        }
    }

    /// <summary>Whether codes and dictionary together are smaller than the plain values.</summary>
    public static bool Pays(ByteValues dictionary, ReadOnlySpan<int> codes, int width)
    {
        var overhead = width > 0 ? 0 : sizeof(int);
        var plain = (long)codes.Length * (overhead + width);
        if (width == 0)
        {
            foreach (var code in codes) plain += dictionary.Length(code);
        }

        var entries = dictionary.DataBytes + ((long)dictionary.Count * overhead);
        return entries + ((long)codes.Length * CodePages.Width(dictionary.Count) / 8) < plain;
    }
}
