using System.Globalization;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Cli.Inspecting;

/// <summary>Spells a column's types.</summary>
internal static class TypeText
{
    /// <summary>How values are stored.</summary>
    public static string Stored(ParquetColumn column) => column.PhysicalType == ParquetPhysicalType.FixedLenByteArray
        ? string.Create(CultureInfo.InvariantCulture, $"{column.PhysicalType}({column.TypeLength})")
        : column.PhysicalType.ToString();

    /// <summary>What they mean; empty where the file says nothing beyond.</summary>
    public static string Meant(ParquetColumn column) => column.LogicalType switch
    {
        ParquetLogicalType.None => string.Empty,
        ParquetLogicalType.Decimal => string.Create(CultureInfo.InvariantCulture, $"Decimal({column.Precision}, {column.Scale})"),
        >= ParquetLogicalType.TimeMillis and <= ParquetLogicalType.TimestampNanos =>
            $"{column.LogicalType}{(column.IsUtc ? " UTC" : " local")}",
        _ => column.LogicalType.ToString(),
    };
}
