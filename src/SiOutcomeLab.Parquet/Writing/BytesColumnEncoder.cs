using System.Buffers;
using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes a chunk of byte values, from codes or plain.</summary>
internal static class BytesColumnEncoder
{
    /// <summary>Writes codes and their dictionary.</summary>
    /// <param name="chunk">Where to.</param>
    /// <param name="codes">The codes without the nulls.</param>
    /// <param name="dictionary">The values of the codes.</param>
    /// <param name="isFixed">Whether values have no length before them.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="options">How.</param>
    public static void WriteCodes(
        ChunkWriter chunk,
        ReadOnlySpan<int> codes,
        ByteValues dictionary,
        bool isFixed,
        ReadOnlySpan<bool> present,
        ParquetWriterOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        Encode(dictionary, 0, dictionary.Count, isFixed, body);
        chunk.WriteDictionary(body.WrittenSpan, dictionary.Count);
        CodePages.Write(chunk, codes, dictionary.Count, present, options);
    }

    /// <summary>Writes values as they are.</summary>
    /// <param name="chunk">Where to.</param>
    /// <param name="values">The values without the nulls.</param>
    /// <param name="isFixed">Whether values have no length before them.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="options">How.</param>
    public static void WritePlain(
        ChunkWriter chunk, ByteValues values, bool isFixed, ReadOnlySpan<bool> present, ParquetWriterOptions options)
    {
        var body = new ArrayBufferWriter<byte>();
        var from = 0;
        for (var row = 0; row < present.Length;)
        {
            var (end, to) = (row, from);
            for (long bytes = 0; end < present.Length && bytes < options.PageBytes; end++)
            {
                bytes += 1;
                if (present[end]) bytes += values.Length(to++) + sizeof(int);
            }

            body.ResetWrittenCount();
            Encode(values, from, to, isFixed, body);
            chunk.WriteData(present[row..end], end - row - (to - from), body.WrittenSpan, ParquetEncoding.Plain);
            (row, from) = (end, to);
        }
    }

    /// <summary>Whether codes and dictionary together are smaller than the plain values.</summary>
    public static bool Pays(ByteValues dictionary, ReadOnlySpan<int> codes, bool isFixed)
    {
        var overhead = isFixed ? 0 : sizeof(int);
        var plain = (long)codes.Length * overhead;
        foreach (var code in codes) plain += dictionary.Length(code);
        var entries = dictionary.DataBytes + ((long)dictionary.Count * overhead);
        return entries + ((long)codes.Length * CodePages.Width(dictionary.Count) / 8) < plain;
    }

    private static void Encode(ByteValues values, int from, int to, bool isFixed, ArrayBufferWriter<byte> body)
    {
        if (isFixed)
        {
            body.Write(values.Range(from, to));
            return;
        }

        for (var i = from; i < to; i++)
        {
            var value = values[i];
            var target = body.GetSpan(sizeof(int) + value.Length);
            BinaryPrimitives.WriteInt32LittleEndian(target, value.Length);
            value.CopyTo(target[sizeof(int)..]);
            body.Advance(sizeof(int) + value.Length);
        }
    }
}
