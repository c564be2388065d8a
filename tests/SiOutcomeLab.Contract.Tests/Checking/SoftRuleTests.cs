using System.Text;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>Each soft rule is broken by one made fault, and all of them are silent on seeded innocent data.</summary>
public sealed class SoftRuleTests
{
    [Fact]
    public async Task Check_InnocentSubmissions_AreSeldomWarnedOf()
    {
        // A hundred made organisations, four periods each, with seasons, growth and persons who differ, against two years before.
        var warned = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var earlier = new List<SubmissionFigures>();
            for (var year = 2022; year < 2024; year++)
            {
                earlier.Add((await new SoftSubmission(seed, year).CheckAsync()).Figures!);
            }

            warned += (await new SoftSubmission(seed, 2024).CheckAsync(earlier)).Findings.Count > 0 ? 1 : 0;
        }

        Assert.InRange(warned, 0, 2);
    }

    [Theory]
    [InlineData("MEASURE_SHIFTED_MEAN", "employment_months")]
    [InlineData("MEASURE_SHIFTED_MEAN", "earnings_sek")]
    [InlineData("MEASURE_SHIFTED_MISSING", "employment_months")]
    [InlineData("MEASURE_SHIFTED_ZEROS", "employment_months")]
    [InlineData("MEASURE_MOSTLY_MISSING", "employment_months")]
    [InlineData("MEASURE_PERSON_JUMP", "earnings_sek")]
    [InlineData("MEASURE_OUTLIERS", "earnings_sek")]
    [InlineData("PERIOD_ROWS_JUMP", "period_start")]
    public async Task Check_OneMadeFault_IsWarnedOf(string rule, string column)
    {
        var earlier = new[] { (await new SoftSubmission(1, 2022).CheckAsync()).Figures!, (await new SoftSubmission(1, 2023).CheckAsync()).Figures! };
        var faulty = new SoftSubmission(1, 2024);
        faulty.Break(rule, column);

        var result = await faulty.CheckAsync(earlier);

        Assert.True(result.Accepted);
        var finding = FindingAssert.Has(result, rule, column);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Equal(SubmissionPart.Observations, finding.Part);
    }

    [Fact]
    public async Task Check_FirstSubmission_IsHeldAgainstItsOwnOtherPeriods()
    {
        var faulty = new SoftSubmission(2, 2024);
        faulty.Scale("earnings_sek", quarter: 2, by: 0.001);

        Assert.Contains("2024-Q3", FindingAssert.Has(await faulty.CheckAsync(), "MEASURE_SHIFTED_MEAN", "earnings_sek").Explanation.Sv, StringComparison.Ordinal);
        Assert.Empty((await new SoftSubmission(2, 2024).CheckAsync()).Findings);
    }

    [Fact]
    public async Task Check_FewPersons_NothingIsJudgedOrKept()
    {
        var few = new SoftSubmission(3, 2024, persons: 12);
        few.Scale("earnings_sek", quarter: 2, by: 0.001);

        var result = await few.CheckAsync();

        Assert.Empty(result.Findings);
        Assert.All(result.Figures!.Periods, p => Assert.Equal(0, p.Rows));
        Assert.All(result.Figures.Periods.SelectMany(p => p.Measures), m => Assert.Null(m.Mean));
    }

    [Fact]
    public async Task Figures_AreThoseOfTheRows()
    {
        var submission = new SoftSubmission(4, 2024);

        var figures = (await submission.CheckAsync()).Figures!;

        Assert.Equal(4, figures.Periods.Count);
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var values = submission.Values("earnings_sek", quarter);
            var observed = values.OfType<double>().ToArray();
            var mean = observed.Average();
            var found = figures.Periods[quarter].Measures.Single(m => m.Measure == "earnings_sek");
            Assert.Equal(values.Count, figures.Periods[quarter].Rows);
            Assert.Equal(observed.Length, found.Observed);
            Assert.Equal(1 - ((double)observed.Length / values.Count), found.Missing!.Value, 12);
            Assert.Equal(mean, found.Mean!.Value, 8);
            Assert.Equal(Math.Sqrt(observed.Sum(v => (v - mean) * (v - mean)) / (observed.Length - 1)), found.Sd!.Value, 8);
            Assert.Equal(observed.Count(v => v == 0) / (double)observed.Length, found.Zeros!.Value, 12);
        }
    }

    [Theory]
    [InlineData(200)]
    [InlineData(12)]
    public async Task Figures_AsJson_AreReadBackAndOthersRefused(int persons)
    {
        var figures = (await new SoftSubmission(5, 2024, persons).CheckAsync()).Figures!;
        var json = figures.ToJson();

        Assert.Equal(json, Assert.Single(SubmissionFigures.Read(json)).ToJson());
        Assert.Equal(2, SubmissionFigures.Read([.. "["u8, .. json, .. ","u8, .. json, .. "]"u8]).Count);
        foreach (var wrong in new[] { "", "{}", "[null]", "{\"schema_version\":2,\"periods\":[]}", "{\"schema_version\":1,\"periods\":[],\"x\":1}" })
        {
            Assert.Throws<FormatException>(() => SubmissionFigures.Read(Encoding.UTF8.GetBytes(wrong)));
        }
    }
}
