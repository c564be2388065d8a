namespace SiOutcomeLab.Parquet.Format;

/// <summary>Spells a column's meaning both ways that <c>parquet.thrift</c> has, since older readers know only the first.</summary>
internal static class SchemaAnnotations
{
    public static ConvertedType? Converted(ParquetColumnSpec column) => column.LogicalType switch
    {
        ParquetLogicalType.String => ConvertedType.Utf8,
        ParquetLogicalType.Enum => ConvertedType.Enum,
        ParquetLogicalType.Json => ConvertedType.Json,
        ParquetLogicalType.Date => ConvertedType.Date,
        ParquetLogicalType.Decimal => ConvertedType.Decimal,
        ParquetLogicalType.TimeMillis when column.IsUtc => ConvertedType.TimeMillis,
        ParquetLogicalType.TimeMicros when column.IsUtc => ConvertedType.TimeMicros,
        ParquetLogicalType.TimestampMillis when column.IsUtc => ConvertedType.TimestampMillis,
        ParquetLogicalType.TimestampMicros when column.IsUtc => ConvertedType.TimestampMicros,
        ParquetLogicalType.Int8 => ConvertedType.Int8,
        ParquetLogicalType.Int16 => ConvertedType.Int16,
        ParquetLogicalType.Int32 => ConvertedType.Int32,
        ParquetLogicalType.Int64 => ConvertedType.Int64,
        ParquetLogicalType.UInt8 => ConvertedType.UInt8,
        ParquetLogicalType.UInt16 => ConvertedType.UInt16,
        ParquetLogicalType.UInt32 => ConvertedType.UInt32,
        ParquetLogicalType.UInt64 => ConvertedType.UInt64,
        _ => null,
    };

    /// <summary>Writes the logical type as field 10 of a schema element, if the column has one.</summary>
    public static void WriteLogical(ThriftWriter writer, ParquetColumnSpec column)
    {
        var choice = column.LogicalType switch
        {
            ParquetLogicalType.String => 1,
            ParquetLogicalType.Enum => 4,
            ParquetLogicalType.Decimal => 5,
            ParquetLogicalType.Date => 6,
            ParquetLogicalType.TimeMillis or ParquetLogicalType.TimeMicros or ParquetLogicalType.TimeNanos => 7,
            ParquetLogicalType.TimestampMillis or ParquetLogicalType.TimestampMicros or ParquetLogicalType.TimestampNanos => 8,
            >= ParquetLogicalType.Int8 and <= ParquetLogicalType.UInt64 => 10,
            ParquetLogicalType.Json => 12,
            ParquetLogicalType.Uuid => 14,
            ParquetLogicalType.Float16 => 15,
            _ => 0,
        };
        if (choice == 0) return;
        writer.BeginStruct(10);
        writer.BeginStruct(choice);
        switch (choice)
        {
            case 5:
                writer.I32(1, column.Scale);
                writer.I32(2, column.Precision);
                break;
            case 7:
                WriteTime(writer, column, ParquetLogicalType.TimeMillis);
                break;
            case 8:
                WriteTime(writer, column, ParquetLogicalType.TimestampMillis);
                break;
            case 10:
                var place = column.LogicalType - ParquetLogicalType.Int8;
                writer.I8(1, 8 << (place & 3));
                writer.Bool(2, place < 4);
                break;
        }

        writer.EndStruct();
        writer.EndStruct();
    }

    private static void WriteTime(ThriftWriter writer, ParquetColumnSpec column, ParquetLogicalType millis)
    {
        writer.Bool(1, column.IsUtc);
        writer.BeginStruct(2);
        writer.BeginStruct(column.LogicalType - millis + 1);
        writer.EndStruct();
        writer.EndStruct();
    }
}
