using System.Text.Json;
using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>
/// A finding may travel to logs and screens: whatever is wrong, it never carries a row's value or what the file's metadata say.
/// </summary>
public sealed class NoValueInFindingsTests
{
    private const string Marker = "QZXMARKER";
    private const long Number = 987_654_321_012;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Check_EveryColumnWrong_TellsNoValue(bool dictionary)
    {
        string?[] texts = [.. Enumerable.Range(0, 8).Select(i => Marker + i)];
        double[] numbers = [.. Enumerable.Repeat((double)Number, 8)];
        var submission = new TestSubmission
        {
            Options = new ParquetWriterOptions { UseDictionary = dictionary, KeyValueMetadata = [new(Marker, Marker)], CreatedBy = Marker },
        };
        foreach (var column in new[] { "person_id", "municipality_code", "sex", "education_level", "exit_reason", "okand", "birth_year" })
        {
            submission.With(TableColumn.Text(column, texts));
        }

        foreach (var column in new[] { "employment_months", "school_absence_percent", "household_type" })
        {
            submission.With(TableColumn.Numbers(column, numbers));
        }
        submission
            .With(TableColumn.Dates("period_start", [.. Enumerable.Repeat(new DateOnly(2777, 7, 7), 8)]))
            .WithParticipation(TableColumn.Text("person_id", [Marker, TestSubmission.Person(9)]))
            .WithParticipation(TableColumn.Text("intervention_code", [Marker, "jobb"]))
            .WithParticipation(TableColumn.Text("group_id", [Marker + new string('x', 80), Marker]))
            .WithParticipation(TableColumn.Dates("start_date", [new DateOnly(2777, 7, 7), new DateOnly(2024, 1, 1)]));

        var result = await submission.CheckAsync();

        Assert.True(result.Findings.Count >= 12, $"Only {result.Findings.Count} findings.");
        AssertSilent(result);
    }

    [Fact]
    public async Task Check_DamagedFile_TellsNoValue()
    {
        var size = new TestSubmission().Write(new TestSubmission().Observations).Length;
        for (var at = 5; at < size; at += 23)
        {
            var place = at;
            var submission = new TestSubmission
            {
                Options = new ParquetWriterOptions { KeyValueMetadata = [new(Marker, Marker)] },
                Damage = bytes =>
                {
                    bytes[place] ^= 0x10;
                    return bytes;
                },
            };
            submission.With(TableColumn.Text("exit_reason", [.. Enumerable.Repeat(Marker, 8)]));

            AssertSilent(await submission.CheckAsync());
        }
    }

    private static void AssertSilent(CheckResult result)
    {
        var text = JsonSerializer.Serialize(result.Findings);
        Assert.DoesNotContain(Marker, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("987654321", text, StringComparison.Ordinal);
        Assert.DoesNotContain("2777", text, StringComparison.Ordinal);
        for (var i = 0; i < 10; i++) Assert.DoesNotContain(TestSubmission.Person(i), text, StringComparison.Ordinal);
    }
}
