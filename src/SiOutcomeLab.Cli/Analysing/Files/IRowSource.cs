namespace SiOutcomeLab.Cli.Analysing.Files;

/// <summary>A file's rows, read forward one at a time.</summary>
internal interface IRowSource : IDisposable
{
    /// <summary>The headings, in order.</summary>
    IReadOnlyList<string> Headings { get; }

    /// <summary>Whether the row has as many fields as there are headings.</summary>
    bool IsWhole { get; }

    /// <summary>Goes to the next row; false at the end.</summary>
    bool Read();

    /// <summary>A cell of the row as a number.</summary>
    CellState Number(int column, out double value);

    /// <summary>A cell of the row as text, until the next cell is asked for.</summary>
    CellState Text(int column, out ReadOnlySpan<char> text);
}

/// <summary>What a cell holds.</summary>
internal enum CellState
{
    /// <summary>Nothing: empty, NA, NaN or null.</summary>
    Missing = 0,

    /// <summary>What was asked for.</summary>
    Present = 1,

    /// <summary>Something else.</summary>
    Other = 2,
}
