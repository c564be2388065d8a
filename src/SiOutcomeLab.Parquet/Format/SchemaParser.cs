namespace SiOutcomeLab.Parquet.Format;

/// <summary>Parses the schema list of the footer and makes the flat columns of it.</summary>
internal static class SchemaParser
{
    public static ParquetSchema Parse(ref ThriftReader reader, ThriftType type, int maxColumns)
    {
        var count = reader.List(type, ThriftType.Struct);
        if (count - 1L > maxColumns)
        {
            throw new ParquetFormatException(ParquetErrorCode.LimitExceeded, $"The file has more than {maxColumns} columns.");
        }

        if (count < 2) throw new ParquetFormatException(ParquetErrorCode.InvalidMetadata, "The schema has no columns.");
        var root = ParseElement(ref reader);
        var columns = new List<ParquetColumn>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var index = 0; index < count - 1; index++)
        {
            var column = Flatten(ParseElement(ref reader), index);
            if (!names.Add(column.Name))
            {
                throw new ParquetFormatException(ParquetErrorCode.InvalidMetadata, "Two columns have the same name.").At(column.Name);
            }

            columns.Add(column);
        }

        if (root.Children != columns.Count)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidMetadata, "The schema's number of columns does not match its list.");
        }

        return new ParquetSchema(columns, root.Name);
    }

    private static SchemaElement ParseElement(ref ThriftReader reader)
    {
        var element = new SchemaElement { Name = string.Empty };
        var named = false;
        for (var id = 0; reader.NextField(ref id, out var type);)
        {
            switch (id)
            {
                case 1:
                    element = element with { Type = (ParquetPhysicalType)reader.I32(type) };
                    break;
                case 2:
                    element = element with { TypeLength = reader.I32(type) };
                    break;
                case 3:
                    element = element with { Repetition = reader.I32(type) };
                    break;
                case 4:
                    element = element with { Name = reader.Text(type) };
                    named = true;
                    break;
                case 5:
                    element = element with { Children = reader.I32(type) };
                    break;
                case 6:
                    element = element with { Converted = (ConvertedType)reader.I32(type) };
                    break;
                case 7:
                    element = element with { Scale = reader.I32(type) };
                    break;
                case 8:
                    element = element with { Precision = reader.I32(type) };
                    break;
                case 10:
                    ThriftReader.ExpectStruct(type);
                    element = element with { Logical = LogicalAnnotation.Parse(ref reader) };
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return named ? element : throw FooterParser.Missing("a schema element's name");
    }

    private static ParquetColumn Flatten(SchemaElement element, int index)
    {
        if (element.Children != 0 || element.Repetition == 2)
        {
            throw new ParquetFormatException(
                ParquetErrorCode.UnsupportedSchema, "The column is nested or repeated; only flat files are read.").At(element.Name);
        }

        if (element.Name.Length == 0) throw Invalid("A column has no name.", element);
        if (element.Type is not { } type || !Enum.IsDefined(type)) throw Invalid("The column has no known type.", element);
        if (element.Repetition is not (0 or 1)) throw Invalid("The column does not say whether it is optional.", element);
        var length = type switch
        {
            ParquetPhysicalType.Int96 => 12,
            ParquetPhysicalType.FixedLenByteArray when element.TypeLength > 0 => element.TypeLength,
            ParquetPhysicalType.FixedLenByteArray => throw Invalid("The column's fixed length is not positive.", element),
            _ => 0,
        };
        var logical = element.Logical ?? FromConverted(element);
        return new ParquetColumn(
            element.Name, index, type, logical.Type, element.Repetition == 1, length, logical.Precision, logical.Scale, logical.IsUtc);
    }

    private static LogicalAnnotation FromConverted(SchemaElement element) => element.Converted switch
    {
        null => new LogicalAnnotation(ParquetLogicalType.None),
        ConvertedType.Utf8 => new LogicalAnnotation(ParquetLogicalType.String),
        ConvertedType.Enum => new LogicalAnnotation(ParquetLogicalType.Enum),
        ConvertedType.Json => new LogicalAnnotation(ParquetLogicalType.Json),
        ConvertedType.Decimal => new LogicalAnnotation(ParquetLogicalType.Decimal, element.Precision, element.Scale),
        ConvertedType.Date => new LogicalAnnotation(ParquetLogicalType.Date),
        ConvertedType.TimeMillis => new LogicalAnnotation(ParquetLogicalType.TimeMillis),
        ConvertedType.TimeMicros => new LogicalAnnotation(ParquetLogicalType.TimeMicros),
        ConvertedType.TimestampMillis => new LogicalAnnotation(ParquetLogicalType.TimestampMillis),
        ConvertedType.TimestampMicros => new LogicalAnnotation(ParquetLogicalType.TimestampMicros),
        ConvertedType.UInt8 => new LogicalAnnotation(ParquetLogicalType.UInt8),
        ConvertedType.UInt16 => new LogicalAnnotation(ParquetLogicalType.UInt16),
        ConvertedType.UInt32 => new LogicalAnnotation(ParquetLogicalType.UInt32),
        ConvertedType.UInt64 => new LogicalAnnotation(ParquetLogicalType.UInt64),
        ConvertedType.Int8 => new LogicalAnnotation(ParquetLogicalType.Int8),
        ConvertedType.Int16 => new LogicalAnnotation(ParquetLogicalType.Int16),
        ConvertedType.Int32 => new LogicalAnnotation(ParquetLogicalType.Int32),
        ConvertedType.Int64 => new LogicalAnnotation(ParquetLogicalType.Int64),
        _ => new LogicalAnnotation(ParquetLogicalType.Other),
    };

    private static ParquetFormatException Invalid(string what, SchemaElement element) =>
        new ParquetFormatException(ParquetErrorCode.InvalidMetadata, what).At(element.Name.Length > 0 ? element.Name : null);
}
