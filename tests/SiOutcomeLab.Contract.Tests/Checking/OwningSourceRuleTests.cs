using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Contract.Tests.Checking;

public sealed class OwningSourceRuleTests
{
    [Fact]
    public async Task CheckAsync_MeasureOfAnotherSource_IsRefusedByColumnAndOwner()
    {
        var result = await new TestSubmission().With(Visits()).CheckAsync();

        var finding = FindingAssert.Only(result, "MEASURE_NOT_OWN", "psychiatry_visits");
        Assert.Contains("regionen", finding.Explanation.Sv, StringComparison.Ordinal);
        Assert.Contains("the region", finding.Explanation.En, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("region-skane", 0)]
    [InlineData("scb", 0)]
    [InlineData("polismyndigheten", 1)]
    [InlineData("nobody-known", 1)]
    [InlineData("9911", 0)]
    public async Task CheckAsync_VisitsToARegionsCare_AreTakenFromItAndFromThoseWhoSendForIt(string sender, int findings)
    {
        var organisation = new OrganisationId(sender);
        var submission = new TestSubmission { Caller = organisation, Organisation = organisation }
            .Without("employment_months").Without("school_absence_percent").With(Visits());
        if (organisation.IsMunicipality) submission.With(TableColumn.Text("municipality_code", [.. Enumerable.Repeat(sender, 8)]));

        var result = await submission.CheckAsync();

        Assert.Equal(findings, result.Findings.Count(f => f.Rule == "MEASURE_NOT_OWN"));
        Assert.Equal(findings, result.Findings.Count);
    }

    [Fact]
    public void Register_HasTheTwentyOneRegionsAndNoCodeOfAMunicipality()
    {
        var register = OrganisationRegister.Current;

        Assert.Equal(21, register.All.Count(o => o.SendsFor is [OwningSource.Region]));
        Assert.All(register.All, o =>
        {
            Assert.True(CodeRule.IsValid(o.Code));
            Assert.False(new OrganisationId(o.Code).IsMunicipality);
            Assert.NotEmpty(o.SendsFor);
        });
        var owners = MeasureCatalogue.Current.All.Select(m => m.OwningSource).Where(s => s is not (OwningSource.Municipality or OwningSource.Teaching));
        Assert.All(owners, owner => Assert.Contains(register.All, o => o.SendsFor.Contains(owner)));
    }

    private static TableColumn Visits() => TableColumn.Numbers<int>("psychiatry_visits", [.. Enumerable.Range(0, 8)]);
}
