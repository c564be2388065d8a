using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SiOutcomeLab.Parquet.Encodings;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes the values of one page of fixed-width values that are not dictionary codes.</summary>
internal static class FixedPageEncoder
{
    /// <summary>Which encoding of the format a column's choice means.</summary>
    public static ParquetEncoding For<T>(ParquetColumnEncoding choice, int pageVersion)
        where T : unmanaged => choice switch
        {
            ParquetColumnEncoding.DeltaBinaryPacked => ParquetEncoding.DeltaBinaryPacked,
            ParquetColumnEncoding.ByteStreamSplit => ParquetEncoding.ByteStreamSplit,
            ParquetColumnEncoding.Rle => ParquetEncoding.Rle,
            ParquetColumnEncoding.Automatic when typeof(T) == typeof(bool) && pageVersion == 2 => ParquetEncoding.Rle,
            _ => ParquetEncoding.Plain,
        };

    /// <summary>Appends values.</summary>
    public static void Encode<T>(ReadOnlySpan<T> values, ParquetEncoding encoding, ArrayBufferWriter<byte> body)
        where T : unmanaged
    {
        switch (encoding)
        {
            case ParquetEncoding.DeltaBinaryPacked when typeof(T) == typeof(int):
                DeltaEncoder.Encode(MemoryMarshal.Cast<T, int>(values), body);
                break;
            case ParquetEncoding.DeltaBinaryPacked:
                DeltaEncoder.Encode(MemoryMarshal.Cast<T, long>(values), body);
                break;
            case ParquetEncoding.ByteStreamSplit:
                StreamSplitter.Encode(MemoryMarshal.AsBytes(values), Unsafe.SizeOf<T>(), body);
                break;
            case ParquetEncoding.Rle:
                EncodeRuns(MemoryMarshal.Cast<T, bool>(values), body);
                break;
            default:
                if (typeof(T) == typeof(bool)) BitPacker.PackBits(MemoryMarshal.Cast<T, bool>(values), body);
                else body.Write(MemoryMarshal.AsBytes(values));
                break;
        }
    }

    private static void EncodeRuns(ReadOnlySpan<bool> values, ArrayBufferWriter<byte> body)
    {
        body.GetSpan(4);
        body.Advance(4);
        HybridEncoder.Encode(values, body);
        var length = body.WrittenCount - 4;
        MemoryMarshal.Write(MemoryMarshal.AsMemory(body.WrittenMemory).Span, in length);
    }
}
