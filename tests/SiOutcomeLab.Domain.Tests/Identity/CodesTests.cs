using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Tests.Identity;

public sealed class CodesTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("0180")]
    [InlineData("income_support_months")]
    [InlineData("job-support-2")]
    [InlineData("a-")]
    [InlineData("0123456789012345678901234567890123456789")]
    public void IsValid_ACode_IsTrue(string text) => Assert.True(CodeRule.IsValid(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("_a")]
    [InlineData("A")]
    [InlineData("aB")]
    [InlineData("å")]
    [InlineData("a b")]
    [InlineData(" a")]
    [InlineData("a ")]
    [InlineData("a.b")]
    [InlineData("a/b")]
    [InlineData("../a")]
    [InlineData("a\n")]
    [InlineData("a\r\n")]
    [InlineData("\na")]
    [InlineData("a\0")]
    [InlineData("٣")]
    [InlineData("01234567890123456789012345678901234567890")]
    public void IsValid_AnythingElse_IsFalse(string? text) => Assert.False(CodeRule.IsValid(text));

    [Theory]
    [InlineData("0180", true)]
    [InlineData("180", false)]
    [InlineData("01800", false)]
    [InlineData("018a", false)]
    [InlineData("٠١٨٠", false)]
    [InlineData("lab", false)]
    public void IsMunicipality_OnlyFourDigits_AreOne(string code, bool expected) => Assert.Equal(expected, new OrganisationId(code).IsMunicipality);

    [Fact]
    public void IsMunicipality_NoCode_IsFalse() => Assert.False(default(OrganisationId).IsMunicipality);

    [Fact]
    public void IsAny_HeldRolesAndAnonymous_AreTheCallers()
    {
        var caller = new Caller(new OrganisationId("0180"), "anna", new HashSet<Role> { Role.Analyst });

        Assert.True(caller.IsAny(Role.Analyst));
        Assert.True(caller.IsAny(Role.Steward, Role.Analyst));
        Assert.True(caller.IsAny(Role.Anonymous));
        Assert.False(caller.IsAny(Role.Steward, Role.Submitter));
        Assert.False(caller.IsAny());
        Assert.False(Caller.Nobody.IsAny(Role.Submitter, Role.Analyst, Role.Steward));
    }
}
