using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>
/// Every rule of the contract, in one table. What the municipality's check and the hub's check say is said here and nowhere else.
/// </summary>
public static class ContractRules
{
    /// <summary>The table, in the order in which findings are shown.</summary>
    public static IReadOnlyList<ContractRule> All { get; } =
    [
        ManifestRules.Malformed,
        ManifestRules.TooLarge,
        ManifestRules.Version,
        ManifestRules.UnknownProperty,
        ManifestRules.MissingProperty,
        ManifestRules.InvalidValue,
        ManifestRules.OpenData,
        ManifestRules.OrganisationNotCaller,
        ManifestRules.PseudonymKey,
        FileRules.Undeclared,
        FileRules.Missing,
        FileRules.Size,
        FileRules.Hash,
        FileRules.NotParquet,
        FileRules.Truncated,
        FileRules.Malformed,
        FileRules.Unsupported,
        FileRules.Limit,
        FileRules.Empty,
        FileRules.Rows,
        FileRules.IdentityNumber,
        SchemaRules.MissingColumn,
        SchemaRules.UnknownColumn,
        SchemaRules.WrongType,
        SchemaRules.TeachingOnly,
        SchemaRules.NotOwnMeasure,
        SchemaRules.NoMeasure,
        RowRules.NullValue,
        RowRules.PersonIdMalformed,
        RowRules.PersonErased,
        RowRules.MunicipalityUnknown,
        RowRules.MunicipalityNotOwn,
        RowRules.PeriodNotCovered,
        RowRules.PeriodWithoutRows,
        RowRules.DuplicateObservation,
        RowRules.NotFinite,
        RowRules.NotWhole,
        RowRules.OutOfRange,
        RowRules.UnknownCategory,
        RowRules.TooLong,
        RowRules.InterventionUnregistered,
        RowRules.PersonNotObserved,
        RowRules.EndBeforeStart,
        RowRules.DuplicateParticipation,
        SoftRules.MostlyMissing,
        SoftRules.ShiftedMean,
        SoftRules.ShiftedMissing,
        SoftRules.ShiftedZeros,
        SoftRules.RowsJump,
        SoftRules.PersonJump,
        SoftRules.Outliers,
        FileRules.MoreFindings,
    ];

    private static readonly FrozenDictionary<string, int> Order =
        All.Select((rule, at) => (rule.Code, at)).ToFrozenDictionary(p => p.Code, p => p.at, StringComparer.Ordinal);

    /// <summary>Finds the rule with a code.</summary>
    /// <param name="code">The code, as in <see cref="Finding.Rule"/>.</param>
    /// <param name="rule">The rule, when there is one.</param>
    public static bool TryFind(string code, [NotNullWhen(true)] out ContractRule? rule)
    {
        rule = Order.TryGetValue(code, out var at) ? All[at] : null;
        return rule is not null;
    }

    internal static int OrderOf(ContractRule rule) => Order[rule.Code];
}
