using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract;

/// <summary>What it takes to turn a table with identity numbers into a file of the contract.</summary>
/// <param name="Key">The project's key.</param>
/// <param name="Organisation">Who sends; a municipality's code fills the column for it when the table has none.</param>
/// <param name="PeriodLength">The length of the submission's periods.</param>
/// <param name="BornBy">The last day of the last period: decides the century of ten-digit numbers, and nobody is born after it.</param>
public sealed record PseudonymiseOptions(ProjectKey Key, OrganisationId Organisation, PeriodLength PeriodLength, DateOnly BornBy)
{
    /// <summary>The contract's column for a heading, where the heading is not one of its names; null for a column to leave out.</summary>
    public IReadOnlyDictionary<string, string?> Columns { get; init; } = new Dictionary<string, string?>();

    /// <summary>Column by column, the contract's text for a text of the table.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Values { get; init; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>();

    /// <summary>Texts that mean that nothing is known, beside the empty cell.</summary>
    public IReadOnlySet<string> NullTexts { get; init; } = new HashSet<string>();

    /// <summary>Whether rows that cannot be taken are left out; false refuses the table for them.</summary>
    public bool SkipInvalid { get; init; }
}
