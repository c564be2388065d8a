using SiOutcomeLab.Contract;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Tests.Reading;

public sealed class ShippedRegisterTests
{
    private static readonly UnitCostRegister Register = UnitCostRegister.Shipped;

    [Fact]
    public void Shipped_EveryRowOfTheFile_IsRead()
    {
        // The file's own lines, counted without our reader: no field of it holds a line break.
        var lines = RegisterFiles.Shipped().UnitCosts.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length - 1;

        Assert.Equal(lines, Register.Sets.Sum(s => s.Rows.Count));
        Assert.Equal(["published", "municipal-fee", "full-cost", "norrkoping-2016", "teaching"], Register.Sets.Select(s => s.Code));
    }

    [Fact]
    public void Shipped_PublishedFiguresAlone_CarryNoMoney()
    {
        // No source says what is marginal or cashable, so a set in which nothing is assumed cannot price anything.
        var published = Register.FindSet("published")!;

        Assert.Empty(published.Complete);
        Assert.All(published.Rows, r => Assert.Contains("marginal_share", r.Missing));
        Assert.Equal(21, published.Rows.Count);
    }

    [Fact]
    public void Shipped_EverySetWithAssumptions_IsCompleteAndSaysSo()
    {
        var assumed = Register.Sets.Where(s => s.Code != "published").SelectMany(s => s.Rows).ToList();

        Assert.Equal(12, assumed.Count);
        Assert.All(assumed, r => Assert.NotNull(r.Complete));
        Assert.All(assumed, r => Assert.Equal(Provenance.Assumed, r.Complete!.SharesProvenance));
        Assert.All(assumed, r => Assert.Contains("Assumed here", r.Note, StringComparison.Ordinal));
    }

    [Fact]
    public void Shipped_EveryMeasure_IsInTheCatalogueInThatUnit()
    {
        var priced = Register.Sets.SelectMany(s => s.Rows).Where(r => r.Measure is not null).ToList();

        Assert.NotEmpty(priced);
        Assert.All(priced, r =>
        {
            Assert.True(MeasureCatalogue.Current.TryFind(r.Measure!.Value.Code, out var measure), $"{r.Code}: no such measure.");
            Assert.Equal(measure.UnitEn, r.MeasureUnit);
        });
    }

    [Fact]
    public void Shipped_EveryRow_NamesItsSource() =>
        Assert.All(Register.Sets.SelectMany(s => s.Rows), r => Assert.True(r.Source.Length > 5, $"{r.Code} names no source."));

    [Fact]
    public void Shipped_TeachingSet_PricesEveryNationalMeasureThatMovesABudgetButSchoolAbsence()
    {
        var moving = MeasureCatalogue.Current.All.Where(m => m.BudgetItem is not null).Select(m => m.Code.Code).Except(["school_absence_percent"]);

        Assert.Equal(moving.Order(), Register.FindSet("teaching")!.Complete.Select(c => c.Measure.Code).Order());
    }

    [Fact]
    public void Shipped_BudgetItems_ThatTheCatalogueNamesHaveItsNames()
    {
        string[] shared = ["income_support", "child_placement", "sickness_benefit", "psychiatric_outpatient_care", "police_and_courts", "unemployment_benefit"];
        var named = MeasureCatalogue.Current.All.Select(m => m.BudgetItem).OfType<Domain.BilingualText>().ToList();

        Assert.All(shared, code => Assert.Contains(Register.BudgetItems.Single(i => i.Code == code).Name, named));
    }

    [Fact]
    public void ContentHash_OneChangedFigure_IsAnotherAndLineEndsAreNot()
    {
        var files = RegisterFiles.Shipped();
        string Hash(RegisterFiles f) => UnitCostRegisterReader.Read(f).Register!.ContentHash;

        Assert.Equal(64, Register.ContentHash.Length);
        Assert.Equal(Register.ContentHash, Hash(files with { PriceIndex = files.PriceIndex.Replace("\n", "\r\n", StringComparison.Ordinal) }));
        Assert.NotEqual(Register.ContentHash, Hash(files with { PriceIndex = files.PriceIndex.Replace("403.70", "403.71", StringComparison.Ordinal) }));
        Assert.NotEqual(Register.ContentHash, Hash(files with { UnitCosts = files.UnitCosts.Replace("75045", "75046", StringComparison.Ordinal) }));
    }

    [Fact]
    public void Shipped_SiSFullCost_IsTheFeeWithItsSubsidy()
    {
        // stat-inst.se: the fee is subsidised by 28 %, so 72 % of the full cost is the fee.
        var fee = Register.FindSet("municipal-fee")!.Rows.Single(r => r.Measure == Samples.Sample.Placement).Sek;
        var full = Register.FindSet("full-cost")!.Rows.Single(r => r.Measure == Samples.Sample.Placement).Complete!;

        Assert.Equal(fee, full.Sek * full.Split.PercentOf(Actor.Municipality) / 100m);
        Assert.Equal(28m, full.Split.PercentOf(Actor.StateInstitutions));
    }

    [Fact]
    public void Shipped_IncomeSupport_IsTheTotalOverTheHouseholds()
    {
        // Socialstyrelsen: 10 916 Mkr over 145 456 households; the published mean is within what rounding to whole Mkr explains.
        var row = Register.FindSet("published")!.Rows.Single(r => r.Code == "income_support_household_year");

        Assert.InRange(row.Sek!.Value, 10_915_500_000m / 145_456m, 10_916_500_000m / 145_456m);
    }

    [Fact]
    public void Shipped_Kpi_YearMeanIsTheMeanOfItsMonths()
    {
        // SCB's months of 2023, typed from its table.
        decimal[] months = [391.50m, 395.82m, 398.08m, 399.93m, 401.19m, 405.49m, 405.67m, 405.97m, 408.05m, 409.07m, 410.35m, 413.34m];

        Assert.Equal(Samples.Sample.Kpi.Rows.Single(r => r.Year == 2023).Value, decimal.Round(months.Average(), 2));
        Assert.True(Samples.Sample.Kpi.Rows.Single(r => r.Year == 2024).IsProvisional);
    }
}
