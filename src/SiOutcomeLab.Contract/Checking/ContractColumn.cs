using SiOutcomeLab.Domain;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>What a column of the contract holds.</summary>
internal enum ColumnContent
{
    PersonId,
    Municipality,
    Date,
    Category,
    Intervention,
    ShortText,
    Number,
    Flag,
}

/// <summary>A column that the contract knows: where its limits come from and how it must be stored.</summary>
internal sealed record ContractColumn(string Name, ColumnContent Content, bool Required)
{
    public IReadOnlyList<string> Categories { get; init; } = [];

    public double Minimum { get; init; } = double.NegativeInfinity;

    public double Maximum { get; init; } = double.PositiveInfinity;

    public bool Whole { get; init; }

    public bool IsMeasure { get; init; }

    public bool TeachingOnly { get; init; }

    /// <summary>Whether a file's column is stored in a way that the contract takes.</summary>
    public bool Takes(ParquetColumn column) => Content switch
    {
        ColumnContent.Date => column is { PhysicalType: ParquetPhysicalType.Int32, LogicalType: ParquetLogicalType.Date },
        ColumnContent.Number => IsNumber(column),
        ColumnContent.Flag => column.PhysicalType == ParquetPhysicalType.Boolean || IsNumber(column),
        _ => column.IsText || column is { PhysicalType: ParquetPhysicalType.ByteArray, LogicalType: ParquetLogicalType.None },
    };

    /// <summary>How the column must be stored, for people.</summary>
    public BilingualText Storage => Content switch
    {
        ColumnContent.Date => new BilingualText("datum (Parquet DATE)", "a date (Parquet DATE)"),
        ColumnContent.Number => new BilingualText("tal (INT32, INT64, FLOAT eller DOUBLE)", "a number (INT32, INT64, FLOAT or DOUBLE)"),
        ColumnContent.Flag => new BilingualText("sant/falskt, eller 0 och 1", "true/false, or 0 and 1"),
        _ => new BilingualText("text (Parquet STRING)", "text (Parquet STRING)"),
    };

    private static bool IsNumber(ParquetColumn column) => column.PhysicalType switch
    {
        ParquetPhysicalType.Int32 or ParquetPhysicalType.Int64 => column.LogicalType
            is ParquetLogicalType.None
            or ParquetLogicalType.Int8 or ParquetLogicalType.Int16 or ParquetLogicalType.Int32 or ParquetLogicalType.Int64
            or ParquetLogicalType.UInt8 or ParquetLogicalType.UInt16 or ParquetLogicalType.UInt32 or ParquetLogicalType.UInt64,
        ParquetPhysicalType.Float or ParquetPhysicalType.Double => column.LogicalType == ParquetLogicalType.None,
        _ => false,
    };
}
