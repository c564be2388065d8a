using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>
/// The contract as one table: every column that a submission may have, from the same catalogue that its check uses.
/// </summary>
public static class ContractTable
{
    /// <summary>The rows, file by file: fixed columns, covariates, measures.</summary>
    /// <param name="length">The length of the periods, which sets the largest number of days and months.</param>
    public static IReadOnlyList<ContractTableRow> For(PeriodLength length) =>
    [
        .. Of(ContractColumns.Observations(length), SubmissionPart.Observations),
        .. Of(ContractColumns.Participations, SubmissionPart.Participations),
    ];

    internal static IEnumerable<ContractTableRow> Of(IEnumerable<ContractColumn> columns, SubmissionPart part)
    {
        foreach (var column in columns)
        {
            var fixedColumn = FixedColumn.All.FirstOrDefault(c => c.Code == column.Name && (c.Part is null || c.Part == part));
            if (fixedColumn is not null) yield return Of(column, fixedColumn, part);
            else if (CovariateCatalogue.Current.TryFind(column.Name, out var covariate)) yield return Of(column, covariate);
            else if (MeasureCatalogue.Current.TryFind(column.Name, out var measure)) yield return Of(column, measure);
            else throw new InvalidDataException($"columns.csv has no row for the contract's column {column.Name}.");
        }
    }

    private static ContractTableRow Of(ContractColumn column, FixedColumn row, SubmissionPart part) => new(
        column.Name,
        part,
        ContractRole.Fixed,
        new BilingualText(row.NameSv, row.NameEn),
        row.Aliases,
        column.Storage,
        SourceWords.Nothing,
        RangeWords.Of(column),
        Categories(row.Categories, row.CategoriesSv),
        SourceWords.Nothing,
        SourceWords.TheSender,
        SourceWords.None,
        column.Required,
        CatalogueScope.National);

    private static ContractTableRow Of(ContractColumn column, Covariate row) => new(
        column.Name,
        SubmissionPart.Observations,
        ContractRole.Covariate,
        new BilingualText(row.NameSv, row.NameEn),
        row.Aliases,
        column.Storage,
        new BilingualText(row.UnitSv, row.UnitEn),
        RangeWords.Of(column),
        Categories(row.Categories, row.CategoriesSv),
        SourceWords.Of(Domain.Measures.MeasureDirection.Neutral),
        SourceWords.Of(row.OwningSource),
        SourceWords.None,
        column.Required,
        row.Scope);

    private static ContractTableRow Of(ContractColumn column, Measure row) => new(
        column.Name,
        SubmissionPart.Observations,
        ContractRole.Measure,
        new BilingualText(row.NameSv, row.NameEn),
        row.Aliases,
        column.Storage,
        new BilingualText(row.UnitSv, row.UnitEn),
        RangeWords.Of(column),
        [],
        SourceWords.Of(row.Direction),
        SourceWords.Of(row.OwningSource, row.AlsoFrom),
        row.BudgetItem ?? SourceWords.None,
        column.Required,
        row.Scope);

    private static CategoryWord[] Categories(IReadOnlyList<string> codes, IReadOnlyList<string> sv) =>
        [.. codes.Select((code, at) => new CategoryWord(code, sv[at]))];
}
