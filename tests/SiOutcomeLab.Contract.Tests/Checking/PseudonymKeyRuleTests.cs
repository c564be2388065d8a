using SiOutcomeLab.Contract.Tests.Building;

namespace SiOutcomeLab.Contract.Tests.Checking;

public sealed class PseudonymKeyRuleTests
{
    private const string Pinned = "0123456789abcdef";

    [Theory]
    [InlineData(null)]
    [InlineData("fedcba9876543210")]
    public async Task CheckAsync_AnotherKeyThanTheProjects_IsRefusedByItsId(string? declared)
    {
        var submission = new TestSubmission { PinnedKey = Pinned, Declare = m => m with { PseudonymKey = declared } };

        var finding = FindingAssert.Only(await submission.CheckAsync(), "MANIFEST_PSEUDONYM_KEY", "pseudonym_key");

        Assert.Contains(Pinned, finding.Explanation.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Pinned, Pinned)]
    [InlineData(null, Pinned)]
    [InlineData(null, null)]
    public async Task CheckAsync_TheProjectsKeyOrNoneKnown_IsTaken(string? pinned, string? declared) =>
        Assert.Empty((await new TestSubmission { PinnedKey = pinned, Declare = m => m with { PseudonymKey = declared } }.CheckAsync()).Findings);
}
