using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Contract.Tests.Building;

/// <summary>What tests say about findings.</summary>
internal static class FindingAssert
{
    /// <summary>The only finding is this rule's, in this column.</summary>
    public static Finding Only(CheckResult result, string rule, string? column = null)
    {
        var finding = Assert.Single(result.Findings);
        Assert.Equal(rule, finding.Rule);
        Assert.Equal(column, finding.Column);
        return finding;
    }

    /// <summary>One of the findings is this rule's, in this column.</summary>
    public static Finding Has(CheckResult result, string rule, string? column = null) =>
        Assert.Single(result.Findings, f => f.Rule == rule && f.Column == column);
}
