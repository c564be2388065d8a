using System.Globalization;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract;

/// <summary>One rule of the follow-up data contract.</summary>
/// <param name="Code">Its stable code, e.g. <c>SCHEMA_UNKNOWN_COLUMN</c>.</param>
/// <param name="Severity">Whether breaking it refuses the submission.</param>
/// <param name="Explanation">What is wrong when it is broken; <c>{0}</c> and <c>{1}</c> stand for facts of the catalogue or the manifest,
/// never of a row.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record ContractRule(string Code, Severity Severity, BilingualText Explanation, BilingualText Remedy)
{
    /// <summary>The finding that this rule is broken.</summary>
    internal Finding At(SubmissionPart part, string? column, long count, IReadOnlyList<long> sampleRows, BilingualText[] facts) =>
        new(Code, Severity, part, column, count, sampleRows, Fill(Explanation, facts), Fill(Remedy, facts));

    private static BilingualText Fill(BilingualText text, BilingualText[] facts) => facts.Length == 0
        ? text
        : new BilingualText(
            string.Format(CultureInfo.InvariantCulture, text.Sv, [.. facts.Select(f => f.Sv)]),
            string.Format(CultureInfo.InvariantCulture, text.En, [.. facts.Select(f => f.En)]));
}
