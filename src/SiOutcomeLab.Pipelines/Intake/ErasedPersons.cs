using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake.Rewriting;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>The finding that a file holds rows about persons whom their owner has had erased. Only the hub can tell: it has their digests.</summary>
internal static class ErasedPersons
{
    private const string Rule = "PERSON_ERASED";

    /// <summary>What is found in the files as they were written for the lake; none when all persons may come in.</summary>
    public static IReadOnlyList<Finding> Findings(LakeRewriter observations, LakeRewriter? participations)
    {
        var findings = new List<Finding>();
        if (observations.ForbiddenRows > 0) findings.Add(Of(observations, SubmissionPart.Observations));
        if (participations is { ForbiddenRows: > 0 }) findings.Add(Of(participations, SubmissionPart.Participations));
        return findings;
    }

    private static Finding Of(LakeRewriter file, SubmissionPart part)
    {
        if (!ContractRules.TryFind(Rule, out var rule)) throw new InvalidOperationException($"The contract has no rule {Rule}.");
        return new Finding(rule.Code, rule.Severity, part, "person_id", file.ForbiddenRows, file.FirstForbidden, rule.Explanation, rule.Remedy);
    }
}
