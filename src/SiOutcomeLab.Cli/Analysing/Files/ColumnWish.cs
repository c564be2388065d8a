namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>A column that an analysis needs.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Form">As what it is read.</param>
/// <param name="Flag">The option that named it.</param>
internal sealed record ColumnWish(string Name, ColumnForm Form, string Flag);
