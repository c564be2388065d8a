using System.Text;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Parquet;
using SiOutcomeLab.Contract.Tests.Building;

namespace SiOutcomeLab.Contract.Tests.Pseudonymising;

[Collection(nameof(MeasuredAlone))]
public sealed class TablePseudonymiserTests
{
    private static readonly string[] Headings = ["pnr", "Period", "KÖN", "FÖDELSEÅR", "Månader med ekonomiskt bistånd"];
    private static readonly ProjectKey Key = new(new ProjectId("prov"), DateTimeOffset.UnixEpoch, [.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private static readonly PseudonymiseOptions Options =
        new(Key, new OrganisationId("0180"), PeriodLength.Quarter, new DateOnly(2024, 12, 31));

    private static PseudonymisedTable Write(
        string[] headings,
        IEnumerable<string?[]> rows,
        out byte[] file,
        Func<PseudonymiseOptions, PseudonymiseOptions>? change = null,
        SubmissionPart part = SubmissionPart.Observations)
    {
        using var output = new MemoryStream();
        using var table = new ListTable(headings, rows);
        var made = TablePseudonymiser.Write(table, part, change?.Invoke(Options) ?? Options, output, TestContext.Current.CancellationToken);
        file = output.ToArray();
        return made;
    }

    [Fact]
    public void Write_GoodRows_AreTheContractsFile()
    {
        var made = Write(Headings, [["640823-3234", "2024K1", "kvinna", "1964", "2"], ["19640823-3234", "2024-Q2", "Woman", "1964", null]], out var file);

        Assert.Equal((2L, 0L, 0), (made.Rows, made.RowsLeftOut, made.Findings.Count));
        Assert.True(made.IsUsable(skipInvalid: false));
        using var reader = ParquetReader.Open(new MemoryStream(file));
        Assert.Equal(["person_id", "municipality_code", "period_start", "sex", "birth_year", "income_support_months"], reader.Schema.Columns.Select(c => c.Name));
        Assert.DoesNotContain("3234", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        var batch = new BytesBatch();
        using var persons = reader.OpenRowGroup(0).Bytes(0);
        persons.Read(batch, 2);
        Assert.True(batch[0].SequenceEqual(batch[1]));
        using var support = reader.OpenRowGroup(0).Column<long>(5);
        var (values, present) = (new long[2], new bool[2]);
        support.Read(values, present);
        Assert.Equal((2L, true, false), (values[0], present[0], present[1]));
    }

    [Fact]
    public void Write_BadRows_AreToldByKindColumnAndNumberAndNeverByValue()
    {
        string?[][] rows =
        [
            ["640823-3234", "2024K1", "K", "1964", "2"],
            ["640823-3235", "2024K1", "kvinna", "1964", "2"],
            ["", "2024K1", "kvinna", "1964", "två"],
            ["640823-3234", "idag", "kvinna", "1964,5", "2"],
            ["640823-3234", "2024K1", "kvinna", "1964"],
            ["640823-3234", "2024K1", "640823-3234", "1964", "2"],
            ["640823-3234", null, "kvinna", "1964", "2"],
        ];

        var made = Write(Headings, rows, out _);

        Assert.Equal((0L, 7L), (made.Rows, made.RowsLeftOut));
        Assert.Equal(
            [
                ("ROW_FIELD_COUNT", null, 5),
                ("NUMBER_MISSING", "person_id", 3),
                ("NUMBER_CONTROL_DIGIT", "person_id", 2),
                ("CELL_MISSING", "period_start", 7),
                ("CELL_NOT_A_PERIOD", "period_start", 4),
                ("CELL_UNKNOWN_CATEGORY", "sex", 1),
                ("CELL_IDENTITY_NUMBER", "sex", 6),
                ("CELL_NOT_WHOLE", "birth_year", 4),
                ("CELL_NOT_A_NUMBER", "income_support_months", 3),
            ],
            made.Findings.Select(f => (f.Rule, f.Column, (int)f.SampleRows.Single())));
        var told = string.Join('\n', made.Findings);
        foreach (var value in new[] { "640823", "3235", "två", "idag", "1964" }) Assert.DoesNotContain(value, told, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_BadRowsToLeaveOut_TheRestAreWrittenInOrder()
    {
        IEnumerable<string?[]> rows = Enumerable.Range(0, 10).Select(i => new string?[] { i % 3 == 0 ? "x" : "640823-3234", "2024K1", "man", "1964", $"{i % 4}" });

        var made = Write(Headings, rows, out var file, o => o with { SkipInvalid = true });

        Assert.Equal((6L, 4L), (made.Rows, made.RowsLeftOut));
        Assert.True(made.IsUsable(skipInvalid: true));
        Assert.False(made.IsUsable(skipInvalid: false));
        using var reader = ParquetReader.Open(new MemoryStream(file));
        var values = new long[6];
        using var support = reader.OpenRowGroup(0).Column<long>(5);
        support.Read(values, new bool[6]);
        Assert.Equal([1, 2, 0, 1, 3, 0], values);
    }

    [Fact]
    public void Write_AfterABadRow_NothingMoreIsWrittenUnlessRowsMayBeLeftOut()
    {
        string?[][] rows = [["x", "2024K1", "man", "1964", "1"], ["640823-3234", "2024K1", "man", "1964", "1"]];

        Assert.Equal(0, Write(Headings, rows, out _).Rows);
        Assert.Equal(1, Write(Headings, rows, out _, o => o with { SkipInvalid = true }).Rows);
    }

    [Fact]
    public void Write_SettingsWords_TranslateHeadingsValuesAndNulls()
    {
        var made = Write(
            ["Id", "När", "Kön", "Anteckning", "Bistånd"],
            [["640823-3234", "2024K1", "F", "fritext", "saknas"]],
            out var file,
            o => o with
            {
                Columns = new Dictionary<string, string?>
                {
                    ["id"] = "person_id", ["När"] = "period_start", ["ANTECKNING"] = null, ["Bistånd"] = "income_support_months",
                },
                Values = new Dictionary<string, IReadOnlyDictionary<string, string>> { ["sex"] = new Dictionary<string, string> { ["f"] = "woman" } },
                NullTexts = new HashSet<string> { "saknas" },
            });

        Assert.Equal((1L, 0), (made.Rows, made.Findings.Count));
        Assert.DoesNotContain("fritext", Encoding.Latin1.GetString(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_HeadingsThatCannotBeMatched_AreNamedSafely()
    {
        var unknown = Assert.Throws<SourceTableException>(() => Write([.. Headings, "Namn", "640823-3234"], [], out _));
        Assert.Equal(["Namn", "#7"], unknown.Details);
        var doubled = Assert.Throws<SourceTableException>(() => Write([.. Headings, "personnummer"], [], out _));
        Assert.Equal(["personnummer, pnr → person_id"], doubled.Details);
        var missing = Assert.Throws<SourceTableException>(() => Write(["Kön"], [], out _));
        Assert.Equal(2, missing.Details.Count);
        Assert.Throws<SourceTableException>(() => Write([.. Headings, "Ålder"], [], out _)); // teaching data only
    }

    [Fact]
    public void Write_Participations_AreTaken()
    {
        var made = Write(
            ["Personnummer", "Insats", "Startdatum", "Slutdatum", "Dos", "Fullföljd", "Grupp"],
            [["640823-3234", "jobb", "2024-02-01", "", "12,5", "ja", "vår a"], ["640823-3234", "Jobb!", "2024-02-01", "", "1", "kanske", "640823-3234"]],
            out _,
            part: SubmissionPart.Participations);

        Assert.Equal(1, made.Rows);
        Assert.Equal(["CELL_NOT_A_CODE", "CELL_NOT_A_FLAG", "CELL_IDENTITY_NUMBER"], made.Findings.Select(f => f.Rule));
    }

    [Fact]
    public void Write_MoreRowsThanARowGroup_AreInSeveral()
    {
        const int Rows = 200_000;
        string?[] row = ["640823-3234", "2024K1", "man", "1964", "1"];

        var made = Write(Headings, Enumerable.Repeat(row, Rows), out var file);

        Assert.Equal(Rows, made.Rows);
        using var reader = ParquetReader.Open(new MemoryStream(file));
        Assert.Equal((4, (long)Rows), (reader.RowGroupCount, reader.RowCount));
    }

    /// <summary>
    /// What lives, not what waits to be collected: that depends on the machine. Four row groups more have been written between the looks;
    /// a row held as four bytes would show, and the footer grows by some kB.
    /// </summary>
    [Fact]
    public void Write_ManyRowGroups_HoldsNoMoreThanOne()
    {
        var (first, last) = (0L, 0L);
        IEnumerable<string?[]> Many()
        {
            for (var i = 0; i < 6 * ColumnBuilder.MostRows; i++)
            {
                // In the midst of the second row group, when every buffer has been made, and at the same place in the last.
                if (i == (ColumnBuilder.MostRows * 3 / 2)) first = GC.GetTotalMemory(forceFullCollection: true);
                if (i == (ColumnBuilder.MostRows * 11 / 2)) last = GC.GetTotalMemory(forceFullCollection: true);
                yield return ["640823-3234", "2024K1", "man", "1964", $"{i % 4}"];
            }
        }

        using var table = new ListTable(Headings, Many());
        var made = TablePseudonymiser.Write(table, SubmissionPart.Observations, Options, Stream.Null, TestContext.Current.CancellationToken);

        TestContext.Current.SendDiagnosticMessage($"{first:N0} then {last:N0}; {made.Rows} rows");
        Assert.True(last - first < 4 * 4 * ColumnBuilder.MostRows, $"{last - first:N0} bytes more were held.");
    }

    [Fact]
    public void FixedColumns_AreTheContractsOwn()
    {
        var contract = ContractColumns.Observations(PeriodLength.Year).Concat(ContractColumns.Participations).DistinctBy(c => c.Name).ToList();

        Assert.All(FixedColumn.All, row =>
        {
            var column = Assert.Single(contract, c => c.Name == row.Code);
            Assert.Equal(column.Required, row.IsRequired);
            Assert.Equal(column.Categories, row.Categories);
            Assert.Equal(row.Categories.Count, row.CategoriesSv.Count);
        });
        Assert.Equal(SourceRules.All.Count, Enum.GetValues<SourceFault>().Length - 1);
        Assert.All(SourceRules.All, rule => Assert.False(ContractRules.TryFind(rule.Code, out _)));
    }
}
