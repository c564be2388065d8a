using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>What a column of the contract is for.</summary>
public enum ContractRole
{
    /// <summary>Says whose, when or which: the rows' keys, and what is told of a participation or an exit.</summary>
    Fixed = 1,

    /// <summary>Known of a person before event time 0.</summary>
    Covariate = 2,

    /// <summary>Followed per person and period.</summary>
    Measure = 3,
}

/// <summary>One column that a submission may have, with everything that the contract says of it.</summary>
/// <param name="Code">The column's name in the file.</param>
/// <param name="Part">The file.</param>
/// <param name="Role">What it is for.</param>
/// <param name="Name">Its name.</param>
/// <param name="Aliases">Other headings that are taken for it.</param>
/// <param name="Type">How it is stored.</param>
/// <param name="Unit">Its unit; "–" when it has none.</param>
/// <param name="Range">What values it may have.</param>
/// <param name="Categories">The allowed texts with the Swedish and English words for them; empty when it is no category.</param>
/// <param name="Direction">Which way is better; "–" when the question has no meaning.</param>
/// <param name="OwningSource">Who owns the figure.</param>
/// <param name="BudgetItem">The budget line that a change moves.</param>
/// <param name="IsRequired">Whether every row must have a value.</param>
/// <param name="Scope">Where it may be used.</param>
public sealed record ContractTableRow(
    string Code,
    SubmissionPart Part,
    ContractRole Role,
    BilingualText Name,
    IReadOnlyList<string> Aliases,
    BilingualText Type,
    BilingualText Unit,
    BilingualText Range,
    IReadOnlyList<CategoryWord> Categories,
    BilingualText Direction,
    BilingualText OwningSource,
    BilingualText BudgetItem,
    bool IsRequired,
    CatalogueScope Scope);

/// <summary>A text that a category may have.</summary>
/// <param name="Code">The text as it stands in the file.</param>
/// <param name="Sv">The Swedish word.</param>
public sealed record CategoryWord(string Code, string Sv);
