using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// What a column's stored values mean. One value for both ways in which a file can say it (logical and legacy converted type).
/// </summary>
[SuppressMessage("Naming", "CA1720", Justification = "The file format's own type names.")]
public enum ParquetLogicalType
{
    /// <summary>Nothing beyond the physical type.</summary>
    None,

    /// <summary>UTF-8 text, checked on reading.</summary>
    String,

    /// <summary>UTF-8 text from a fixed set, checked on reading.</summary>
    Enum,

    /// <summary>UTF-8 text that holds JSON; the encoding is checked on reading, the JSON is not.</summary>
    Json,

    /// <summary>Days since 1970-01-01, in an <see cref="int"/>.</summary>
    Date,

    /// <summary>Milliseconds since midnight.</summary>
    TimeMillis,

    /// <summary>Microseconds since midnight.</summary>
    TimeMicros,

    /// <summary>Nanoseconds since midnight.</summary>
    TimeNanos,

    /// <summary>Milliseconds since 1970-01-01.</summary>
    TimestampMillis,

    /// <summary>Microseconds since 1970-01-01.</summary>
    TimestampMicros,

    /// <summary>Nanoseconds since 1970-01-01.</summary>
    TimestampNanos,

    /// <summary>
    /// Unscaled integer with <see cref="ParquetColumn.Precision"/> and <see cref="ParquetColumn.Scale"/>; big-endian when stored as bytes.
    /// </summary>
    Decimal,

    /// <summary>Signed, fits 8 bits.</summary>
    Int8,

    /// <summary>Signed, fits 16 bits.</summary>
    Int16,

    /// <summary>Signed, 32 bits.</summary>
    Int32,

    /// <summary>Signed, 64 bits.</summary>
    Int64,

    /// <summary>Unsigned, fits 8 bits.</summary>
    UInt8,

    /// <summary>Unsigned, fits 16 bits.</summary>
    UInt16,

    /// <summary>Unsigned, 32 bits, stored as the same bits in an <see cref="int"/>.</summary>
    UInt32,

    /// <summary>Unsigned, 64 bits, stored as the same bits in a <see cref="long"/>.</summary>
    UInt64,

    /// <summary>16 bytes, big-endian.</summary>
    Uuid,

    /// <summary>IEEE 754 half in two bytes, little-endian.</summary>
    Float16,

    /// <summary>
    /// Something this library does not name (BSON, interval, geometry, a later addition); the stored values are readable.
    /// </summary>
    Other,
}
