namespace SiOutcomeLab.Parquet.Format;

/// <summary>The union <c>LogicalType</c> of <c>parquet.thrift</c>, reduced to what a flat column can use.</summary>
internal readonly record struct LogicalAnnotation(ParquetLogicalType Type, int Precision = 0, int Scale = 0, bool IsUtc = true)
{
    public static LogicalAnnotation Parse(ref ThriftReader reader)
    {
        var result = new LogicalAnnotation(ParquetLogicalType.Other);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            ThriftReader.ExpectStruct(type);
            switch (id)
            {
                case 5:
                    result = ParseDecimal(ref reader);
                    break;
                case 7:
                    result = ParseTime(ref reader, ParquetLogicalType.TimeMillis);
                    break;
                case 8:
                    result = ParseTime(ref reader, ParquetLogicalType.TimestampMillis);
                    break;
                case 10:
                    result = ParseInteger(ref reader);
                    break;
                default:
                    reader.Skip(type);
                    result = new LogicalAnnotation(Simple(id));
                    break;
            }
        }

        return result;
    }

    private static ParquetLogicalType Simple(int id) => id switch
    {
        1 => ParquetLogicalType.String,
        4 => ParquetLogicalType.Enum,
        6 => ParquetLogicalType.Date,
        12 => ParquetLogicalType.Json,
        14 => ParquetLogicalType.Uuid,
        15 => ParquetLogicalType.Float16,
        _ => ParquetLogicalType.Other,
    };

    private static LogicalAnnotation ParseDecimal(ref ThriftReader reader)
    {
        int scale = 0, precision = 0;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1) scale = reader.I32(type);
            else if (id == 2) precision = reader.I32(type);
            else reader.Skip(type);
        }

        return new LogicalAnnotation(ParquetLogicalType.Decimal, precision, scale);
    }

    /// <summary>Time and timestamp share their shape; the unit is a union of empty structs: 1 milli, 2 micro, 3 nano.</summary>
    private static LogicalAnnotation ParseTime(ref ThriftReader reader, ParquetLogicalType millis)
    {
        var (utc, unit) = (true, 0);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1)
            {
                utc = ThriftReader.Bool(type);
            }
            else if (id == 2)
            {
                ThriftReader.ExpectStruct(type);
                for (var choice = 0; reader.NextField(ref choice, out var empty);)
                {
                    unit = choice;
                    reader.Skip(empty);
                }
            }
            else
            {
                reader.Skip(type);
            }
        }

        var logical = unit is >= 1 and <= 3 ? millis + (unit - 1) : ParquetLogicalType.Other;
        return new LogicalAnnotation(logical, IsUtc: utc);
    }

    private static LogicalAnnotation ParseInteger(ref ThriftReader reader)
    {
        var (bits, signed) = (0, true);
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            if (id == 1) bits = reader.I8(type);
            else if (id == 2) signed = ThriftReader.Bool(type);
            else reader.Skip(type);
        }

        return new LogicalAnnotation((bits, signed) switch
        {
            (8, true) => ParquetLogicalType.Int8,
            (16, true) => ParquetLogicalType.Int16,
            (32, true) => ParquetLogicalType.Int32,
            (64, true) => ParquetLogicalType.Int64,
            (8, false) => ParquetLogicalType.UInt8,
            (16, false) => ParquetLogicalType.UInt16,
            (32, false) => ParquetLogicalType.UInt32,
            (64, false) => ParquetLogicalType.UInt64,
            _ => ParquetLogicalType.Other,
        });
    }
}
