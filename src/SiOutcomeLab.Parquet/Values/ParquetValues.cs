using System.Buffers.Binary;
using System.Numerics;

namespace SiOutcomeLab.Parquet;

/// <summary>
/// What stored values mean: decimals, times, halves and UUIDs from the raw values that column readers give
/// (parquet-format LogicalTypes.md). Nothing is rounded.
/// </summary>
public static class ParquetValues
{
    private const long NanosecondsADay = 86_400L * 1_000_000_000;

    /// <summary>The Julian day number of 1970-01-01, as Int96 timestamps count.</summary>
    private const int JulianDayOf1970 = 2_440_588;

    /// <summary>A decimal stored as an integer.</summary>
    /// <param name="column">A column of decimals, or any other for scale 0.</param>
    /// <param name="value">The stored value.</param>
    public static ParquetDecimal ToDecimal(ParquetColumn column, long value) => new(value, column.Scale);

    /// <summary>A decimal stored as bytes: a big-endian two's complement; no bytes are 0.</summary>
    /// <param name="column">A column of decimals, or any other for scale 0.</param>
    /// <param name="value">The stored value.</param>
    public static ParquetDecimal ToDecimal(ParquetColumn column, ReadOnlySpan<byte> value) =>
        new(new BigInteger(value, isBigEndian: true), column.Scale);

    /// <summary>A timestamp stored as an integer in the column's unit.</summary>
    /// <param name="column">A column of timestamps.</param>
    /// <param name="value">The stored value.</param>
    /// <exception cref="ArgumentException">The column holds something else.</exception>
    public static ParquetTimestamp ToTimestamp(ParquetColumn column, long value) => new(
        (Int128)value * column.LogicalType switch
        {
            ParquetLogicalType.TimestampMillis => 1_000_000,
            ParquetLogicalType.TimestampMicros => 1_000,
            ParquetLogicalType.TimestampNanos => 1,
            _ => throw new ArgumentException($"Column '{column.Name}' holds {column.LogicalType}, not timestamps.", nameof(column)),
        },
        column.IsUtc);

    /// <summary>
    /// A deprecated Int96 timestamp: eight bytes of nanoseconds of the day and four of Julian day, little-endian. Writers mean UTC mostly,
    /// but the format does not say, so it is told as a local reading.
    /// </summary>
    /// <param name="value">Twelve bytes.</param>
    /// <exception cref="ArgumentException">The value has another length.</exception>
    public static ParquetTimestamp Int96ToTimestamp(ReadOnlySpan<byte> value)
    {
        RequireLength(value, 12);
        var days = (long)BinaryPrimitives.ReadInt32LittleEndian(value[8..]) - JulianDayOf1970;
        return new ParquetTimestamp(((Int128)days * NanosecondsADay) + BinaryPrimitives.ReadInt64LittleEndian(value), IsUtc: false);
    }

    /// <summary>A time of day stored as an integer in the column's unit.</summary>
    /// <param name="column">A column of times.</param>
    /// <param name="value">The stored value.</param>
    /// <returns>Nanoseconds since midnight, in [0, 24 h).</returns>
    /// <exception cref="ArgumentException">The column holds something else.</exception>
    /// <exception cref="ParquetFormatException">The value is not within a day.</exception>
    public static long ToTimeOfDay(ParquetColumn column, long value)
    {
        var unit = column.LogicalType switch
        {
            ParquetLogicalType.TimeMillis => 1_000_000L,
            ParquetLogicalType.TimeMicros => 1_000L,
            ParquetLogicalType.TimeNanos => 1L,
            _ => throw new ArgumentException($"Column '{column.Name}' holds {column.LogicalType}, not times of day.", nameof(column)),
        };
        if (value < 0 || value >= NanosecondsADay / unit)
        {
            throw new ParquetFormatException(ParquetErrorCode.InvalidEncodedData, "A time of day is not within a day.").At(column.Name);
        }

        return value * unit;
    }

    /// <summary>A date stored as days since 1970-01-01, when it is within years 1 to 9999.</summary>
    /// <param name="days">The stored value.</param>
    /// <param name="date">The date, or the smallest one.</param>
    /// <returns>Whether it is within.</returns>
    public static bool TryToDate(int days, out DateOnly date)
    {
        var number = (long)days + DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
        var isWithin = number >= 0 && number <= DateOnly.MaxValue.DayNumber;
        date = isWithin ? DateOnly.FromDayNumber((int)number) : DateOnly.MinValue;
        return isWithin;
    }

    /// <summary>An IEEE 754 half, two bytes little-endian.</summary>
    /// <param name="value">Two bytes.</param>
    /// <exception cref="ArgumentException">The value has another length.</exception>
    public static Half ToHalf(ReadOnlySpan<byte> value)
    {
        RequireLength(value, 2);
        return BinaryPrimitives.ReadHalfLittleEndian(value);
    }

    /// <summary>A UUID, 16 bytes big-endian, so that its text has the bytes' order.</summary>
    /// <param name="value">Sixteen bytes.</param>
    /// <exception cref="ArgumentException">The value has another length.</exception>
    public static Guid ToGuid(ReadOnlySpan<byte> value)
    {
        RequireLength(value, 16);
        return new Guid(value, bigEndian: true);
    }

    private static void RequireLength(ReadOnlySpan<byte> value, int length)
    {
        if (value.Length != length) throw new ArgumentException($"The value has {value.Length} bytes, not {length}.", nameof(value));
    }
}
