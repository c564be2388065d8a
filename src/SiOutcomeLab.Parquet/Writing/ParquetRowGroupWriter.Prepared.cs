using System.Buffers;

namespace SiOutcomeLab.Parquet;

/// <content>Columns whose encoding was prepared elsewhere.</content>
public sealed partial class ParquetRowGroupWriter
{
    /// <summary>Writes the next column from a buffer that holds it encoded.</summary>
    /// <param name="buffer">Filled through <see cref="ParquetColumnBuffer.Begin"/>, with the same options as this file.</param>
    /// <exception cref="ArgumentException">The buffer is another column's, or has another number of rows.</exception>
    /// <exception cref="InvalidOperationException">The buffer is empty, or the row group has all its columns.</exception>
    public void WriteEncoded(ParquetColumnBuffer buffer)
    {
        var (rows, chunks) = buffer.Written;
        var column = Next((int)rows);
        if (buffer.Column != column) throw new ArgumentException($"The buffer is not of the column '{column.Name}'.", nameof(buffer));
        var start = _output.Position;
        _output.Write(buffer.Bytes);
        _rows = (int)rows;
        var chunk = chunks[0];
        _chunks.Add(chunk with { DataOffset = start + chunk.DataOffset, DictionaryOffset = start + chunk.DictionaryOffset });
    }

    /// <summary>
    /// Writes the next column from codes into a dictionary that is known to be distinct, each entry used: no value is looked up again,
    /// which makes it faster than <see cref="WriteBatch"/>.
    /// </summary>
    /// <param name="codes">One entry a row: an index into the dictionary, or −1 for null.</param>
    /// <param name="entries">The values end to end. Text must be UTF-8, which is not checked.</param>
    /// <param name="bounds">Where each value begins, and where the last ends: one more than there are values.</param>
    /// <exception cref="ArgumentException">A code is out of range, or as for <see cref="WriteBytes"/>.</exception>
    /// <exception cref="InvalidOperationException">The row group has all its columns.</exception>
    public void WriteDistinct(ReadOnlySpan<int> codes, ReadOnlySpan<byte> entries, ReadOnlySpan<int> bounds)
    {
        var column = NextBytes(codes.Length);
        var width = column.TypeLength;
        var values = ByteValues.Of(entries, bounds);
        for (var entry = 0; width > 0 && entry < values.Count; entry++)
        {
            if (values.Length(entry) != width) throw WrongLength(column);
        }

        var present = ArrayPool<bool>.Shared.Rent(codes.Length);
        var dense = ArrayPool<int>.Shared.Rent(codes.Length);
        var count = 0;
        for (var row = 0; row < codes.Length; row++)
        {
            present[row] = codes[row] != BytesBatch.NullCode;
            if (!present[row]) continue;
            if ((uint)codes[row] >= (uint)values.Count) throw CodeOutOfRange(column);
            dense[count++] = codes[row];
        }

        if (count < codes.Length && !column.IsOptional)
        {
            throw new ArgumentException($"Column '{column.Name}' is not optional, but a row is null.");
        }

        WriteDistinct(values, dense.AsSpan(0, count), present.AsSpan(0, codes.Length), column);
        ArrayPool<bool>.Shared.Return(present);
        ArrayPool<int>.Shared.Return(dense);
    }

    private void WriteDistinct(ByteValues values, ReadOnlySpan<int> codes, ReadOnlySpan<bool> present, ParquetColumnSpec column)
    {
        var width = column.TypeLength;
        var chunk = new ChunkWriter(_output, column, _options);
        var page = values.DataBytes + (width > 0 ? 0L : (long)values.Count * sizeof(int));
        var mayCode = _options.UseDictionary && column.Encoding == ParquetColumnEncoding.Automatic && codes.Length > 0;
        if (mayCode && page <= _options.MaxDictionaryBytes && BytesColumnEncoder.Pays(values, codes, width))
        {
            BytesColumnEncoder.WriteCodes(chunk, codes, values, width, present, _options);
        }
        else
        {
            var plain = new ByteValues();
            foreach (var code in codes) plain.Add(values[code]);
            BytesColumnEncoder.WriteValues(chunk, plain, width, present, BytesPageEncoder.For(column.Encoding), _options);
        }

        Finish(chunk, present.Length);
    }

    private static ArgumentException WrongLength(ParquetColumnSpec column) =>
        new($"Column '{column.Name}' has values of {column.TypeLength} bytes, but an entry has another length.");
}
