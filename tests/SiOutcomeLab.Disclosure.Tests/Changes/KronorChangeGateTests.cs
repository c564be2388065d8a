using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.Quantities;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Disclosure.Tests.Changes;

/// <summary>What may be told of why a saving changed: by the effect, by prices, and nothing of what is withheld.</summary>
public sealed class KronorChangeGateTests
{
    private static readonly KronorChangeGate Gate = new(StandardPolicy.Instance);

    [Fact]
    public void Release_EffectAndPricesNew_DividesByHand()
    {
        // 2023 prices: a day 4 900 × 403.70/335.92 = 5 888.69 and a month 75 045/6.6 × 403.70/415.01 = 11 060.55; 2024: 6 053.66 and 11 370.45.
        // Before −1.3 months and −7.9 days in 2023 prices; after −1.0 and −10 in 2024 prices.
        //   Municipality, 72 % of days and all of months: before 47 873.6, between 53 459.1, after 54 956.8.
        //   State institutions, 28 % of days:             before 13 025.8, between 16 488.3, after 16 950.2.
        // Together 60 899, 69 947 and 71 907, in steps of 100: 60 900, 69 900 and 71 900.
        var (before, after) = (Kronor(-1.3, -7.9, 2023), Kronor(-1.0, -10, 2024));

        var line = Release(before, after).Lines[0];

        Assert.Equal(SavingLine.EconomicValue, line.Line);
        Assert.Equal((60_900, 69_900, 71_900), Ends(line.Together));
        Assert.Equal((11_000m, 9_000m, 2_000m), (line.Together.Change, line.Together.OfEffect, line.Together.OfPrices));
        Assert.Equal([Actor.Municipality, Actor.StateInstitutions], line.ByActor.Select(a => a.Actor));
        Assert.Equal((47_900, 53_400, 55_000), Ends(line.ByActor[0].Division));
        Assert.Equal((5_500m, 1_600m), (line.ByActor[0].Division.OfEffect, line.ByActor[0].Division.OfPrices));
        Assert.Equal((13_000, 16_500, 16_900), Ends(line.ByActor[1].Division));
    }

    [Fact]
    public void Release_AnyTwoSavings_PartsAddUpToTheChangeAndRowsToTheWhole()
    {
        var random = new Random(7);
        for (var round = 0; round < 150; round++)
        {
            var (before, after) = (Drawn(random), Drawn(random));
            foreach (var gate in new[] { Gate, new KronorChangeGate(OpenDataPolicy.Instance) })
            {
                var change = Release(before, after, gate);
                Assert.Equal([SavingLine.EconomicValue, SavingLine.Marginal, SavingLine.BudgetReducible], change.Lines.Select(l => l.Line));
                foreach (var line in change.Lines)
                {
                    foreach (var d in line.ByActor.Select(a => a.Division).Append(line.Together))
                    {
                        Assert.Null(d.Obstacle);
                        Assert.Equal(d.Change, d.OfEffect + d.OfPrices);
                        Assert.Equal((decimal)d.After.Shown() - (decimal)d.Before.Shown(), d.Change);
                    }

                    Assert.Equal(line.Together.Change, line.ByActor.Sum(a => a.Division.Change));
                    Assert.Equal(line.Together.OfEffect, line.ByActor.Sum(a => a.Division.OfEffect));
                    Assert.Equal(line.Together.OfPrices, line.ByActor.Sum(a => a.Division.OfPrices));
                }
            }
        }
    }

    [Fact]
    public void Release_OnlyPricesNew_OwesTheEffectExactlyNothing()
    {
        var change = Release(Kronor(-1.3, -7.9, 2023), Kronor(-1.3, -7.9, 2024));

        Assert.All(Divisions(change), d => Assert.Equal((0m, d.Change), (d.OfEffect!.Value, d.OfPrices)));
        Assert.Contains(Divisions(change), d => d.OfPrices > 0);
        Assert.Equal(2, change.Prices.Count);
        Assert.All(change.Prices, p => Assert.Equal([PriceField.PriceLevel], p.Fields));
    }

    [Fact]
    public void Release_OnlyEffectNew_OwesPricesExactlyNothing()
    {
        var change = Release(Kronor(-1.3, -7.9, 2024), Kronor(-1.1, -9.3, 2024));

        Assert.All(Divisions(change), d => Assert.Equal((0m, d.Change), (d.OfPrices!.Value, d.OfEffect)));
        Assert.Contains(Divisions(change), d => d.OfEffect > 0);
        Assert.Empty(change.Prices);
    }

    [Fact]
    public void Release_DiscountedOtherwise_IsThePrices()
    {
        var change = Release(Kronor(-1.3, -7.9, 2024), Kronor(-1.3, -7.9, 2024, rate: DiscountRate.ThreeAndAHalfPercent));

        Assert.All(Divisions(change), d => Assert.Equal(0m, d.OfEffect));
        Assert.True(change.Lines[0].Together.OfPrices < 0);
    }

    [Theory]
    [InlineData(true, DivisionObstacle.BeforeWithheld)]
    [InlineData(false, DivisionObstacle.AfterWithheld)]
    public void Release_AnEndWithheld_DividesNothingAndTellsNothingBetween(bool isBefore, DivisionObstacle expected)
    {
        // Too few behind the effect on days: the whole saving is withheld.
        var few = SampleCosts.Result(days: SampleResult.Point with { Treated = 29 });
        var (before, after) = (
            Kronor(-1.3, -7.9, 2023, result: isBefore ? few : null), Kronor(-1.3, -7.9, 2024, result: isBefore ? null : few));

        var change = Release(before, after);

        Assert.Null(change.Obstacle);
        Assert.Equal(2, change.Prices.Count);
        Assert.All(Divisions(change), d => Assert.Equal((expected, null, null, null, null), (d.Obstacle, d.Between, d.Change, d.OfEffect, d.OfPrices)));
    }

    [Fact]
    public void Release_OneRowWithheld_LeavesTheOthersAndNoSum()
    {
        // Months fall on the municipality alone, and too few had any.
        var weak = SampleCosts.Enough with { PersonsWithAny = 4 };
        var change = Release(Kronor(-1.3, -7.9, 2023), Kronor(-1.0, -10, 2024, behindMonths: weak));

        foreach (var line in change.Lines.Take(2))
        {
            Assert.Equal(DivisionObstacle.AfterWithheld, line.ByActor[0].Division.Obstacle);
            Assert.Equal(DivisionObstacle.AfterWithheld, line.Together.Obstacle);
            Assert.Null(line.Together.Between);
            Assert.Null(line.ByActor[1].Division.Obstacle);
            Assert.Equal(line.ByActor[1].Division.Change, line.ByActor[1].Division.OfEffect + line.ByActor[1].Division.OfPrices);
        }
    }

    // The state's institutions paid for months in the earlier prices alone: too few behind those, though both ends are shown.
    [Fact]
    public void Release_OnlyTheEarlierPricesRestOnFew_WithholdsWhatLiesBetween()
    {
        var weak = SampleCosts.Enough with { PersonsWithAny = 4 };
        var before = Kronor(-1.3, -7.9, 2024, edit: p => p.Measure == SampleCosts.Days ? p : p with { Split = [Whole(p, Actor.StateInstitutions)] });
        var after = Kronor(-1.0, -10, 2024, behindMonths: weak);

        var row = Release(before, after).Lines[0].ByActor.Single(a => a.Actor == Actor.StateInstitutions).Division;

        Assert.True(row.Before.IsShown && row.After.IsShown);
        Assert.Equal((DivisionObstacle.BetweenWithheld, SuppressionReason.FewPersons), (row.Obstacle, row.Between!.Value.Suppression));
        Assert.Equal((null, null), (row.OfEffect, row.OfPrices));
        Assert.NotNull(row.Change);

        static SplitPart Whole(PriceUsed p, Actor actor) => new(p.Split[0].Item with { Actor = actor }, 100m);
    }

    // Nobody pays for the later effect but the municipality, whose row is withheld; the earlier prices laid it on another.
    [Fact]
    public void Release_TheLaterSavingIsWithheldWhole_SaysNothingOfItAtEarlierPrices()
    {
        var few = SampleCosts.Result(SampleResult.Point with { Treated = 29 });
        var before = Kronor(-1.3, -7.9, 2024, edit: p => p with { Split = [new(p.Split[0].Item with { Actor = Actor.StateInstitutions }, 100m)] });

        var row = Release(before, Kronor(-1.0, null, 2024, result: few)).Lines[0].ByActor.Single(a => a.Actor == Actor.StateInstitutions).Division;

        Assert.True(row.Before.IsShown && row.After.IsShown);
        Assert.Equal((DivisionObstacle.BetweenWithheld, null, null), (row.Obstacle, row.OfEffect, row.OfPrices));
    }

    [Fact]
    public void Release_AMeasureLostItsPrice_DividesNoRowOfIt()
    {
        var after = Kronor(-1.0, null, 2024);
        var gap = new CostGap(CostGapKind.Incomplete, "teaching", SampleCosts.Days, "x", ["split"]);

        var change = Release(Kronor(-1.3, -7.9, 2024), after with { Costs = after.Costs with { Gaps = [gap] } });

        Assert.All(Divisions(change), d => Assert.Equal((DivisionObstacle.NotCountedNow, null), (d.Obstacle, d.OfEffect)));
        Assert.Equal(PriceRowChange.Removed, Assert.Single(change.Prices).Kind);
    }

    [Fact]
    public void Release_NothingToDivide_SaysWhy()
    {
        var some = Kronor(-1.3, -7.9, 2024).Costs;
        var none = some with { Saving = null };

        Assert.Equal(KronorObstacle.NotCostedBefore, Of(null, some).Obstacle);
        Assert.Equal(KronorObstacle.NotCostedAfter, Of(some, null).Obstacle);
        Assert.Equal(KronorObstacle.NoSavingBefore, Of(none, some).Obstacle);
        Assert.Equal(KronorObstacle.NoSavingAfter, Of(some, none).Obstacle);
        Assert.Equal(KronorObstacle.OtherYears, Of(some with { HorizonYears = 2 }, some).Obstacle);
        Assert.Equal(KronorObstacle.EffectsNotKept, Gate.Release(some, some, null).Value.Obstacle);
        Assert.Throws<ArgumentException>(() => Gate.Release(null, null, []));
        Assert.Throws<ArgumentException>(() => Of(some with { Terms = some.Terms with { UnitCostSet = "full-cost" } }, some));

        static ReleasedKronorChange Of(ReleasedCosts? before, ReleasedCosts? after)
        {
            var change = Gate.Release(before, after, []).Value;
            Assert.Empty(change.Lines);
            return change;
        }
    }

    private static (double Before, double Between, double After) Ends(ReleasedDivision d) => (d.Before.Shown(), d.Between!.Value.Shown(), d.After.Shown());

    private static IEnumerable<ReleasedDivision> Divisions(ReleasedKronorChange change) =>
        change.Lines.SelectMany(l => l.ByActor.Select(a => a.Division).Append(l.Together));

    private static ReleasedKronorChange Release(Side before, Side after, KronorChangeGate? gate = null) =>
        (gate ?? Gate).Release(before.Costs, after.Costs, after.Effects).Value;

    private static Side Drawn(Random random) => Kronor(
        Math.Round((random.NextDouble() - 0.7) * 6, 3),
        Math.Round((random.NextDouble() - 0.6) * 50, 3),
        random.Next(2020, 2025),
        random.Next(2) == 0 ? DiscountRate.None : DiscountRate.ThreeAndAHalfPercent,
        years: 2);

    // A saving of months and days, or of months alone, by the teaching prices, as the gate for kronor lets it out.
    private static Side Kronor(
        double months,
        double? days,
        int priceYear,
        DiscountRate? rate = null,
        Contributors? behindMonths = null,
        EvaluationResult? result = null,
        Func<PriceUsed, PriceUsed>? edit = null,
        int years = 1)
    {
        var register = UnitCostRegister.Shipped;
        var terms = new PriceTerms(register.FindSet("teaching")!, register.FindIndex("kpi")!, priceYear, SampleCosts.Prices.UsedOn);
        var quantities = new List<MeasureQuantity>();
        for (var year = 1; year <= years; year++)
        {
            quantities.Add(new(SampleCosts.Months, "months", year, months / year, 0.4, Provenance.Measured, behindMonths ?? SampleCosts.Enough));
            if (days is { } some) quantities.Add(new(SampleCosts.Days, "days", year, some / year, 2, Provenance.Measured, SampleCosts.Enough));
        }

        var set = new QuantitySet(quantities, CovarianceMatrix.WithoutSharedPersons([.. quantities.Select(q => q.StandardError)]));
        var saving = Saving.Of(new EffectQuantities("jobb", set, 65, Standing.Verified), terms, rate ?? DiscountRate.None)
            .Match(some => some, gaps => throw new InvalidOperationException($"{gaps[0].Kind}"));
        var costs = SampleCosts.Of();
        costs = costs with
        {
            Terms = costs.Terms with { PriceLevel = terms.Level, Rate = rate ?? DiscountRate.None },
            Prices = [.. saving.Prices.Select(PriceUsed.Of).Select(edit ?? (p => p))],
            Saving = costs.Saving! with
            {
                EconomicValue = MoneySummary.Of(saving.EconomicValue),
                Marginal = MoneySummary.Of(saving.Marginal),
                BudgetReducible = MoneySummary.Of(saving.BudgetReducible),
                BudgetReducibleLater = MoneySummary.Of(saving.BudgetReducibleLater),
            },
        };
        var of = result ?? SampleCosts.Result();
        var effects = new EffectGate(StandardPolicy.Instance).Release(of, _ => SampleResult.Months);
        return new Side(new CostGate(StandardPolicy.Instance).Release(costs, of, effects, DataPolicy.Standard).Value, set.Quantities);
    }

    private sealed record Side(ReleasedCosts Costs, IReadOnlyList<MeasureQuantity> Effects);
}
