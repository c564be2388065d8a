using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes a chunk of fixed-width values: as dictionary codes when that takes fewer bytes, else plain.</summary>
internal static class FixedColumnEncoder
{
    /// <param name="chunk">Where to.</param>
    /// <param name="values">The values without the nulls.</param>
    /// <param name="present">One entry a row.</param>
    /// <param name="options">How.</param>
    public static void Write<T>(ChunkWriter chunk, ReadOnlySpan<T> values, ReadOnlySpan<bool> present, ParquetWriterOptions options)
        where T : unmanaged
    {
        var body = new ArrayBufferWriter<byte>();
        if (typeof(T) != typeof(bool) && options.UseDictionary && values.Length > 0)
        {
            var codes = ArrayPool<int>.Shared.Rent(values.Length);
            try
            {
                var dictionary = new FixedDictionaryBuilder<T>(options.MaxDictionaryBytes / Unsafe.SizeOf<T>());
                if (dictionary.TryEncode(values, codes) && Pays(dictionary.Entries.Length, values.Length, Unsafe.SizeOf<T>()))
                {
                    chunk.WriteDictionary(MemoryMarshal.AsBytes(dictionary.Entries), dictionary.Entries.Length);
                    CodePages.Write(chunk, codes.AsSpan(0, values.Length), dictionary.Entries.Length, present, options);
                    return;
                }
            }
            finally
            {
                ArrayPool<int>.Shared.Return(codes);
            }
        }

        var bits = typeof(T) == typeof(bool) ? 1 : Unsafe.SizeOf<T>() * 8;
        var rowsPerPage = (int)Math.Clamp(options.PageBytes * 8L / (bits + 1), 1, int.MaxValue);
        for (var row = 0; row < present.Length; row += rowsPerPage)
        {
            var rows = present.Slice(row, Math.Min(rowsPerPage, present.Length - row));
            var count = rows.Count(true);
            body.ResetWrittenCount();
            var encoding = Encode(values[..count], body, options.PageVersion);
            chunk.WriteData(rows, rows.Length - count, body.WrittenSpan, encoding);
            values = values[count..];
        }
    }

    /// <summary>Whether codes and dictionary together are smaller than the plain values.</summary>
    private static bool Pays(int entries, int values, int width) =>
        ((long)entries * width) + ((long)values * CodePages.Width(entries) / 8) < (long)values * width;

    private static ParquetEncoding Encode<T>(ReadOnlySpan<T> values, ArrayBufferWriter<byte> body, int pageVersion)
        where T : unmanaged
    {
        if (typeof(T) != typeof(bool))
        {
            body.Write(MemoryMarshal.AsBytes(values));
            return ParquetEncoding.Plain;
        }

        var booleans = MemoryMarshal.Cast<T, bool>(values);
        if (pageVersion == 1)
        {
            BitPacker.PackBits(booleans, body);
            return ParquetEncoding.Plain;
        }

        body.GetSpan(4);
        body.Advance(4);
        HybridEncoder.Encode(booleans, body);
        var length = body.WrittenCount - 4;
        MemoryMarshal.Write(MemoryMarshal.AsMemory(body.WrittenMemory).Span, in length);
        return ParquetEncoding.Rle;
    }
}
