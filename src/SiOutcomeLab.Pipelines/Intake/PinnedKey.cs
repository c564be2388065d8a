using System.Globalization;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>The finding that a submission's pseudonyms are made with another key than its project's.</summary>
internal static class PinnedKey
{
    private const string Rule = "MANIFEST_PSEUDONYM_KEY";

    /// <param name="pinned">The project's key; null when its first submission named none.</param>
    public static Finding Finding(string? pinned)
    {
        if (!ContractRules.TryFind(Rule, out var rule)) throw new InvalidOperationException($"The contract has no rule {Rule}.");
        var (sv, en) = (pinned ?? "ingen angiven", pinned ?? "none named");
        return new Finding(
            rule.Code,
            rule.Severity,
            SubmissionPart.Manifest,
            "pseudonym_key",
            1,
            [],
            new BilingualText(Fill(rule.Explanation.Sv, sv), Fill(rule.Explanation.En, en)),
            new BilingualText(Fill(rule.Remedy.Sv, sv), Fill(rule.Remedy.En, en)));
    }

    private static string Fill(string text, string key) => string.Format(CultureInfo.InvariantCulture, text, key);
}
