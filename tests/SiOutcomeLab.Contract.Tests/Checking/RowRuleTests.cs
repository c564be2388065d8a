using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

public sealed class RowRuleTests
{
    private static string?[] People() =>
        [.. Enumerable.Range(0, TestSubmission.Persons).SelectMany(p => new[] { TestSubmission.Person(p), TestSubmission.Person(p) })];

    private static T[] Rows<T>(T usual, params (int Row, T Value)[] odd)
    {
        var rows = Enumerable.Repeat(usual, 8).ToArray();
        foreach (var (row, value) in odd) rows[row - 1] = value;
        return rows;
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    [InlineData("abcdef0123456789abcdef0123456789abcdef0123456789abcdef01234567890")]
    public async Task Check_MalformedPersonId_TellsTheRow(string text)
    {
        var people = People();
        people[4] = text;

        var result = await new TestSubmission().With(TableColumn.Text("person_id", people)).CheckAsync();

        var finding = FindingAssert.Only(result, "PERSON_ID_MALFORMED", "person_id");

        Assert.Equal(1, finding.Count);
        Assert.Equal([5L], finding.SampleRows);
    }

    [Fact]
    public async Task Check_NullPersonId_TellsTheRow()
    {
        var people = People();
        people[7] = null;

        var result = await new TestSubmission().With(TableColumn.Text("person_id", people, optional: true)).CheckAsync();

        Assert.Equal([8L], FindingAssert.Only(result, "VALUE_MISSING", "person_id").SampleRows);
    }

    [Fact]
    public async Task Check_NullMunicipalityAndPeriod_TellsBoth()
    {
        DateOnly?[] days = [.. Enumerable.Range(0, 8).Select(i => (DateOnly?)TestSubmission.Quarters[i % 2].Start)];
        days[2] = null;

        var result = await new TestSubmission()
            .With(TableColumn.Text("municipality_code", Rows<string?>("0180", (3, null)), optional: true))
            .With(TableColumn.OptionalDates("period_start", days))
            .CheckAsync();

        Assert.Equal([3L], FindingAssert.Has(result, "VALUE_MISSING", "municipality_code").SampleRows);
        Assert.Equal([3L], FindingAssert.Has(result, "VALUE_MISSING", "period_start").SampleRows);
    }

    [Fact]
    public async Task Check_UnknownMunicipality_TellsTheRow()
    {
        var codes = Rows<string?>("0180", (2, "0181x"), (3, "180"));

        var result = await new TestSubmission().With(TableColumn.Text("municipality_code", codes)).CheckAsync();

        Assert.Equal([2L, 3L], FindingAssert.Only(result, "MUNICIPALITY_UNKNOWN", "municipality_code").SampleRows);
    }

    [Fact]
    public async Task Check_AnotherMunicipalityFromAMunicipality_IsRefused()
    {
        var result =
            await new TestSubmission().With(TableColumn.Text("municipality_code", Rows<string?>("0180", (6, "1280")))).CheckAsync();

        var finding = FindingAssert.Only(result, "MUNICIPALITY_NOT_OWN", "municipality_code");
        Assert.Equal([6L], finding.SampleRows);
        Assert.Contains("0180", finding.Explanation.Sv, StringComparison.Ordinal);
        Assert.DoesNotContain("1280", finding.Explanation.Sv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_AnyMunicipalityFromARegion_IsTaken()
    {
        var region = new OrganisationId("region-skane");

        var result = await new TestSubmission { Caller = region, Organisation = region }
            .Without("employment_months")
            .Without("school_absence_percent")
            .With(TableColumn.Numbers("psychiatry_visits", Rows(1L)))
            .With(TableColumn.Text("municipality_code", Rows<string?>("1280", (6, "1281"))))
            .CheckAsync();

        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Check_DayInsideAPeriodOrOutsideTheManifest_TellsTheRows()
    {
        DateOnly[] days = [.. Enumerable.Range(0, 8).Select(i => TestSubmission.Quarters[i % 2].Start)];
        days[1] = new DateOnly(2024, 4, 2);
        days[3] = new DateOnly(2024, 7, 1);

        var result = await new TestSubmission().With(TableColumn.Dates("period_start", days)).CheckAsync();

        Assert.Equal([2L, 4L], FindingAssert.Only(result, "PERIOD_NOT_COVERED", "period_start").SampleRows);
    }

    [Fact]
    public async Task Check_PeriodOfTheManifestWithoutRows_IsAWarningThatNamesIt()
    {
        Period[] periods = [.. TestSubmission.Quarters, new Period(PeriodLength.Quarter, (2024 * 4) + 3)];

        var result = await new TestSubmission { Periods = periods }.CheckAsync();

        var finding = FindingAssert.Only(result, "PERIOD_WITHOUT_ROWS", "period_start");
        Assert.Contains("2024-Q4", finding.Explanation.En, StringComparison.Ordinal);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.True(result.Accepted);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_DuplicatePersonPeriod_TellsTheLaterRow(bool dictionary)
    {
        var people = People();
        people[2] = people[0];

        var result = await new TestSubmission { Options = new ParquetWriterOptions { UseDictionary = dictionary } }
            .With(TableColumn.Text("person_id", people))
            .CheckAsync();

        Assert.Equal([3L], FindingAssert.Only(result, "OBSERVATION_DUPLICATE", "person_id").SampleRows);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task Check_MeasureNotFinite_TellsTheRow(double value)
    {
        var result = await new TestSubmission().With(TableColumn.Numbers("school_absence_percent", Rows(1.0, (4, value)))).CheckAsync();

        Assert.Equal([4L], FindingAssert.Only(result, "VALUE_NOT_FINITE", "school_absence_percent").SampleRows);
    }

    [Fact]
    public async Task Check_MeasureOutOfRange_TellsLimitsAndRowsNotValues()
    {
        var result = await new TestSubmission().With(TableColumn.Numbers("employment_months", Rows(1L, (1, -1), (8, 4)))).CheckAsync();

        var finding = FindingAssert.Only(result, "VALUE_OUT_OF_RANGE", "employment_months");
        Assert.Equal([1L, 8L], finding.SampleRows);
        Assert.Contains("0 to 3", finding.Explanation.En, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_NumbersAtTheLimits_AreTaken()
    {
        var result = await new TestSubmission()
            .With(TableColumn.Numbers("employment_months", Rows(0L, (1, 3L))))
            .With(TableColumn.Numbers("school_absence_percent", Rows(0f, (1, 100f))))
            .With(TableColumn.Numbers("birth_year", Rows(1900.0, (1, 2100.0))))
            .CheckAsync();

        Assert.Empty(result.Findings);
    }

    [Fact]
    public async Task Check_FractionInACount_TellsTheRow()
    {
        var result = await new TestSubmission().With(TableColumn.Numbers("employment_months", Rows(1.0, (2, 1.5)))).CheckAsync();

        Assert.Equal([2L], FindingAssert.Only(result, "VALUE_NOT_WHOLE", "employment_months").SampleRows);
    }

    [Fact]
    public async Task Check_CovariateOutOfRangeOrUnknown_IsTold()
    {
        var result = await new TestSubmission()
            .With(TableColumn.Numbers("birth_year", Rows(1980, (2, 80))))
            .With(TableColumn.Text("sex", Rows<string?>("man", (3, "M"), (5, "Man"))))
            .CheckAsync();

        Assert.Equal([2L], FindingAssert.Has(result, "VALUE_OUT_OF_RANGE", "birth_year").SampleRows);
        var category = FindingAssert.Has(result, "VALUE_UNKNOWN_CATEGORY", "sex");
        Assert.Equal([3L, 5L], category.SampleRows);
        Assert.Contains("woman, man", category.Explanation.Sv, StringComparison.Ordinal);
        Assert.Equal(2, result.Findings.Count);
    }

    [Fact]
    public async Task Check_ExitColumns_AreChecked()
    {
        DateOnly?[] days = new DateOnly?[8];
        days[0] = new DateOnly(2024, 3, 3);
        days[1] = new DateOnly(1800, 1, 1);

        var result = await new TestSubmission()
            .With(TableColumn.Text("exit_reason", Rows<string?>(null, (1, "moved"), (2, "flyttat")), optional: true))
            .With(TableColumn.OptionalDates("exit_date", days))
            .CheckAsync();

        Assert.Equal([2L], FindingAssert.Has(result, "VALUE_UNKNOWN_CATEGORY", "exit_reason").SampleRows);
        Assert.Equal([2L], FindingAssert.Has(result, "VALUE_OUT_OF_RANGE", "exit_date").SampleRows);
    }

    [Fact]
    public async Task Check_MoreRowsThanSamples_CountsAllAndShowsTen()
    {
        const int rows = 20_000;
        var submission = new TestSubmission { Participations = null };
        submission.Observations.Clear();
        submission
            .With(TableColumn.Text("person_id", [.. Enumerable.Range(0, rows).Select(i => Convert.ToHexStringLower(
                System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))))]))
            .With(TableColumn.Text("municipality_code", [.. Enumerable.Repeat("0180", rows)]))
            .With(TableColumn.Periods("period_start", [.. Enumerable.Range(0, rows).Select(i => TestSubmission.Quarters[i % 2])]))
            .With(TableColumn.Numbers<int>("employment_months", [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? 2 : 9)]));

        var result = await submission.CheckAsync();

        var finding = FindingAssert.Only(result, "VALUE_OUT_OF_RANGE", "employment_months");
        Assert.Equal(rows / 2, finding.Count);
        Assert.Equal([2L, 4, 6, 8, 10, 12, 14, 16, 18, 20], finding.SampleRows);
        Assert.Equal(rows, result.Persons);
    }
}
