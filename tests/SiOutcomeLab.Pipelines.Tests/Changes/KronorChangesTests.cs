using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Changes;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Pipelines.Changes;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Tests.Costing;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Changes;

/// <summary>Why a saving changed, from deliveries to kronor: by new data, by new prices, by both.</summary>
public sealed class KronorChangesTests
{
    private const string First = "11111111aaaa";
    private const string Second = "22222222bbbb";

    private static readonly EvaluationPlan Plan = CostWorld.Plan with { Sensitivity = [EstimatorKind.InversePropensity] };
    private static readonly CostingTerms Old = new(UnitCostRegister.Shipped, ["teaching"], "kpi", 2023, DiscountRate.ThreeAndAHalfPercent);
    private static readonly CostingTerms New = Old with { Register = Dearer(), PriceYear = 2024 };

    [Fact]
    public async Task Explain_OnlyPricesNew_OwesTheEffectExactlyNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await RunAsync(lab, First, Old, CostWorld.Draw());
        lab.Time.Now = lab.Time.Now.AddDays(30);
        await Costing(lab, New).ExecuteAsync(First, TestLab.Token);

        var change = await OneAsync(lab, First, First, new DateOnly(2026, 6, 15));

        Assert.All(Divisions(change), d => Assert.Equal((0m, d.Change), (d.OfEffect!.Value, d.OfPrices)));
        // Each day is dearer by 5 000/4 900 and by the index; months by the index alone.
        Assert.True(change.Lines[0].Together.OfPrices > 0);
        Assert.Equal(
            [("income_support_month", PriceField.PriceLevel, 1), ("sis_treatment_open_day", PriceField.Figure, 2)],
            change.Prices.Select(p => (p.Code, p.Fields[0], p.Fields.Count)));
        Assert.Equal((2023, 2024), (change.From!.Terms.PriceLevel.Year, change.To!.Terms.PriceLevel.Year));
    }

    [Fact]
    public async Task Explain_OnlyDataNew_OwesPricesExactlyNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await BothAsync(lab, Old, Old);

        var change = await OneAsync(lab, First, Second);

        Assert.All(Divisions(change), d => Assert.Equal((0m, d.Change), (d.OfPrices!.Value, d.OfEffect)));
        Assert.NotEqual(0m, change.Lines[0].Together.OfEffect);
        Assert.Empty(change.Prices);
    }

    // The second witness: the new data in the old prices is what a hub that never changed its prices would have shown.
    [Fact]
    public async Task Explain_BothNew_IsDividedWhereNewDataInOldPricesWouldHaveStood()
    {
        await using var lab = await TestLab.OpenAsync();
        await BothAsync(lab, Old, New);
        await using var unchanged = await TestLab.OpenAsync();
        await BothAsync(unchanged, Old, Old);

        var change = await OneAsync(lab, First, Second);
        var kept = (await unchanged.Catalogue.Costs.OfRunAsync(Second, Audience.Analyst, TestLab.Token)).Single().Release.Value.Saving!;

        foreach (var (line, money) in change.Lines.Zip([kept.EconomicValue, kept.Marginal, kept.BudgetReducible]))
        {
            Assert.Equal(money.Paid, line.Together.Between);
            Assert.Equal(money.ByActor.Select(a => a.Sek), line.ByActor.Select(a => a.Division.Between!.Value));
            Assert.Equal(line.Together.Change, line.Together.OfEffect + line.Together.OfPrices);
        }

        Assert.NotEqual(0m, change.Lines[0].Together.OfEffect);
        Assert.NotEqual(0m, change.Lines[0].Together.OfPrices);
    }

    [Fact]
    public async Task Explain_OnADay_TakesTheKronorThatStoodThen()
    {
        await using var lab = await TestLab.OpenAsync();
        await RunAsync(lab, First, Old, CostWorld.Draw());
        lab.Time.Now = lab.Time.Now.AddDays(30);
        await Costing(lab, New).ExecuteAsync(First, TestLab.Token);

        Assert.Equal(2023, (await OneAsync(lab, First, First, new DateOnly(2026, 6, 1))).From!.Terms.PriceLevel.Year);
        Assert.Equal(2023, (await OneAsync(lab, First, First, new DateOnly(2026, 6, 30))).From!.Terms.PriceLevel.Year);
        Assert.Equal(2024, (await OneAsync(lab, First, First, new DateOnly(2026, 7, 1))).From!.Terms.PriceLevel.Year);
        Assert.Equal(2024, (await OneAsync(lab, First, First)).From!.Terms.PriceLevel.Year);
        Assert.Equal(KronorObstacle.NotCostedBefore, (await OneAsync(lab, First, First, new DateOnly(2026, 5, 31))).Obstacle);
        // Another run that was put in kronor first after the day has its first kronor.
        await RunAsync(lab, Second, New, CostWorld.Draw());
        Assert.Equal(2023, (await OneAsync(lab, First, Second, new DateOnly(2026, 5, 31))).From!.Terms.PriceLevel.Year);
    }

    // Two price levels on one day, and a hub that goes back to the earlier one: both stand, each for its year.
    [Theory]
    [InlineData(2023)]
    [InlineData(2024)]
    public async Task Explain_SeveralThatStand_TakesTheOneOnTheTermsOfNow(int year)
    {
        await using var lab = await TestLab.OpenAsync();
        await RunAsync(lab, First, Old, CostWorld.Draw());
        await Costing(lab, New).ExecuteAsync(First, TestLab.Token);

        var change = (await Of(lab, year == 2023 ? Old : New).ExplainAsync(First, First, null, Audience.Analyst, TestLab.Token)).Single().Value;

        Assert.Equal((year, year), (change.From!.Terms.PriceLevel.Year, change.To!.Terms.PriceLevel.Year));
    }

    [Fact]
    public async Task Explain_KronorOfAnOlderHub_SaysThatTheyCannotBeDivided()
    {
        await using var lab = await TestLab.OpenAsync();
        await RunAsync(lab, First, Old, CostWorld.Draw());
        var kept = (await lab.Catalogue.Costs.OfRunAsync(First, Audience.Analyst, TestLab.Token)).Single().Release;
        var summary = JsonNode.Parse(await lab.Catalogue.Costs.SummaryAsync(kept.Value.Name, TestLab.Token))!;
        Assert.True(summary["Saving"]!.AsObject().Remove("Effects"));
        await using var other = await TestLab.OpenAsync();
        await RunAsync(other, First, null, CostWorld.Draw());
        await other.Catalogue.Costs.KeepAsync(new KeptCosts(First, Encoding.UTF8.GetBytes(summary.ToJsonString()), kept), TestLab.Token);

        Assert.Equal(KronorObstacle.EffectsNotKept, (await OneAsync(other, First, First)).Obstacle);
    }

    [Fact]
    public async Task Explain_NotInKronorOrForAnotherAudience_IsNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        await RunAsync(lab, First, null, CostWorld.Draw());
        Assert.Empty(await Of(lab).ExplainAsync(First, First, null, Audience.Analyst, TestLab.Token));
        await Costing(lab, Old).ExecuteAsync(First, TestLab.Token);

        Assert.Empty(await Of(lab).ExplainAsync(First, First, null, Audience.Public, TestLab.Token));
        Assert.Equal("standard-1", (await Of(lab).ExplainAsync(First, First, null, Audience.Analyst, TestLab.Token)).Single().RuleVersion);
    }

    private static IEnumerable<ReleasedDivision> Divisions(ReleasedKronorChange change)
    {
        Assert.Equal(3, change.Lines.Count);
        return change.Lines.SelectMany(l => l.ByActor.Select(a => a.Division).Append(l.Together));
    }

    private static KronorChanges Of(TestLab lab, CostingTerms? terms = null) => new(lab.Catalogue.Costs, terms ?? New, Policies.For);

    private static async Task<ReleasedKronorChange> OneAsync(TestLab lab, string earlier, string later, DateOnly? stoodOn = null) =>
        (await Of(lab).ExplainAsync(earlier, later, stoodOn, Audience.Analyst, TestLab.Token)).Single().Value;

    // One delivery, and then another of the same persons with other outcomes.
    private static async Task BothAsync(TestLab lab, CostingTerms before, CostingTerms after)
    {
        await RunAsync(lab, First, before, CostWorld.Draw());
        var first = (await lab.Catalogue.Submissions.InProjectAsync(Plan.Project, TestLab.Token)).Single();
        await lab.Catalogue.Submissions.WithdrawAsync(first.Organisation, first.Id, lab.Time.Now, TestLab.Token);
        await RunAsync(lab, Second, after, CostWorld.Draw(seed: 6));
    }

    private static async Task RunAsync(TestLab lab, string runId, CostingTerms? terms, CostWorld world)
    {
        if (runId == First) await lab.RegisterAsync(Plan);
        if (!(await lab.Catalogue.Submissions.InProjectAsync(Plan.Project, TestLab.Token)).Any(s => s.State == SubmissionState.Live))
        {
            await lab.CommitAsync(world.Delivery());
        }

        await lab.Executor().ExecuteAsync((await lab.EnqueueAsync(Plan, runId)).Id, TestLab.Token);
        if (terms is not null) await Costing(lab, terms).ExecuteAsync(runId, TestLab.Token);
    }

    private static RunCosting Costing(TestLab lab, CostingTerms terms) =>
        new(lab.Catalogue, lab.Lake, lab.FollowUp, terms, Policies.For, lab.Time, NullLogger<RunCosting>.Instance);

    // The shipped register with one figure raised.
    private static UnitCostRegister Dearer()
    {
        var shipped = RegisterFiles.Shipped();
        var raised = shipped with { UnitCosts = shipped.UnitCosts.Replace("day,4900,2020", "day,5000,2020", StringComparison.Ordinal) };
        Assert.NotEqual(shipped.UnitCosts, raised.UnitCosts);
        return UnitCostRegisterReader.Read(raised).Register!;
    }
}
