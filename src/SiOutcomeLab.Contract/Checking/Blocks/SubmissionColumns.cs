using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract;

/// <summary>The order of a submission's columns, and which of them have a value in every row.</summary>
public static class SubmissionColumns
{
    /// <summary>A file's columns in the contract's order; those that the contract does not know last, by name.</summary>
    /// <param name="part">Which file it is.</param>
    /// <param name="schema">Its columns.</param>
    public static IReadOnlyList<ParquetColumn> InOrder(SubmissionPart part, ParquetSchema schema)
    {
        var order = Of(part).Select((column, at) => (column.Name, at)).ToDictionary(p => p.Name, p => p.at, StringComparer.Ordinal);
        return
        [
            .. schema.Columns
                .OrderBy(c => order.GetValueOrDefault(c.Name, int.MaxValue))
                .ThenBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether every row of a column must have a value.</summary>
    /// <param name="part">Which file it is in.</param>
    /// <param name="column">Its name.</param>
    public static bool IsRequired(SubmissionPart part, string column) => Of(part).Any(c => c.Required && c.Name == column);

    // Names and order do not depend on the period's length, only limits do.
    private static IReadOnlyList<ContractColumn> Of(SubmissionPart part) =>
        part == SubmissionPart.Participations ? ContractColumns.Participations : ContractColumns.Observations(PeriodLength.Month);
}
