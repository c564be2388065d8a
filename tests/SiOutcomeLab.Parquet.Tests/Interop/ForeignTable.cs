namespace SiOutcomeLab.Parquet.Tests.Interop;

/// <summary>A file as another implementation reads it: cells by row.</summary>
internal sealed record ForeignTable(string[] Names, string[]? Types, string?[][] Rows)
{
    /// <summary>The cells by column and row, as <see cref="Files.TestFile"/> gives them.</summary>
    public string?[][] ByColumn() => [.. Enumerable.Range(0, Names.Length).Select(column => Rows.Select(row => row[column]).ToArray())];
}
