using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

public sealed class RunCostingTests
{
    private const string Run = "11111111aaaa";

    private static readonly CostingTerms Terms = new(UnitCostRegister.Shipped, ["teaching", "full-cost"], "kpi", 2024, DiscountRate.ThreeAndAHalfPercent);

    [Fact]
    public async Task Execute_SucceededRun_KeepsBothBaselinesAndTheSavingBySet()
    {
        await using var lab = await RunAsync();
        Assert.Equal([Run], await DueAsync(lab, Terms));

        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);

        Assert.Empty(await DueAsync(lab, Terms));
        var kept = await ListAsync(lab);
        Assert.Equal(["full-cost", "teaching"], kept.Select(k => k.Value.Terms.UnitCostSet));
        foreach (var (costs, place) in kept.Select((k, i) => (k.Value, i)))
        {
            Assert.True(costs.TargetGroup!.Paid.IsShown && costs.Counterfactual!.Paid.IsShown && costs.Saving!.EconomicValue.Paid.IsShown);
            Assert.Equal([Actor.Municipality, Actor.StateInstitutions], costs.Saving.Marginal.ByActor.Select(a => a.Actor));
            Assert.Equal((Run, "ips", Standing.Verified), (costs.Plan!.RunId, costs.Plan.Method, costs.Saving.Standing));
            Assert.Equal(CostWorld.Plan.Id, costs.Subject);
            // A household's support is one person's in one set and shared by two in the other; days cost the same.
            Assert.Equal(place == 0 ? 0.5 : 1, Half(costs.TargetGroup.Transfers, kept[1].Value.TargetGroup!.Transfers), 0.01);
        }
    }

    [Fact]
    public async Task Execute_Kept_IsTheRunsOwnPlanCostsAndReadsBackToTheByte()
    {
        await using var lab = await RunAsync();
        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);

        var name = (await ListAsync(lab))[1].Value.Name;
        var bytes = (await lab.Catalogue.Costs.SummaryAsync(name, TestLab.Token))!;
        var costs = JsonSerializer.Deserialize<PlanCosts>(bytes, DomainJson.Options)!;

        Assert.Equal(bytes, JsonSerializer.SerializeToUtf8Bytes(costs, DomainJson.Options));
        var own = (await CostWorld.Draw().CostAsync(CostWorld.Plan)).Costs;
        Assert.Equal(own.Saving!.EconomicValue.Paid, costs.Saving!.EconomicValue.Paid);
        Assert.Equal(own.TargetGroup!.PerPersonYear.ByActor, costs.TargetGroup!.PerPersonYear.ByActor);
        Assert.Equal(own.Counterfactual!.Winsorised, costs.Counterfactual!.Winsorised);
        Assert.Equal(own.Prices.Select(p => (p.Code, p.PerMeasureUnit)), costs.Prices.Select(p => (p.Code, p.PerMeasureUnit)));
        Assert.Equal(new DateOnly(2026, 6, 1), costs.Terms.UsedOn);
    }

    [Fact]
    public async Task Execute_StoppedHalfWay_LeavesNothingAndIsFoundAgain()
    {
        await using var lab = await RunAsync();
        using var stop = new CancellationTokenSource();
        var stopping = new InterruptedLake(lab.Lake, stop.CancelAsync);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Of(lab, Terms, stopping).ExecuteAsync(Run, stop.Token));

        Assert.Empty(await ListAsync(lab));
        Assert.Equal([Run], await DueAsync(lab, Terms));
        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);
        Assert.Equal(2, (await ListAsync(lab)).Count);
    }

    [Fact]
    public async Task Due_NewSetPriceLevelOrRate_IsDueOnceMore()
    {
        await using var lab = await RunAsync();
        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);
        var first = (await ListAsync(lab))[1].Value.Name;

        foreach (var terms in new[]
        {
            Terms with { Sets = ["teaching", "municipal-fee"] },
            Terms with { PriceYear = 2023 },
            Terms with { Rate = DiscountRate.None },
        })
        {
            Assert.Equal([Run], await DueAsync(lab, terms));
            await Of(lab, terms).ExecuteAsync(Run, TestLab.Token);
            Assert.Empty(await DueAsync(lab, terms));
        }

        // The undiscounted ones stand for 2024 now; what they took the place of is still there by its name.
        var current = await ListAsync(lab);
        Assert.Equal(
            [("full-cost", 2023), ("full-cost", 2024), ("municipal-fee", 2024), ("teaching", 2023), ("teaching", 2024)],
            current.Select(c => (c.Value.Terms.UnitCostSet, c.Value.Terms.PriceLevel.Year)).Order());
        Assert.DoesNotContain(first, current.Select(c => c.Value.Name));
        Assert.NotNull(await lab.Catalogue.Costs.FindAsync(first, Audience.Analyst, TestLab.Token));
    }

    [Fact]
    public async Task Execute_DataTakenBackSince_IsGivenUp()
    {
        await using var lab = await RunAsync();
        var submission = (await lab.Catalogue.Submissions.InProjectAsync(CostWorld.Plan.Project, TestLab.Token)).Single();
        await lab.Catalogue.Submissions.WithdrawAsync(submission.Organisation, submission.Id, lab.Time.Now, TestLab.Token);

        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);

        Assert.Empty(await ListAsync(lab));
        Assert.Empty(await DueAsync(lab, Terms));
    }

    [Fact]
    public async Task Execute_AlwaysFailing_IsLeftToASteward()
    {
        await using var lab = await RunAsync();
        var terms = Terms with { Sets = ["teaching"] };
        for (var attempt = 1; attempt <= RunCosting.MaximumAttempts; attempt++)
        {
            Assert.Equal([Run], await DueAsync(lab, terms));
            await Of(lab, terms, new InterruptedLake(lab.Lake, () => throw new IOException("gone"))).ExecuteAsync(Run, TestLab.Token);
        }

        Assert.Empty(await DueAsync(lab, terms));
        Assert.Empty(await ListAsync(lab));

        // The steward has mended the lake. What was never given up, or never begun, is not started anew.
        Assert.Equal(["teaching"], await new CostingRestart(lab.Catalogue, Terms).RestartAsync(Run, TestLab.Token));
        Assert.Empty(await new CostingRestart(lab.Catalogue, Terms).RestartAsync(Run, TestLab.Token));
        Assert.Equal([Run], await DueAsync(lab, terms));
        await Of(lab, terms).ExecuteAsync(Run, TestLab.Token);
        Assert.Single(await ListAsync(lab));
        Assert.Empty(await new CostingRestart(lab.Catalogue, Terms).RestartAsync(Run, TestLab.Token));
    }

    [Fact]
    public async Task Execute_NothingPriced_KeepsTheGaps()
    {
        var plan = CostWorld.Plan with { Primary = new OutcomeDefinition(new MeasureCode("earnings_sek"), 2, OutcomeSummary.SumToHorizon), Secondaries = null };
        await using var lab = await RunAsync(plan);

        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);

        Assert.Empty(await DueAsync(lab, Terms));
        Assert.All(await ListAsync(lab), c => Assert.Equal((null, 1), (c.Value.Saving, c.Value.Gaps.Count)));
    }

    [Fact]
    public async Task Execute_RunThatHasNotSucceeded_IsLeftAlone()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(CostWorld.Draw().Delivery());
        await lab.RegisterAsync(CostWorld.Plan);
        await lab.EnqueueAsync(CostWorld.Plan, Run);

        await Of(lab, Terms).ExecuteAsync(Run, TestLab.Token);
        await Of(lab, Terms).ExecuteAsync("no-such-run", TestLab.Token);

        Assert.Empty(await ListAsync(lab));
        Assert.Empty(await DueAsync(lab, Terms));
    }

    private static async Task<TestLab> RunAsync(EvaluationPlan? plan = null)
    {
        var lab = await TestLab.OpenAsync();
        await lab.CommitAsync(CostWorld.Draw().Delivery());
        // With a second estimator beside the headline, so that the result may be verified.
        plan ??= CostWorld.Plan with { Sensitivity = [EstimatorKind.InversePropensity] };
        await lab.RegisterAsync(plan);
        var run = await lab.EnqueueAsync(plan, Run);
        await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        return lab;
    }

    private static RunCosting Of(TestLab lab, CostingTerms terms, ILake? lake = null) => new(
        lab.Catalogue, lake ?? lab.Lake, lake is null ? lab.FollowUp : new(1L << 30, 2), terms, Policies.For, lab.Time, NullLogger<RunCosting>.Instance);

    private static Task<IReadOnlyList<string>> DueAsync(TestLab lab, CostingTerms terms) => new DueCosts(lab.Catalogue, terms).FindAsync(TestLab.Token);

    private static Task<IReadOnlyList<Released<ReleasedCosts>>> ListAsync(TestLab lab) =>
        lab.Catalogue.Costs.ListAsync(new CostFilter(), Audience.Analyst, null, 100, TestLab.Token);

    private static double Half(Cell of, Cell whole) => of.TryGet(out var a) && whole.TryGet(out var b) ? a / b : double.NaN;
}
