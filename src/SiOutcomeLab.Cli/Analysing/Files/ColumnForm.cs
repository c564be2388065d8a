namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>As what a column is read.</summary>
internal enum ColumnForm
{
    /// <summary>A number in every row; a row without one is left out.</summary>
    Number = 1,

    /// <summary>A number, or nothing, which is kept as not-a-number.</summary>
    NumberOrNothing = 2,

    /// <summary>A level, text or number; a row without one is left out.</summary>
    Category = 3,
}
