using System.Buffers;
using System.Buffers.Binary;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.Parquet;

/// <summary>Writes the values of one page of byte values that are not dictionary codes.</summary>
internal static class BytesPageEncoder
{
    /// <summary>Which encoding of the format a column's choice means.</summary>
    public static ParquetEncoding For(ParquetColumnEncoding choice) => choice switch
    {
        ParquetColumnEncoding.DeltaLengthByteArray => ParquetEncoding.DeltaLengthByteArray,
        ParquetColumnEncoding.DeltaByteArray => ParquetEncoding.DeltaByteArray,
        ParquetColumnEncoding.ByteStreamSplit => ParquetEncoding.ByteStreamSplit,
        _ => ParquetEncoding.Plain,
    };

    /// <summary>Appends the values from one to another.</summary>
    /// <param name="values">The column's values.</param>
    /// <param name="from">The first.</param>
    /// <param name="to">After the last.</param>
    /// <param name="width">Bytes a value where all have the same, else 0.</param>
    /// <param name="encoding">How.</param>
    /// <param name="body">Where to.</param>
    public static void Encode(ByteValues values, int from, int to, int width, ParquetEncoding encoding, ArrayBufferWriter<byte> body)
    {
        switch (encoding)
        {
            case ParquetEncoding.DeltaLengthByteArray:
                EncodeLengths(values, from, to, body);
                break;
            case ParquetEncoding.DeltaByteArray:
                EncodeSuffixes(values, from, to, body);
                break;
            case ParquetEncoding.ByteStreamSplit:
                StreamSplitter.Encode(values.Range(from, to), width, body);
                break;
            default:
                if (width > 0) body.Write(values.Range(from, to));
                else EncodePlain(values, from, to, body);
                break;
        }
    }

    private static void EncodePlain(ByteValues values, int from, int to, ArrayBufferWriter<byte> body)
    {
        var length = values.Range(from, to).Length + ((to - from) * sizeof(int));
        if (length == 0) return;
        var target = body.GetSpan(length)[..length];
        for (var i = from; i < to; i++)
        {
            var value = values[i];
            BinaryPrimitives.WriteInt32LittleEndian(target, value.Length);
            value.CopyTo(target[sizeof(int)..]);
            target = target[(sizeof(int) + value.Length)..];
        }

        body.Advance(length);
    }

    private static void EncodeLengths(ByteValues values, int from, int to, ArrayBufferWriter<byte> body)
    {
        var lengths = ArrayPool<int>.Shared.Rent(to - from);
        for (var i = from; i < to; i++) lengths[i - from] = values.Length(i);
        DeltaEncoder.Encode(lengths.AsSpan(0, to - from), body);
        ArrayPool<int>.Shared.Return(lengths);
        body.Write(values.Range(from, to));
    }

    private static void EncodeSuffixes(ByteValues values, int from, int to, ArrayBufferWriter<byte> body)
    {
        var count = to - from;
        var prefixes = ArrayPool<int>.Shared.Rent(count);
        var suffixes = ArrayPool<int>.Shared.Rent(count);
        for (var i = 0; i < count; i++)
        {
            prefixes[i] = i == 0 ? 0 : values[from + i].CommonPrefixLength(values[from + i - 1]);
            suffixes[i] = values.Length(from + i) - prefixes[i];
        }

        DeltaEncoder.Encode(prefixes.AsSpan(0, count), body);
        DeltaEncoder.Encode(suffixes.AsSpan(0, count), body);
        for (var i = 0; i < count; i++) body.Write(values[from + i][prefixes[i]..]);
        ArrayPool<int>.Shared.Return(prefixes);
        ArrayPool<int>.Shared.Return(suffixes);
    }
}
