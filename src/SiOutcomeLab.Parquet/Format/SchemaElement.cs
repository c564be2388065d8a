namespace SiOutcomeLab.Parquet.Format;

/// <summary>One node of the schema tree as the footer lists it (<c>parquet.thrift</c>, struct <c>SchemaElement</c>).</summary>
internal sealed record SchemaElement
{
    public ParquetPhysicalType? Type { get; init; }

    public int TypeLength { get; init; }

    /// <summary>0 required, 1 optional, 2 repeated; absent at the root.</summary>
    public int? Repetition { get; init; }

    public required string Name { get; init; }

    public int Children { get; init; }

    public ConvertedType? Converted { get; init; }

    public int Scale { get; init; }

    public int Precision { get; init; }

    public LogicalAnnotation? Logical { get; init; }
}
