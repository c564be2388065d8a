using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Words;

namespace SiOutcomeLab.Economics.Tests.Reading;

public sealed class UnitCostRegisterReaderTests
{
    private const string Sets = "code,name_sv,name_en,publisher\nown,Egen,Own,Us\n";
    private const string Items = "code,actor,name_sv,name_en\nplacement,municipality,placering,placement\nsis,state_institutions,SiS,SiS\n";
    private const string Index = "index,name_sv,name_en,year,value,status,source\nkpi,KPI,CPI,2020,335.92,final,SCB\nkpi,KPI,CPI,2023,403.70,final,SCB\n";

    private static readonly string[] Columns =
    [
        "set", "code", "measure", "measure_unit", "name_sv", "name_en", "unit", "value_sek", "price_year", "kind", "conversion", "split", "grade",
        "value_basis", "conversion_basis", "split_basis", "marginal_share", "cashable_share", "cashable_lag_years", "shares_basis", "valid_from",
        "valid_to", "status", "source", "note",
    ];

    private static readonly Dictionary<string, string> Row = new()
    {
        ["set"] = "own", ["code"] = "day", ["measure"] = "placement_days", ["measure_unit"] = "days", ["name_sv"] = "Dygn", ["name_en"] = "Day",
        ["unit"] = "day", ["value_sek"] = "4900", ["price_year"] = "2020", ["kind"] = "real", ["conversion"] = "none",
        ["split"] = "placement:72|sis:28", ["grade"] = "official", ["value_basis"] = "measured", ["conversion_basis"] = "measured",
        ["split_basis"] = "measured", ["marginal_share"] = "0.8", ["cashable_share"] = "0.6", ["cashable_lag_years"] = "1",
        ["shares_basis"] = "assumed", ["valid_from"] = "2020-01-01", ["valid_to"] = "2030-12-31", ["status"] = "complete", ["source"] = "here",
        ["note"] = string.Empty,
    };

    [Fact]
    public void Read_SoundRow_IsComplete()
    {
        var reading = Read();

        Assert.Empty(reading.Findings);
        Assert.Equal(4900m, Assert.Single(reading.Register!.Sets[0].Complete).Sek);
    }

    [Theory]
    [InlineData("set", "theirs", RegisterRule.Unknown)]
    [InlineData("code", "Åker Å", RegisterRule.Code)]
    [InlineData("measure", "Placement Days", RegisterRule.Code)]
    [InlineData("name_sv", "", RegisterRule.Empty)]
    [InlineData("source", "", RegisterRule.Empty)]
    [InlineData("value_sek", "4 900", RegisterRule.Number)]
    [InlineData("value_sek", "\"4900,50\"", RegisterRule.Number)]
    [InlineData("value_sek", "1e3", RegisterRule.Number)]
    [InlineData("value_sek", "-1", RegisterRule.Range)]
    [InlineData("price_year", "2020.5", RegisterRule.Number)]
    [InlineData("price_year", "20", RegisterRule.Range)]
    [InlineData("kind", "Real", RegisterRule.Word)]
    [InlineData("kind", "1", RegisterRule.Word)]
    [InlineData("conversion", "persons*0", RegisterRule.Conversion)]
    [InlineData("conversion", "persons", RegisterRule.Conversion)]
    [InlineData("conversion", "*2", RegisterRule.Conversion)]
    [InlineData("conversion", "persons*2|", RegisterRule.Conversion)]
    [InlineData("split", "placement:72|sis:27", RegisterRule.Split)]
    [InlineData("split", "placement:72|sis:28.0000001", RegisterRule.Split)]
    [InlineData("split", "placement:50|placement:50", RegisterRule.Split)]
    [InlineData("split", "placement:100|sis:0", RegisterRule.Split)]
    [InlineData("split", "placement", RegisterRule.Split)]
    [InlineData("split", "placement:72|police:28", RegisterRule.Unknown)]
    [InlineData("grade", "good", RegisterRule.Word)]
    [InlineData("value_basis", "guess", RegisterRule.Word)]
    [InlineData("marginal_share", "1.1", RegisterRule.Range)]
    [InlineData("cashable_share", "0.9", RegisterRule.CashableAboveMarginal)]
    [InlineData("cashable_lag_years", "-1", RegisterRule.Range)]
    [InlineData("valid_from", "2020-13-01", RegisterRule.Date)]
    [InlineData("valid_to", "2019-12-31", RegisterRule.Validity)]
    [InlineData("status", "incomplete", RegisterRule.Status)]
    [InlineData("status", "done", RegisterRule.Status)]
    public void Read_OneFault_IsFoundThereAndOnlyThere(string column, string value, RegisterRule rule)
    {
        var reading = Read(Row.ToDictionary(p => p.Key, p => p.Key == column ? value : p.Value));

        Assert.Null(reading.Register);
        Assert.Equal(new RegisterFinding("unit_costs.csv", 2, column, rule), Assert.Single(reading.Findings));
        var words = FindingWords.Say(reading.Findings[0]);
        Assert.Contains($"rad 2, kolumn {column}", words.Sv, StringComparison.Ordinal);
        if (value.Length > 4 && column != "status") Assert.DoesNotContain(value, words.Sv + words.En, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NeededForMoney))]
    public void Read_EmptyColumn_MakesTheRowIncompleteAndNamesIt(string column)
    {
        var reading = Read(Row.ToDictionary(p => p.Key, p => p.Key == column ? string.Empty : p.Key == "status" ? "incomplete" : p.Value));

        var row = Assert.Single(reading.Register!.Sets[0].Rows);
        Assert.Null(row.Complete);
        Assert.Equal([column], row.Missing);
    }

    public static TheoryData<string> NeededForMoney() =>
        [.. Columns.Except(["set", "code", "name_sv", "name_en", "status", "source", "note"])];

    [Fact]
    public void Read_EmptyColumnButMarkedComplete_IsAFinding() => Assert.Equal(
        RegisterRule.Status, Assert.Single(Read(Row.ToDictionary(p => p.Key, p => p.Key == "split" ? string.Empty : p.Value)).Findings).Rule);

    [Fact]
    public void Read_SameCodeTwiceInASet_IsAFinding() =>
        Assert.Equal(new RegisterFinding("unit_costs.csv", 3, "code", RegisterRule.Doubled), Assert.Single(Read(Row, Row).Findings));

    [Fact]
    public void Read_SeveralFaults_AllAreTold()
    {
        var bad = new Dictionary<string, string>(Row) { ["value_sek"] = "x", ["split"] = "placement:1" };

        Assert.Equal(["value_sek", "split"], Read(Row, bad).Findings.Where(f => f.Line == 3).Select(f => f.Column).Except(["code"]));
    }

    [Fact]
    public void Read_OrderOfRows_DoesNotMatter()
    {
        var other = new Dictionary<string, string>(Row) { ["code"] = "another" };

        Assert.Equal(
            Read(Row, other).Register!.Sets[0].Rows.Select(r => r.Code),
            Read(other, Row).Register!.Sets[0].Rows.Select(r => r.Code));
    }

    [Fact]
    public void Read_HeaderWithoutAColumn_NamesIt()
    {
        var text = Text(Row).Replace("kind,", string.Empty, StringComparison.Ordinal);

        var findings = UnitCostRegisterReader.Read(new RegisterFiles(Sets, Items, text, Index)).Findings;

        Assert.Equal(new RegisterFinding("unit_costs.csv", 1, "kind", RegisterRule.Columns), Assert.Single(findings));
    }

    [Fact]
    public void Read_HeaderWithAnUnknownColumn_TellsItsPlaceAndNotItsText()
    {
        var finding = Assert.Single(UnitCostRegisterReader.Read(new RegisterFiles("code,name_sv,name_en,publisher,197001011234\n", Items, Text(), Index)).Findings);

        Assert.Equal(new RegisterFinding("unit_cost_sets.csv", 1, "5", RegisterRule.Columns), finding);
    }

    [Theory]
    [InlineData("own,Egen,Own\n")]
    [InlineData("own,Egen,Own,Us,more\n")]
    [InlineData("own,\"Egen,Own,Us\n")]
    public void Read_RowThatDoesNotFitTheHeader_IsAFinding(string row)
    {
        var findings = UnitCostRegisterReader.Read(new RegisterFiles("code,name_sv,name_en,publisher\n" + row, Items, Text(), Index)).Findings;

        Assert.Equal(new RegisterFinding("unit_cost_sets.csv", 2, string.Empty, RegisterRule.Fields), Assert.Single(findings));
    }

    [Theory]
    [InlineData("kpi,KPI,CPI,2023,403.70,final,SCB", "year", RegisterRule.Doubled)]
    [InlineData("kpi,KPI,CPI,2021,0,final,SCB", "value", RegisterRule.Range)]
    [InlineData("kpi,KPI,CPI,2021,343.19,maybe,SCB", "status", RegisterRule.Word)]
    [InlineData("kpi,KPI,CPI,,343.19,final,SCB", "year", RegisterRule.Empty)]
    [InlineData("kpi,KPI,CPI,2021,343.19,final,", "source", RegisterRule.Empty)]
    public void Read_IndexFault_IsFound(string row, string column, RegisterRule rule)
    {
        var findings = UnitCostRegisterReader.Read(new RegisterFiles(Sets, Items, Text(), Index + row + "\n")).Findings;

        Assert.Equal(new RegisterFinding("price_index.csv", 4, column, rule), Assert.Single(findings));
    }

    [Fact]
    public void Read_QuotedFieldWithCommasAndQuotationMarks_IsOneField()
    {
        var row = new Dictionary<string, string>(Row) { ["note"] = "\"a, b and \"\"c\"\"\"" };

        Assert.Equal("a, b and \"c\"", Read(row).Register!.Sets[0].Rows[0].Note);
    }

    [Fact]
    public void FindingWords_EveryRule_HasWords() =>
        Assert.All(Enum.GetValues<RegisterRule>(), r => Assert.EndsWith(".", FindingWords.Say(new RegisterFinding("f", 1, "c", r)).Sv, StringComparison.Ordinal));

    private static RegisterReading Read(params Dictionary<string, string>[] rows) =>
        UnitCostRegisterReader.Read(new RegisterFiles(Sets, Items, rows.Length == 0 ? Text(Row) : Text(rows), Index));

    private static string Text(params Dictionary<string, string>[] rows) =>
        string.Join('\n', [string.Join(',', Columns), .. rows.Select(r => string.Join(',', Columns.Select(c => r[c])))]) + "\n";
}
