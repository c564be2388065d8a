namespace SiOutcomeLab.Parquet;

/// <summary>A column to write.</summary>
/// <param name="Name">The name, not empty, unique in the file.</param>
/// <param name="PhysicalType">How values are stored; not Int96.</param>
/// <param name="LogicalType">What they mean; must suit the physical type.</param>
/// <param name="IsOptional">Whether rows may be null.</param>
/// <param name="TypeLength">Bytes a value, positive, for <see cref="ParquetPhysicalType.FixedLenByteArray"/>, else 0.</param>
/// <param name="Precision">Decimal digits of a <see cref="ParquetLogicalType.Decimal"/>, positive, else 0.</param>
/// <param name="Scale">Decimal digits after the point of a <see cref="ParquetLogicalType.Decimal"/>, in [0, precision], else 0.</param>
/// <param name="IsUtc">Whether a time or timestamp is an instant and not a local reading.</param>
public sealed record ParquetColumnSpec(
    string Name,
    ParquetPhysicalType PhysicalType,
    ParquetLogicalType LogicalType,
    bool IsOptional,
    int TypeLength = 0,
    int Precision = 0,
    int Scale = 0,
    bool IsUtc = true)
{
    /// <summary>How values are written; must suit the physical type.</summary>
    public ParquetColumnEncoding Encoding { get; init; }

    /// <summary>A column of UTF-8 text.</summary>
    public static ParquetColumnSpec Text(string name, bool optional = false) =>
        new(name, ParquetPhysicalType.ByteArray, ParquetLogicalType.String, optional);

    /// <summary>A column of dates, as days since 1970-01-01 in an <see cref="int"/>.</summary>
    public static ParquetColumnSpec Date(string name, bool optional = false) =>
        new(name, ParquetPhysicalType.Int32, ParquetLogicalType.Date, optional);

    /// <summary>A column of byte values of one length.</summary>
    /// <param name="name">The name.</param>
    /// <param name="length">Bytes a value, positive.</param>
    /// <param name="optional">Whether rows may be null.</param>
    public static ParquetColumnSpec FixedBytes(string name, int length, bool optional = false) =>
        new(name, ParquetPhysicalType.FixedLenByteArray, ParquetLogicalType.None, optional, length);

    /// <summary>A column of instants, as microseconds since 1970-01-01 UTC in a <see cref="long"/>.</summary>
    public static ParquetColumnSpec Instant(string name, bool optional = false) =>
        new(name, ParquetPhysicalType.Int64, ParquetLogicalType.TimestampMicros, optional);

    /// <summary>A column of plain values of the type that <typeparamref name="T"/> is the own of.</summary>
    /// <typeparam name="T">bool, int, long, float or double.</typeparam>
    /// <exception cref="ArgumentException"><typeparamref name="T"/> is another type.</exception>
    public static ParquetColumnSpec Of<T>(string name, bool optional = false)
        where T : unmanaged => new(
            name,
            TypeOf<T>() ?? throw new ArgumentException($"No column type stores {typeof(T).Name}; use bool, int, long, float or double."),
            ParquetLogicalType.None,
            optional);

    internal static ParquetPhysicalType? TypeOf<T>()
        where T : unmanaged => default(T) switch
        {
            bool => ParquetPhysicalType.Boolean,
            int => ParquetPhysicalType.Int32,
            long => ParquetPhysicalType.Int64,
            float => ParquetPhysicalType.Float,
            double => ParquetPhysicalType.Double,
            _ => null,
        };

    /// <summary>What is wrong with the column, or null.</summary>
    internal string? Fault()
    {
        if (string.IsNullOrEmpty(Name)) return "has no name";
        if (!Enum.IsDefined(PhysicalType) || PhysicalType == ParquetPhysicalType.Int96)
        {
            return $"has the physical type {PhysicalType}, which is not written";
        }

        var isFixed = PhysicalType == ParquetPhysicalType.FixedLenByteArray;
        if (isFixed ? TypeLength <= 0 : TypeLength != 0) return "has a type length that does not suit its type";
        if (LogicalType == ParquetLogicalType.Decimal ? Precision <= 0 || Scale < 0 || Scale > Precision : Precision != 0 || Scale != 0)
        {
            return "has a precision or scale that does not suit its type";
        }

        if (!SuitsEncoding()) return $"cannot be written as {Encoding} when stored as {PhysicalType}";
        return Suits() ? null : $"cannot be {LogicalType} when stored as {PhysicalType}";
    }

    private bool SuitsEncoding()
    {
        var isBytes = PhysicalType is ParquetPhysicalType.ByteArray or ParquetPhysicalType.FixedLenByteArray;
        return Encoding switch
        {
            ParquetColumnEncoding.Automatic or ParquetColumnEncoding.Plain => true,
            ParquetColumnEncoding.DeltaBinaryPacked => PhysicalType is ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64,
            ParquetColumnEncoding.DeltaLengthByteArray => PhysicalType == ParquetPhysicalType.ByteArray,
            ParquetColumnEncoding.DeltaByteArray => isBytes,
            ParquetColumnEncoding.ByteStreamSplit => PhysicalType is not (ParquetPhysicalType.Boolean or ParquetPhysicalType.ByteArray),
            ParquetColumnEncoding.Rle => PhysicalType == ParquetPhysicalType.Boolean,
            _ => false,
        };
    }

    private bool Suits()
    {
        switch (LogicalType)
        {
            case ParquetLogicalType.None:
                return true;
            case ParquetLogicalType.String:
            case ParquetLogicalType.Enum:
            case ParquetLogicalType.Json:
                return PhysicalType == ParquetPhysicalType.ByteArray;
            case ParquetLogicalType.TimeMicros:
            case ParquetLogicalType.TimeNanos:
            case >= ParquetLogicalType.TimestampMillis and <= ParquetLogicalType.TimestampNanos:
            case ParquetLogicalType.Int64:
            case ParquetLogicalType.UInt64:
                return PhysicalType == ParquetPhysicalType.Int64;
            case ParquetLogicalType.Date:
            case ParquetLogicalType.TimeMillis:
            case >= ParquetLogicalType.Int8 and <= ParquetLogicalType.UInt32:
                return PhysicalType == ParquetPhysicalType.Int32;
            case ParquetLogicalType.Decimal:
                return PhysicalType is not (ParquetPhysicalType.Boolean or ParquetPhysicalType.Float or ParquetPhysicalType.Double);
            case ParquetLogicalType.Uuid:
                return PhysicalType == ParquetPhysicalType.FixedLenByteArray && TypeLength == 16;
            case ParquetLogicalType.Float16:
                return PhysicalType == ParquetPhysicalType.FixedLenByteArray && TypeLength == 2;
            default:
                return false;
        }
    }
}
