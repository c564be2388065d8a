namespace SiOutcomeLab.Parquet.Tests.Files;

/// <summary>A column to write: null, or a value of the spec's own type (text as string, other bytes as byte[]), one a row.</summary>
internal sealed record TestColumn(ParquetColumnSpec Spec, object?[] Values);
