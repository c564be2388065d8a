using System.Diagnostics.CodeAnalysis;

namespace SiOutcomeLab.Parquet;

/// <summary>The columns of a flat file, in file order.</summary>
public sealed class ParquetSchema
{
    private readonly Dictionary<string, ParquetColumn> _byName;

    internal ParquetSchema(IReadOnlyList<ParquetColumn> columns, string rootName)
    {
        RootName = rootName;
        Columns = columns;
        _byName = columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
    }

    /// <summary>All columns; a column's place equals its <see cref="ParquetColumn.Index"/>.</summary>
    public IReadOnlyList<ParquetColumn> Columns { get; }

    /// <summary>What the schema itself is called; writers put "schema" or the like, and nothing depends on it.</summary>
    internal string RootName { get; }

    /// <summary>Finds a column by its exact name.</summary>
    /// <param name="name">The name; upper and lower case differ.</param>
    /// <param name="column">The column when found.</param>
    /// <returns>Whether the file has such a column.</returns>
    public bool TryFind(string name, [NotNullWhen(true)] out ParquetColumn? column) => _byName.TryGetValue(name, out column);
}
