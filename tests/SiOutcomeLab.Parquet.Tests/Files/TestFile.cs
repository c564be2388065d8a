namespace SiOutcomeLab.Parquet.Tests.Files;

/// <summary>Writes whole files from columns and reads them back as cells, in batches of a given length.</summary>
internal static class TestFile
{
    /// <summary>Writes the columns, cut into row groups of so many rows.</summary>
    public static byte[] Write(IReadOnlyList<TestColumn> columns, ParquetWriterOptions? options = null, int rowGroupRows = int.MaxValue)
    {
        using var stream = new MemoryStream();
        using (var writer = ParquetWriter.Create(stream, [.. columns.Select(column => column.Spec)], options, leaveOpen: true))
        {
            var rows = columns[0].Values.Length;
            for (var row = 0; row < rows; row += Math.Min(rowGroupRows, rows))
            {
                var group = writer.StartRowGroup();
                var end = (int)Math.Min(rows, (long)row + rowGroupRows);
                foreach (var column in columns) WriteColumn(group, column.Spec, column.Values.AsSpan(row..end));
            }

            writer.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Reads all cells, by column and row.</summary>
    public static string?[][] Read(byte[] file, int batchRows = 1024, ParquetReaderOptions? options = null)
    {
        using var reader = ParquetReader.Open(new MemoryStream(file), options);
        return Read(reader, batchRows);
    }

    public static string?[][] Read(ParquetReader reader, int batchRows = 1024) =>
        [.. reader.Schema.Columns.Select(column => ReadColumn(reader, column, batchRows).ToArray())];

    /// <summary>The cells that a file of these columns must give.</summary>
    public static string?[][] Expected(IReadOnlyList<TestColumn> columns) =>
        [.. columns.Select(column => column.Values.Select(Cell.Of).ToArray())];

    private static List<string?> ReadColumn(ParquetReader reader, ParquetColumn column, int batchRows)
    {
        var cells = new List<string?>();
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            var group = reader.OpenRowGroup(index);
            switch (column.PhysicalType)
            {
                case ParquetPhysicalType.Boolean:
                    Drain<bool>(group, column, batchRows, cells);
                    break;
                case ParquetPhysicalType.Int32:
                    Drain<int>(group, column, batchRows, cells);
                    break;
                case ParquetPhysicalType.Int64:
                    Drain<long>(group, column, batchRows, cells);
                    break;
                case ParquetPhysicalType.Float:
                    Drain<float>(group, column, batchRows, cells);
                    break;
                case ParquetPhysicalType.Double:
                    Drain<double>(group, column, batchRows, cells);
                    break;
                default:
                    DrainBytes(group, column, batchRows, cells);
                    break;
            }
        }

        return cells;
    }

    private static void Drain<T>(ParquetRowGroup group, ParquetColumn column, int batchRows, List<string?> cells)
        where T : unmanaged
    {
        using var reader = group.Column<T>(column.Index);
        var values = new T[batchRows];
        var present = new bool[batchRows];
        for (int count; (count = reader.Read(values, present)) > 0;)
        {
            for (var i = 0; i < count; i++)
            {
                if (!present[i]) Assert.Equal(default, values[i]);
                cells.Add(present[i] ? Cell.Of(values[i]) : null);
            }
        }
    }

    private static void DrainBytes(ParquetRowGroup group, ParquetColumn column, int batchRows, List<string?> cells)
    {
        using var reader = group.Bytes(column.Index);
        var batch = new BytesBatch();
        for (int count; (count = reader.Read(batch, batchRows)) > 0;)
        {
            Assert.Equal(count, batch.Count);
            for (var i = 0; i < count; i++)
            {
                if (batch.HasDictionary)
                {
                    var code = batch.Codes[i];
                    Assert.Equal(code < 0, batch.IsNull(i));
                    if (code >= 0) Assert.True(batch.DictionaryValue(code).SequenceEqual(batch[i]));
                }

                cells.Add(batch.IsNull(i) ? null : Cell.Of(batch[i].ToArray()));
            }
        }
    }

    private static void WriteColumn(ParquetRowGroupWriter group, ParquetColumnSpec spec, ReadOnlySpan<object?> values)
    {
        switch (spec.PhysicalType)
        {
            case ParquetPhysicalType.Boolean:
                WriteFixed<bool>(group, spec, values);
                break;
            case ParquetPhysicalType.Int32:
                WriteFixed<int>(group, spec, values);
                break;
            case ParquetPhysicalType.Int64:
                WriteFixed<long>(group, spec, values);
                break;
            case ParquetPhysicalType.Float:
                WriteFixed<float>(group, spec, values);
                break;
            case ParquetPhysicalType.Double:
                WriteFixed<double>(group, spec, values);
                break;
            case ParquetPhysicalType.ByteArray when spec.LogicalType == ParquetLogicalType.String:
                group.WriteStrings([.. values.ToArray().Cast<string?>()]);
                break;
            default:
                group.WriteBytes([.. values.ToArray().Cast<byte[]?>()]);
                break;
        }
    }

    private static void WriteFixed<T>(ParquetRowGroupWriter group, ParquetColumnSpec spec, ReadOnlySpan<object?> values)
        where T : unmanaged
    {
        var dense = new T[values.Length];
        var present = new bool[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            present[i] = values[i] is not null;
            dense[i] = values[i] is T value ? value : default;
        }

        group.WriteColumn<T>(dense, spec.IsOptional ? present : default);
    }
}
