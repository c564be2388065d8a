using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>What came of a table.</summary>
/// <param name="Rows">Rows written.</param>
/// <param name="RowsLeftOut">Rows that could not be taken.</param>
/// <param name="Columns">The columns written, in order, each with the heading that it was taken from; null where it was filled in.</param>
/// <param name="Findings">Why rows could not be taken: kind, column, count and first row numbers, never a value.</param>
public sealed record PseudonymisedTable(
    long Rows, long RowsLeftOut, IReadOnlyList<(string Column, string? Heading)> Columns, IReadOnlyList<Finding> Findings)
{
    /// <summary>Whether the file is one to send: nothing was wrong, or what was wrong was to be left out, and rows are left.</summary>
    /// <param name="skipInvalid">Whether rows were to be left out.</param>
    public bool IsUsable(bool skipInvalid) => Rows > 0 && (RowsLeftOut == 0 || skipInvalid);
}
