using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// Writes a chunk of fixed-width values: as the column asks, or as dictionary codes while they take fewer bytes and plain from there on.
/// </summary>
internal static class FixedColumnEncoder
{
    /// <param name="chunk">Where to.</param>
    /// <param name="values">The values without the nulls.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="choice">The column's encoding.</param>
    /// <param name="options">How.</param>
    public static void Write<T>(
        ChunkWriter chunk, ReadOnlySpan<T> values, ReadOnlySpan<bool> present, ParquetColumnEncoding choice, ParquetWriterOptions options)
        where T : unmanaged
    {
        if (typeof(T) != typeof(bool) && choice == ParquetColumnEncoding.Automatic && options.UseDictionary && values.Length > 0)
        {
            var codes = ArrayPool<int>.Shared.Rent(values.Length);
            var dictionary = new FixedDictionaryBuilder<T>(options.MaxDictionaryBytes / Unsafe.SizeOf<T>());
            var coded = dictionary.Encode(values, codes);
            if (Pays(dictionary.Entries.Length, coded, Unsafe.SizeOf<T>()))
            {
                chunk.WriteDictionary(MemoryMarshal.AsBytes(dictionary.Entries), dictionary.Entries.Length);
                var rows = CodePages.RowsOf(present, coded, values.Length);
                CodePages.Write(chunk, codes.AsSpan(0, coded), dictionary.Entries.Length, present[..rows], options);
                values = values[coded..];
                present = present[rows..];
            }

            ArrayPool<int>.Shared.Return(codes);
        }

        WritePages(chunk, values, present, FixedPageEncoder.For<T>(choice, options.PageVersion), options);
    }

    private static void WritePages<T>(
        ChunkWriter chunk, ReadOnlySpan<T> values, ReadOnlySpan<bool> present, ParquetEncoding encoding, ParquetWriterOptions options)
        where T : unmanaged
    {
        var bits = typeof(T) == typeof(bool) ? 1 : Unsafe.SizeOf<T>() * 8;
        var rowsPerPage = (int)Math.Clamp(options.PageBytes * 8L / (bits + 1), 1, int.MaxValue);
        for (var row = 0; row < present.Length; row += rowsPerPage)
        {
            var rows = present.Slice(row, Math.Min(rowsPerPage, present.Length - row));
            var count = rows.Count(true);
            if (encoding == ParquetEncoding.Plain && typeof(T) != typeof(bool))
            {
                chunk.WriteData(rows, rows.Length - count, MemoryMarshal.AsBytes(values[..count]), encoding);
            }
            else
            {
                var body = chunk.TakeBuffer();
                FixedPageEncoder.Encode(values[..count], encoding, body);
                chunk.WriteData(rows, rows.Length - count, body.WrittenSpan, encoding);
            }

            values = values[count..];
        }
    }

    /// <summary>Whether codes and dictionary together are smaller than the plain values.</summary>
    private static bool Pays(int entries, int values, int width) =>
        ((long)entries * width) + ((long)values * CodePages.Width(entries) / 8) < (long)values * width;
}
