namespace SiOutcomeLab.Parquet;

/// <summary>One column of a flat Parquet file, as its footer declares it.</summary>
/// <param name="Name">The name, not empty, unique in the file, compared by code point.</param>
/// <param name="Index">Position in the file, from 0.</param>
/// <param name="PhysicalType">How values are stored.</param>
/// <param name="LogicalType">What the stored values mean.</param>
/// <param name="IsOptional">Whether the file may hold nulls in this column.</param>
/// <param name="TypeLength">Bytes a value for <see cref="ParquetPhysicalType.FixedLenByteArray"/> (and 12 for Int96), else 0.</param>
/// <param name="Precision">Decimal digits of a <see cref="ParquetLogicalType.Decimal"/>, else 0.</param>
/// <param name="Scale">Decimal digits after the point of a <see cref="ParquetLogicalType.Decimal"/>, else 0.</param>
/// <param name="IsUtc">
/// Whether a time or timestamp is an instant (adjusted to UTC) and not a local reading; true where the file does not say.
/// </param>
public sealed record ParquetColumn(
    string Name,
    int Index,
    ParquetPhysicalType PhysicalType,
    ParquetLogicalType LogicalType,
    bool IsOptional,
    int TypeLength = 0,
    int Precision = 0,
    int Scale = 0,
    bool IsUtc = true)
{
    /// <summary>Whether values are text that the reader checks to be valid UTF-8.</summary>
    public bool IsText => PhysicalType == ParquetPhysicalType.ByteArray
        && LogicalType is ParquetLogicalType.String or ParquetLogicalType.Enum or ParquetLogicalType.Json;
}
