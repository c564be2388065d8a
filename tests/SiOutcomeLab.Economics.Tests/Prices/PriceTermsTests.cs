using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Tests.Samples;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Economics.Words;

namespace SiOutcomeLab.Economics.Tests.Prices;

public sealed class PriceTermsTests
{
    [Fact]
    public void For_IncomeSupport_IsTheHouseholdsYearOverItsMonths()
    {
        // By hand: 75 045 kr for a household's year with support in 6.6 months of it; one person answers for it: 11 370.45 kr a month.
        var price = Assert.Single(Sample.Told(Sample.Terms("municipal-fee", 2024).For(Sample.Support, "months")));

        Assert.Equal(11370.45m, decimal.Round(price.PerMeasureUnit, 2));
        Assert.Equal(Provenance.Assumed, price.Provenance);
    }

    [Fact]
    public void For_PlacementDay_IsUpratedByTheIndexRowThatItNames()
    {
        // By hand: 3 528 · 403.70 / 335.92 = 1 424 253.6 / 335.92 = 4 239.86.
        var price = Assert.Single(Sample.Told(Sample.Terms("municipal-fee", 2023).For(Sample.Placement, "days")));

        Assert.Equal(4239.86m, decimal.Round(price.PerMeasureUnit, 2));
        Assert.Equal(("kpi", 2020, 335.92m, 2023, 403.70m), (price.Uprating.Index, price.Uprating.From.Year, price.Uprating.From.Value, price.Uprating.To.Year, price.Uprating.To.Value));
        Assert.False(price.Uprating.IsProvisional);
    }

    [Theory]
    [InlineData("municipal-fee")]
    [InlineData("full-cost")]
    [InlineData("norrkoping-2016")]
    public void PerMeasureUnit_EveryPriceAndYear_AgreesWithExactFractions(string set)
    {
        foreach (var year in Sample.Kpi.Rows)
        {
            var terms = Sample.Terms(set, year.Year);
            foreach (var cost in UnitCostRegister.Shipped.FindSet(set)!.Complete)
            {
                var price = Assert.Single(Sample.Told(terms.For(cost.Measure, cost.MeasureUnit)));
                var exact = cost.Conversion.Steps.Aggregate(
                    Rational.Of(cost.Sek), (r, s) => s.Divides ? r / Rational.Of(s.Factor) : r * Rational.Of(s.Factor));
                exact = exact * Rational.Of(year.Value) / Rational.Of(price.Uprating.From.Value);

                // A decimal holds 28 digits and one division rounds once; amounts here have at most 5 before the point.
                Assert.True(exact.From(price.PerMeasureUnit) < 1e-22);
            }
        }
    }

    [Fact]
    public void For_ProvisionalIndexRow_ShadesWhatWasMeasured()
    {
        var uprating = Sample.Kpi.Between(2023, 2024)!;

        Assert.True(uprating.IsProvisional);
        Assert.False(Sample.Kpi.Between(2024, 2024)!.IsProvisional);
    }

    [Fact]
    public void Apply_ThereAndBack_IsTheSameAmount()
    {
        foreach (var from in Sample.Kpi.Rows)
        {
            foreach (var to in Sample.Kpi.Rows)
            {
                var there = Sample.Kpi.Between(from.Year, to.Year)!.Apply(75_045m);
                var back = Sample.Kpi.Between(to.Year, from.Year)!.Apply(there);

                // Two divisions of 28 digits each; the grid of amounts is 10⁻¹⁰.
                Assert.True(Math.Abs(back - 75_045m) < 1e-20m);
            }
        }
    }

    [Fact]
    public void For_EachKindOfGap_IsToldWithWhatIsMissing()
    {
        Check(CostGapKind.NoUnitCost, [], Sample.Terms("municipal-fee", 2023).For(Sample.SickLeave, "days"));
        Check(CostGapKind.SeveralUnitCosts, 6, Sample.Terms("published", 2023).For(Sample.Placement, "days"));
        Check(
            CostGapKind.Incomplete,
            ["conversion", "conversion_basis", "marginal_share", "cashable_share", "cashable_lag_years", "shares_basis"],
            Sample.Terms("published", 2023).For(Sample.Support, "months"));
        Check(CostGapKind.UnitDiffers, ["days"], Sample.Terms("full-cost", 2023).For(Sample.Placement, "months"));
        Check(CostGapKind.OutsideValidity, [], Sample.Terms("full-cost", 2023, usedOn: new DateOnly(2031, 1, 1)).For(Sample.Placement, "days"));
        Check(CostGapKind.OutsideValidity, [], Sample.Terms("full-cost", 2023, usedOn: new DateOnly(2019, 12, 31)).For(Sample.Placement, "days"));
        Check(CostGapKind.IndexHasNoYear, ["2025"], Sample.Terms("full-cost", 2025).For(Sample.Placement, "days"));
        Check(CostGapKind.UnknownUnitCost, ["nothing"], Chosen("published", "nothing"));
    }

    [Fact]
    public void For_LastAndFirstDayOfUse_AreWithin()
    {
        Sample.Told(Sample.Terms("full-cost", 2023, usedOn: new DateOnly(2030, 12, 31)).For(Sample.Placement, "days"));
        Sample.Told(Sample.Terms("full-cost", 2023, usedOn: new DateOnly(2020, 1, 1)).For(Sample.Placement, "days"));
    }

    [Fact]
    public void For_ChosenIncompleteRow_IsRefusedAllTheSame()
    {
        var gap = Assert.Single(Sample.Refused(Chosen("published", "sis_acute_day")));

        Assert.Equal((CostGapKind.Incomplete, "sis_acute_day"), (gap.Kind, gap.UnitCost));
    }

    [Fact]
    public void GapWords_EveryKind_HasWordsThatNameTheSet() => Assert.All(Enum.GetValues<CostGapKind>(), kind =>
    {
        var words = GapWords.Say(new CostGap(kind, "full-cost", Sample.Placement, "day", ["split"]));
        Assert.Contains("full-cost", words.Sv, StringComparison.Ordinal);
        Assert.Contains("full-cost", words.En, StringComparison.Ordinal);
    });

    private static Costable<IReadOnlyList<UnitPrice>> Chosen(string set, string code) => new PriceTerms(
        UnitCostRegister.Shipped.FindSet(set)!, Sample.Kpi, 2023, Sample.Today, new Dictionary<MeasureCode, IReadOnlyList<string>> { [Sample.Placement] = [code] })
        .For(Sample.Placement, "days");

    private static void Check(CostGapKind kind, int count, Costable<IReadOnlyList<UnitPrice>> answer)
    {
        var gap = Assert.Single(Sample.Refused(answer));
        Assert.Equal((kind, count), (gap.Kind, gap.Missing.Count));
    }

    private static void Check(CostGapKind kind, string[] missing, Costable<IReadOnlyList<UnitPrice>> answer)
    {
        var gap = Assert.Single(Sample.Refused(answer));
        Assert.Equal(kind, gap.Kind);
        Assert.Equal(missing, gap.Missing);
    }
}
