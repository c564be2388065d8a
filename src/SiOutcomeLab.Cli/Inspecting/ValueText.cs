using System.Globalization;
using System.Text;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>
/// Spells stored values by what their column means: dates and times in ISO 8601, decimals with all their digits, bytes as hex,
/// unsigned numbers without a sign. The same whatever the culture.
/// </summary>
internal static class ValueText
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static InspectedCell Of(bool value) => InspectedCell.Bare(value ? "true" : "false");

    public static InspectedCell Of(ParquetColumn column, int value) => column.LogicalType switch
    {
        ParquetLogicalType.Date => new InspectedCell(
            ParquetValues.TryToDate(value, out var date)
                ? date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : string.Create(CultureInfo.InvariantCulture, $"{value} d from 1970")),
        ParquetLogicalType.UInt32 or ParquetLogicalType.UInt16 or ParquetLogicalType.UInt8 => Number((uint)value),
        _ => Of(column, (long)value),
    };

    public static InspectedCell Of(ParquetColumn column, long value) => column.LogicalType switch
    {
        ParquetLogicalType.Decimal => new InspectedCell(ParquetValues.ToDecimal(column, value).ToString()),
        >= ParquetLogicalType.TimestampMillis and <= ParquetLogicalType.TimestampNanos =>
            new InspectedCell(ParquetValues.ToTimestamp(column, value).ToString()),
        >= ParquetLogicalType.TimeMillis and <= ParquetLogicalType.TimeNanos => new InspectedCell(TimeOfDay(column, value)),
        ParquetLogicalType.UInt64 => Number((ulong)value),
        _ => Number(value),
    };

    public static InspectedCell Of(float value) => float.IsFinite(value) ? Number(value) : Special(value);

    public static InspectedCell Of(double value) => double.IsFinite(value) ? Number(value) : Special(value);

    public static InspectedCell Of(ParquetColumn column, ReadOnlySpan<byte> value)
    {
        if (column.IsText) return new InspectedCell(StrictUtf8.GetString(value));
        return column.LogicalType switch
        {
            ParquetLogicalType.Decimal => new InspectedCell(ParquetValues.ToDecimal(column, value).ToString()),
            ParquetLogicalType.Uuid => new InspectedCell(ParquetValues.ToGuid(value).ToString("D")),
            ParquetLogicalType.Float16 => Of((float)ParquetValues.ToHalf(value)),
            _ when column.PhysicalType == ParquetPhysicalType.Int96 => new InspectedCell(ParquetValues.Int96ToTimestamp(value).ToString()),
            _ => new InspectedCell(Convert.ToHexStringLower(value)),
        };
    }

    /// <summary>A time of day with the digits of the column's unit, also where the stored number is outside a day.</summary>
    private static string TimeOfDay(ParquetColumn column, long value)
    {
        var (digits, unit) = column.LogicalType switch
        {
            ParquetLogicalType.TimeMillis => (3, 1_000L),
            ParquetLogicalType.TimeMicros => (6, 1_000_000L),
            _ => (9, 1_000_000_000L),
        };
        if (value < 0 || value >= unit * 86_400)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{value} × 10^-{digits} s from midnight");
        }

        var seconds = value / unit;
        var fraction = (value % unit).ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{seconds / 3600:D2}:{seconds / 60 % 60:D2}:{seconds % 60:D2}.{fraction}{(column.IsUtc ? "Z" : string.Empty)}");
    }

    private static InspectedCell Number<T>(T value)
        where T : IFormattable => InspectedCell.Bare(value.ToString(null, CultureInfo.InvariantCulture));

    private static InspectedCell Special<T>(T value)
        where T : IFormattable => new(value.ToString(null, CultureInfo.InvariantCulture));
}
