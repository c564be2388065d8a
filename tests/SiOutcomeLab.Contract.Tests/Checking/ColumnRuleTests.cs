using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

public sealed class ColumnRuleTests
{
    [Fact]
    public async Task Check_RightSubmission_HasNoFinding()
    {
        var result = await new TestSubmission().CheckAsync();

        Assert.Empty(result.Findings);
        Assert.True(result.Accepted);
        Assert.Equal(8, result.ObservationRows);
        Assert.Equal(2, result.ParticipationRows);
        Assert.Equal(4, result.Persons);
    }

    [Theory]
    [InlineData("person_id")]
    [InlineData("municipality_code")]
    [InlineData("period_start")]
    public async Task Check_RequiredColumnMissing_IsNamed(string column)
    {
        var result = await new TestSubmission().Without(column).CheckAsync();

        FindingAssert.Has(result, "SCHEMA_MISSING_COLUMN", column);
        Assert.False(result.Accepted);
    }

    [Theory]
    [InlineData("namn")]
    [InlineData("Sex")]
    [InlineData("employment_months ")]
    public async Task Check_UnknownColumn_IsNamed(string column)
    {
        var result = await new TestSubmission().With(TableColumn.Text(column, [.. Enumerable.Repeat("a", 8)])).CheckAsync();

        FindingAssert.Only(result, "SCHEMA_UNKNOWN_COLUMN", column);
    }

    [Fact]
    public async Task Check_UnknownColumnWithControlCharacters_IsShownPrintable()
    {
        var result = await new TestSubmission().With(TableColumn.Text("a\r\nFORGED", [.. Enumerable.Repeat("a", 8)])).CheckAsync();

        FindingAssert.Only(result, "SCHEMA_UNKNOWN_COLUMN", "a??FORGED");
    }

    [Fact]
    public async Task Check_MoreUnknownColumnsThanAreTold_SaysHowManyMore()
    {
        var submission = new TestSubmission();
        for (var i = 0; i < 210; i++) submission.With(TableColumn.Numbers<int>("okand_" + i, new int[8]));

        var result = await submission.CheckAsync();

        Assert.Equal(201, result.Findings.Count);
        Assert.Equal(10, FindingAssert.Has(result, "MORE_FINDINGS").Count);
    }

    public static TheoryData<string, ParquetColumnSpec> WrongTypes => new()
    {
        { "period_start", ParquetColumnSpec.Of<int>("period_start") },
        { "municipality_code", ParquetColumnSpec.Of<int>("municipality_code") },
        { "person_id", ParquetColumnSpec.Of<int>("person_id") },
        { "birth_year", ParquetColumnSpec.Date("birth_year") },
        { "employment_months", new("employment_months", ParquetPhysicalType.Int32, ParquetLogicalType.Decimal, false, Precision: 4) },
    };

    [Theory]
    [MemberData(nameof(WrongTypes), DisableDiscoveryEnumeration = true)]
    public async Task Check_ColumnOfWrongType_IsNamed(string column, ParquetColumnSpec spec)
    {
        var result = await new TestSubmission().With(TableColumn.Of(spec, 8, g => g.WriteColumn<int>(new int[8]))).CheckAsync();

        FindingAssert.Has(result, "SCHEMA_WRONG_TYPE", column);
    }

    [Fact]
    public async Task Check_TeachingColumnFromRealMunicipality_IsRefused()
    {
        var result = await new TestSubmission().With(TableColumn.Numbers<int>("married", new int[8])).CheckAsync();

        FindingAssert.Only(result, "SCHEMA_TEACHING_ONLY", "married");
    }

    [Fact]
    public async Task Check_NoMeasure_IsOnlyAWarning()
    {
        var result = await new TestSubmission().Without("employment_months").Without("school_absence_percent").CheckAsync();

        FindingAssert.Only(result, "SCHEMA_NO_MEASURE");
        Assert.True(result.Accepted);
    }

    [Fact]
    public async Task Check_ManifestOfAnotherOrganisation_IsRefused()
    {
        var result = await new TestSubmission { Caller = new OrganisationId("1280") }.CheckAsync();

        FindingAssert.Only(result, "MANIFEST_ORGANISATION", "organisation");
    }
}
