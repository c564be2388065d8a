namespace SiOutcomeLab.Parquet.Format;

/// <summary>Holds the footer's counts and offsets against each other and against the file, before anything is read by them.</summary>
internal static class LayoutCheck
{
    private const ulong FreeBytes = 256 * 1024 * 1024;
    private const ulong FreeValues = 16 * 1024 * 1024;

    /// <param name="metadata">The parsed footer.</param>
    /// <param name="dataEnd">Where the footer begins: no column data can lie there or after, in bytes.</param>
    /// <param name="options">What the file may stand for.</param>
    public static void Verify(FileMetadata metadata, long dataEnd, ParquetReaderOptions options)
    {
        long rows = 0;
        UInt128 inflated = 0;
        var ranges = new List<(long Start, long End, int RowGroup, string Column)>();
        for (var group = 0; group < metadata.RowGroups.Count; group++)
        {
            var rowGroup = metadata.RowGroups[group];
            if (rowGroup.RowCount < 0 || rowGroup.RowCount > long.MaxValue - rows)
            {
                throw Inconsistent("A row group's number of rows is out of range.").At(rowGroup: group);
            }

            rows += rowGroup.RowCount;
            for (var index = 0; index < rowGroup.Chunks.Length; index++)
            {
                var column = metadata.Schema.Columns[index];
                var chunk = rowGroup.Chunks[index];
                VerifyChunk(chunk, column, rowGroup.RowCount, dataEnd, group);
                inflated += (ulong)chunk.UncompressedSize;
                if (chunk.CompressedSize > 0) ranges.Add((chunk.Start, chunk.Start + chunk.CompressedSize, group, column.Name));
            }
        }

        if (rows != metadata.RowCount) throw Inconsistent("The row groups' rows do not add up to the file's number of rows.");
        VerifySize(inflated, (UInt128)(ulong)rows * (uint)metadata.Schema.Columns.Count, dataEnd, options);
        ranges.Sort((left, right) => left.Start.CompareTo(right.Start));
        for (var i = 1; i < ranges.Count; i++)
        {
            if (ranges[i].Start < ranges[i - 1].End)
            {
                throw Inconsistent("Two column chunks overlap.").At(ranges[i].Column, ranges[i].RowGroup, byteOffset: ranges[i].Start);
            }
        }
    }

    private static void VerifyChunk(ColumnChunkMetadata chunk, ParquetColumn column, long rows, long dataEnd, int rowGroup)
    {
        string? fault = null;
        if (chunk.Type != column.PhysicalType) fault = "A column chunk's type is not the schema's.";
        else if (chunk.ValueCount != rows) fault = "A column chunk's number of values is not the row group's number of rows.";
        else if (chunk.CompressedSize < 0 || chunk.UncompressedSize < 0) fault = "A column chunk's size is negative.";
        else if ((rows > 0 || chunk.CompressedSize > 0) && (chunk.Start < 4 || chunk.Start > dataEnd - chunk.CompressedSize))
        {
            fault = "A column chunk lies outside the file.";
        }

        if (fault is not null) throw Inconsistent(fault).At(column.Name, rowGroup);
    }

    /// <summary>Refuses what would cost far more to read than it cost to send.</summary>
    private static void VerifySize(UInt128 inflated, UInt128 values, long storedBytes, ParquetReaderOptions options)
    {
        if (inflated > FreeBytes + ((UInt128)(ulong)storedBytes * (uint)options.MaxInflation))
        {
            throw new ParquetFormatException(
                ParquetErrorCode.LimitExceeded, $"The file says that it decompresses to more than {options.MaxInflation} times its size.");
        }

        if (values > FreeValues + ((UInt128)(ulong)storedBytes * (uint)options.MaxValuesPerByte))
        {
            throw new ParquetFormatException(
                ParquetErrorCode.LimitExceeded,
                $"The file says that it has more than {options.MaxValuesPerByte} values for each of its bytes.");
        }
    }

    private static ParquetFormatException Inconsistent(string what) => new(ParquetErrorCode.InconsistentLayout, what);
}
