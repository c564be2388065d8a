using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>A column that is neither covariate nor measure: keys, dates and what is told of a participation.</summary>
/// <param name="Code">The column's name.</param>
/// <param name="Part">The file that has it; null for both.</param>
/// <param name="NameSv">Its name in Swedish.</param>
/// <param name="NameEn">Its name in English.</param>
/// <param name="Aliases">Other headings it is known by in exports.</param>
/// <param name="Kind">What its values are, as the catalogue's word.</param>
/// <param name="Categories">The allowed texts of a category; else empty.</param>
/// <param name="CategoriesSv">The Swedish words for them, in the same order.</param>
/// <param name="IsRequired">Whether every row must have a value.</param>
internal sealed record FixedColumn(
    string Code,
    SubmissionPart? Part,
    string NameSv,
    string NameEn,
    IReadOnlyList<string> Aliases,
    string Kind,
    IReadOnlyList<string> Categories,
    IReadOnlyList<string> CategoriesSv,
    bool IsRequired)
{
    /// <summary>All of them, in the order of the contract.</summary>
    public static IReadOnlyList<FixedColumn> All { get; } = [.. CatalogueTable.Embedded("columns.csv").Rows().Select(Of)];

    private static FixedColumn Of(CatalogueTable.Row row) => new(
        row["code"],
        row["file"] == "both" ? null : row.Word<SubmissionPart>("file"),
        row["name_sv"],
        row["name_en"],
        row.List("aliases"),
        row["kind"],
        row.List("categories"),
        row.List("categories_sv"),
        row.Flag("required"));
}
