namespace SiOutcomeLab.Contract;

/// <summary>A table at the submitter, read forward one row at a time, every cell as text.</summary>
public interface ISourceTable : IDisposable
{
    /// <summary>The headings, in order, as they stand.</summary>
    IReadOnlyList<string> Headings { get; }

    /// <summary>How numbers are written.</summary>
    NumberStyle Numbers { get; }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="SourceTableException">The table cannot be read on.</exception>
    bool Read();

    /// <summary>Whether the row has as many fields as there are headings.</summary>
    bool IsWhole { get; }

    /// <summary>A cell of the row; null or empty when there is nothing in it.</summary>
    /// <param name="column">The heading's place, from 0.</param>
    string? this[int column] { get; }

    /// <summary>Whether a column's cells were numbers in the source, so that zeros at their beginning cannot have been kept.</summary>
    /// <param name="column">The heading's place, from 0.</param>
    bool IsNumber(int column);
}

/// <summary>How a table writes numbers.</summary>
public enum NumberStyle
{
    /// <summary>A decimal comma or a decimal point; blanks between thousands.</summary>
    CommaOrPoint = 1,

    /// <summary>A decimal comma; blanks between thousands.</summary>
    Comma = 2,

    /// <summary>A decimal point; blanks between thousands.</summary>
    Point = 3,

    /// <summary>As a program writes them: a decimal point, perhaps an exponent, nothing between thousands.</summary>
    Typed = 4,
}
