using System.Globalization;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>The finding that a submission's pseudonyms are made with another key than its project's.</summary>
internal static class PinnedKey
{
    private const string Rule = "MANIFEST_PSEUDONYM_KEY";

    /// <param name="pinned">The project's key.</param>
    public static Finding Finding(string pinned)
    {
        if (!ContractRules.TryFind(Rule, out var rule)) throw new InvalidOperationException($"The contract has no rule {Rule}.");
        return new Finding(
            rule.Code,
            rule.Severity,
            SubmissionPart.Manifest,
            "pseudonym_key",
            1,
            [],
            new BilingualText(Fill(rule.Explanation.Sv, pinned), Fill(rule.Explanation.En, pinned)),
            new BilingualText(Fill(rule.Remedy.Sv, pinned), Fill(rule.Remedy.En, pinned)));
    }

    private static string Fill(string text, string key) => string.Format(CultureInfo.InvariantCulture, text, key);
}
