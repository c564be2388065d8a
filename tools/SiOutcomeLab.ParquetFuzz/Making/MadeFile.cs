using SiOutcomeLab.Parquet;
using SiOutcomeLab.Parquet.Format;

namespace SiOutcomeLab.ParquetFuzz.Making;

/// <summary>Makes whole files, in every flat encoding, with code that shares nothing with the library's encoders.</summary>
internal static class MadeFile
{
    public static byte[] Write(IReadOnlyList<MadeColumn> columns, MadeOptions? options = null)
    {
        options ??= new MadeOptions();
        var file = new List<byte>("PAR1"u8.ToArray());
        var groups = new List<MadeChunk[]>();
        var rows = columns[0].Values.Length;
        for (var row = 0; row < rows; row += Math.Min(options.RowGroupRows, rows))
        {
            var end = (int)Math.Min(rows, (long)row + options.RowGroupRows);
            groups.Add([.. columns.Select(column => new ChunkMaker(file, column, options).Make(column.Values[row..end]))]);
        }

        var indexes = file.Count;
        if (options.HasExtras) file.AddRange(Extras.ColumnIndex());
        var footer = Footer(columns, groups, rows, options, indexes);
        file.AddRange(footer);
        file.AddRange(PlainBytes.One(footer.Length, ParquetPhysicalType.Int32));
        file.AddRange("PAR1"u8);
        return [.. file];
    }

    private static byte[] Footer(
        IReadOnlyList<MadeColumn> columns, List<MadeChunk[]> groups, int rows, MadeOptions options, long indexes)
    {
        var writer = new ThriftWriter();
        writer.I32(1, 2);
        writer.BeginList(2, ThriftType.Struct, columns.Count + 1);
        writer.BeginElement();
        writer.Text(4, "schema");
        writer.I32(5, columns.Count);
        writer.EndStruct();
        foreach (var column in columns) WriteColumn(writer, column);
        writer.I64(3, rows);
        writer.BeginList(4, ThriftType.Struct, groups.Count);
        foreach (var chunks in groups)
        {
            writer.BeginElement();
            writer.BeginList(1, ThriftType.Struct, chunks.Length);
            for (var i = 0; i < chunks.Length; i++) WriteChunk(writer, columns[i], chunks[i], options, indexes);
            writer.I64(2, chunks.Sum(chunk => chunk.Uncompressed));
            writer.I64(3, chunks[0].Rows);
            writer.EndStruct();
        }

        if (options.HasExtras) Extras.KeyValues(writer, 5);
        writer.Text(6, "made file");
        writer.End();
        return writer.Written.ToArray();
    }

    private static void WriteColumn(ThriftWriter writer, MadeColumn column)
    {
        writer.BeginElement();
        writer.I32(1, (int)column.Type);
        if (column.TypeLength > 0) writer.I32(2, column.TypeLength);
        writer.I32(3, column.IsOptional ? 1 : 0);
        writer.Text(4, column.Name);
        if (column.IsText) writer.I32(6, (int)ConvertedType.Utf8);
        writer.EndStruct();
    }

    private static void WriteChunk(ThriftWriter writer, MadeColumn column, MadeChunk chunk, MadeOptions options, long indexes)
    {
        writer.BeginElement();
        writer.I64(2, chunk.Start);
        writer.BeginStruct(3);
        writer.I32(1, (int)column.Type);
        writer.BeginList(2, ThriftType.I32, 1);
        writer.I32Element((int)column.Encoding);
        writer.BeginList(3, ThriftType.Binary, 1);
        writer.TextElement(column.Name);
        writer.I32(4, (int)options.Codec);
        writer.I64(5, chunk.Rows);
        writer.I64(6, chunk.Uncompressed);
        writer.I64(7, chunk.Stored);
        if (options.HasExtras) Extras.KeyValues(writer, 8);
        writer.I64(9, chunk.DataStart);
        if (chunk.HasDictionary) writer.I64(11, chunk.Start);
        if (options.HasExtras) Extras.Statistics(writer, 12);
        writer.EndStruct();
        if (options.HasExtras)
        {
            writer.I64(6, indexes);
            writer.I32(7, Extras.ColumnIndex().Length);
        }

        writer.EndStruct();
    }
}
