using SiOutcomeLab.Contract.Tests.Building;
using SiOutcomeLab.Datasets.Files;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Parquet;

namespace SiOutcomeLab.Contract.Tests.Checking;

/// <summary>An identity number is named as one wherever it hides, and never repeated in a finding.</summary>
public sealed class IdentityNumberRuleTests
{
    private const string Rule = "IDENTITY_NUMBER";

    private static string?[] People(int row, string text)
    {
        string?[] people =
            [.. Enumerable.Range(0, TestSubmission.Persons).SelectMany(p => new[] { TestSubmission.Person(p), TestSubmission.Person(p) })];
        people[row - 1] = text;
        return people;
    }

    [Theory]
    [InlineData("196408233234", true)]
    [InlineData("19640823-3234", true)]
    [InlineData("640823-3234", true)]
    [InlineData("6408233234", true)]
    [InlineData("701063-2391", false)]
    [InlineData("000101-T220", false)]
    public async Task Check_NumberInPersonId_IsNamedAsThat(string number, bool dictionary)
    {
        var result = await new TestSubmission { Options = new ParquetWriterOptions { UseDictionary = dictionary } }
            .With(TableColumn.Text("person_id", People(3, number)))
            .CheckAsync();

        var finding = FindingAssert.Only(result, Rule, "person_id");
        Assert.Equal([3L], finding.SampleRows);
        Assert.Equal(1, finding.Count);
        Assert.False(result.Accepted);
    }

    [Fact]
    public async Task Check_NumberAsIntegerPersonId_IsWrongTypeAndIdentityNumber()
    {
        var result = await new TestSubmission { Participations = null }
            .With(TableColumn.Numbers<long>("person_id", [.. Enumerable.Repeat(196408233234L, 8)]))
            .CheckAsync();

        FindingAssert.Has(result, "SCHEMA_WRONG_TYPE", "person_id");
        Assert.Equal(8, FindingAssert.Has(result, Rule, "person_id").Count);
    }

    [Theory]
    [InlineData("municipality_code")]
    [InlineData("sex")]
    public async Task Check_NumberInAClosedList_IsNamedAsThat(string column)
    {
        var texts = Enumerable.Repeat<string?>(column == "sex" ? "man" : "0180", 8).ToArray();
        texts[1] = "6408233234";

        var result = await new TestSubmission().With(TableColumn.Text(column, texts)).CheckAsync();

        Assert.Equal([2L], FindingAssert.Only(result, Rule, column).SampleRows);
    }

    [Theory]
    [InlineData(196408233234L)]
    [InlineData(197010632391L)]
    public async Task Check_TwelveDigitsInAMeasure_IsNamedAsThat(long number)
    {
        var whole = await new TestSubmission().With(TableColumn.Numbers("employment_months", [0, 1, number, 0, 0, 0, 0, 0])).CheckAsync();
        var real = await new TestSubmission()
            .With(TableColumn.Numbers("school_absence_percent", [0, 1, (double)number, 0, 0, 0, 0, 0]))
            .CheckAsync();

        Assert.Equal([3L], FindingAssert.Only(whole, Rule, "employment_months").SampleRows);
        Assert.Equal([3L], FindingAssert.Only(real, Rule, "school_absence_percent").SampleRows);
    }

    [Fact]
    public async Task Check_UnknownColumnFullOfTenDigitNumbers_IsBoth()
    {
        // 640823-323x with different serials, each with its control digit.
        long[] numbers = [6408233234, 6408233218, 6408233226, 6408233242, 6408233259, 6408233267, 6408233275, 6408233283];

        var result = await new TestSubmission().With(TableColumn.Numbers("nr", numbers)).CheckAsync();

        FindingAssert.Has(result, "SCHEMA_UNKNOWN_COLUMN", "nr");
        Assert.True(FindingAssert.Has(result, Rule, "nr").Count >= 3);
    }

    [Fact]
    public async Task Check_GroupIdWithNumber_IsRefused_AndInnocentGroupIdsAreNot()
    {
        var hit = await new TestSubmission().WithParticipation(TableColumn.Text("group_id", ["klass 640823-3234", "b"])).CheckAsync();
        var innocent = await new TestSubmission()
            .WithParticipation(TableColumn.Text("group_id", ["0123456789", "550e8400-e29b-41d4-a716-446655440000"]))
            .CheckAsync();

        FindingAssert.Only(hit, Rule, "group_id");
        Assert.Empty(innocent.Findings);
    }

    [Fact]
    public async Task Check_NumberInColumnName_IsRefusedWithoutRepeatingIt()
    {
        var result = await new TestSubmission().With(TableColumn.Numbers<int>("x6408233234", new int[8])).CheckAsync();

        FindingAssert.Has(result, Rule, "#8");
        FindingAssert.Has(result, "SCHEMA_UNKNOWN_COLUMN", "#8");
        Assert.DoesNotContain(result.Findings, f => f.ToString().Contains("6408233234", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("note", "made for 640823-3234", null)]
    [InlineData("640823-3234", "x", null)]
    [InlineData("note", "x", "export by 19640823-3234")]
    public async Task Check_NumberInMetadata_IsRefused(string key, string value, string? createdBy)
    {
        var result = await new TestSubmission
        {
            Participations = null,
            Options = new ParquetWriterOptions { KeyValueMetadata = [new(key, value)], CreatedBy = createdBy },
        }.CheckAsync();

        FindingAssert.Only(result, Rule);
    }

    [Fact]
    public async Task Check_NumberInADictionaryEntryThatNoRowUses_IsRefused()
    {
        // Our writer drops unused entries, so the third row's code is changed in the finished file: width 2, one packed run, codes 0 1 2 1
        // 0 1 0 1.
        byte[] codes = [2, 3, 0b01_10_01_00, 0b01_00_01_00];
        var submission = new TestSubmission
        {
            Options = new ParquetWriterOptions { Codec = ParquetCodec.Uncompressed, WriteChecksums = false },
            Damage = bytes =>
            {
                var at = bytes.AsSpan().IndexOf(codes);
                Assert.True(at > 0, "The writer packs codes in another way than this test expects.");
                bytes[at + 2] = 0b01_00_01_00;
                return bytes;
            },
        };
        string?[] sex = ["woman", "man", "640823-3234", "man", "woman", "man", "woman", "man"];

        var result = await submission.With(TableColumn.Text("sex", sex)).CheckAsync();

        var finding = FindingAssert.Only(result, Rule, "sex");
        Assert.Empty(finding.SampleRows);
        Assert.Equal(1, finding.Count);
    }

    [Fact]
    public async Task Check_NumberInManifestText_IsRefused()
    {
        var manifest = (await File.ReadAllTextAsync(
            Path.Combine(RepositoryFolder.Datasets, "nsw", "manifest.json"), TestContext.Current.CancellationToken))
            .Replace("teaching only", "contact 640823-3234", StringComparison.Ordinal);

        var reading = SubmissionManifest.Read(System.Text.Encoding.UTF8.GetBytes(manifest));

        var finding = Assert.Single(reading.Findings);
        Assert.Equal(Rule, finding.Rule);
        Assert.Equal("legal_basis", finding.Column);
        Assert.Equal(SubmissionPart.Manifest, finding.Part);
        Assert.Null(reading.Manifest);
    }
}
