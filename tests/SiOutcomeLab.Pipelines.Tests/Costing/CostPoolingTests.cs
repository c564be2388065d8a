using System.Text.Json;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Economics.Costs;
using SiOutcomeLab.Economics.Reading;
using SiOutcomeLab.Economics.Savings;
using SiOutcomeLab.Economics.UnitCosts;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Costing;

/// <summary>Five municipalities with one method, each with persons of its own.</summary>
public sealed class CostPoolingTests
{
    private const AllowedUses Uses = BenchmarkWorld.Uses;

    // With more or fewer who do not take part.
    private static readonly (string Code, int Others)[] Five = [("0380", 240), ("0580", 200), ("0680", 220), ("1880", 180), ("2480", 210)];

    private static readonly CostingTerms Terms = new(UnitCostRegister.Shipped, ["teaching", "full-cost"], "kpi", 2024, DiscountRate.ThreeAndAHalfPercent);

    [Fact]
    public async Task Make_OwnPersonsOnly_IsWhatThePartsSumToByHand()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, others) in Five) await AddAsync(lab, code, others);
        await PoolAsync(lab);

        foreach (var set in Terms.Sets)
        {
            // Each plan's own kronor, as its run was put in them.
            var parts = new List<PlanCosts>();
            foreach (var (code, _) in Five) parts.Add(await PartAsync(lab, PlanOf(code).Id, set));
            var (group, without) = (await PooledAsync(lab, set, BaselineKind.TargetGroup), await PooledAsync(lab, set, BaselineKind.Counterfactual));

            Assert.Equal(Five.Select(f => PlanOf(f.Code).Id).Order(StringComparer.Ordinal), group.Plans);
            Assert.Equal(("ips", "all", 2), (group.Scope.Subject, group.Scope.MunicipalityGroup, group.Scope.HorizonYears));
            Assert.Equal(1050, group.Baseline!.PerPersonYear.Contributors.Persons);
            SumsByHand(group, [.. parts.Select(p => (p.TargetGroup!, Size: (double)p.TargetGroup!.PerPersonYear.Contributors.Persons))]);
            SumsByHand(without, [.. parts.Select(p => (p.Counterfactual!, Size: (double)p.Saving!.Participants))]);
        }
    }

    [Fact]
    public async Task Make_PersonsInCommon_CountsEachOnce()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, others) in Five) await AddAsync(lab, code, others, ComparisonPool.Project);
        await PoolAsync(lab);

        var group = await PooledAsync(lab, "teaching", BaselineKind.TargetGroup);

        var whole = group.Baseline!.PerPersonYear;
        var (one, all) = (await PartAsync(lab, PlanOf("0380").Id, "teaching"), Five.Sum(f => f.Others));
        // Everybody who does not take part is in every plan's target group: five times the same, with the uncertainty of one.
        Assert.Equal((all, all), (one.TargetGroup!.PerPersonYear.Contributors.Persons, whole.Contributors.Persons));
        Near(one.TargetGroup.PerPersonYear.Paid.Sek, whole.Paid.Sek);
        Assert.Equal(1, (double)(whole.Paid.StandardError / one.TargetGroup.PerPersonYear.Paid.StandardError), 1e-9);
    }

    [Fact]
    public async Task Make_FourOrMore_IsShownAndFewer_IsNotMade()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, others) in Five.Take(3)) await AddAsync(lab, code, others);
        await RunAllAsync(lab);
        Assert.Empty(await DueAsync(lab));

        await AddAsync(lab, Five[3].Code, Five[3].Others);
        await PoolAsync(lab);
        var four = await PoolsAsync(lab);
        Assert.Equal(4, four.Count);
        Assert.All(four, p => Assert.True((p.Value.TargetGroup ?? p.Value.Counterfactual)!.Paid.IsShown, p.Value.Name));
        Assert.All(four, p => Assert.Equal(("ips", "all", 2), (p.Value.Subject, p.Value.MunicipalityGroup, p.Value.HorizonYears)));
        Assert.All(four, p => Assert.Equal(Audience.Analyst, p.Audience));

        // A municipality that joins makes another pool, by another name.
        await AddAsync(lab, Five[4].Code, Five[4].Others);
        await PoolAsync(lab);
        var five = await PoolsAsync(lab);
        Assert.Equal(4, five.Count);
        Assert.Empty(five.Select(p => p.Value.Name).Intersect(four.Select(p => p.Value.Name)));
    }

    [Fact]
    public async Task Due_UntilMade_AndAgainWhenRunsTermsOrDataAreOthers()
    {
        await using var lab = await TestLab.OpenAsync();
        var submissions = new List<Submission>();
        foreach (var (code, others) in Five) submissions.Add(await AddAsync(lab, code, others));
        await PoolAsync(lab);
        var first = (await PoolsAsync(lab)).Select(p => p.Value.Name).ToArray();
        Assert.Empty(await DueAsync(lab));
        Assert.Single(await DueAsync(lab, Terms with { PriceYear = 2023 }));
        Assert.Single(await DueAsync(lab, Terms with { Sets = ["teaching", "municipal-fee"] }));

        // A run that is under way is waited for; when it has ended, the pool is due.
        await lab.Catalogue.Submissions.WithdrawAsync(submissions[4].Organisation, submissions[4].Id, lab.Time.Now, TestLab.Token);
        var plan = PlanOf(Five[4].Code);
        Assert.Single(await DueAsync(lab));
        await lab.CommitAsync(CostWorld.Draw(99).Delivery(0, 900_000, 150, Five[4].Code), Five[4].Code, Uses);
        var again = await lab.EnqueueAsync(plan, "run-again-000000");
        Assert.Empty(await DueAsync(lab));
        await lab.Executor().ExecuteAsync(again.Id, TestLab.Token);
        await PoolAsync(lab);

        Assert.Empty(await DueAsync(lab));
        var second = await PoolsAsync(lab);
        Assert.Equal(4, second.Count);
        Assert.Empty(second.Select(p => p.Value.Name).Intersect(first));
        Assert.Equal(990, (await PooledAsync(lab, "teaching", BaselineKind.TargetGroup)).Baseline!.PerPersonYear.Contributors.Persons);
        Assert.Equal(DataStanding.Withdrawn, (await lab.Catalogue.Costs.StandingAsync([first[0]], TestLab.Token))[first[0]]);
        Assert.Equal(DataStanding.Current, (await lab.Catalogue.Costs.StandingAsync([second[0].Value.Name], TestLab.Token))[second[0].Value.Name]);
    }

    [Fact]
    public async Task Make_WhatMayNotBePooled_IsLeftOut()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, others) in Five)
        {
            await AddAsync(lab, code, others, uses: code == "0380" ? AllowedUses.OwnEvaluation | AllowedUses.ComparisonForOthers : Uses);
        }

        await PoolAsync(lab);
        var pooled = await PooledAsync(lab, "teaching", BaselineKind.TargetGroup);
        Assert.Equal(["jobb-0580", "jobb-0680", "jobb-1880", "jobb-2480"], pooled.Plans);
        Assert.Equal(810, pooled.Baseline!.PerPersonYear.Contributors.Persons);

        // One more that has it taken back: three are left, of which nothing may be shown, and nothing is due for ever.
        var last = (await lab.Catalogue.Submissions.InProjectAsync(CostWorld.Plan.Project, TestLab.Token))[^1];
        await lab.Catalogue.Submissions.WithdrawAsync(last.Organisation, last.Id, lab.Time.Now, TestLab.Token);
        await PoolAsync(lab);
        Assert.Empty(await PoolsAsync(lab));
        Assert.Empty(await DueAsync(lab));
    }

    [Fact]
    public async Task Of_OtherGroupHorizonOrSecondPlan_AreNotPooledTogether()
    {
        await using var lab = await TestLab.OpenAsync();
        foreach (var (code, others) in Five) await AddAsync(lab, code, others);
        await RunAllAsync(lab);
        var looks = (await lab.Catalogue.Benchmarks.CurrentLooksAsync(TestLab.Token)).ToList();
        Assert.Equal(5, Assert.Single(CostPoolInputs.Of(looks)).Looks.Count);

        // A second plan of a municipality that was registered later stands for it; a shorter horizon is its own; other organisations make none.
        var region = With(looks[0], p => p with { Id = "region", Organisation = new OrganisationId("region-01") });
        var later = With(looks[1], p => p with { Id = "later" }) is var l ? l with { Registered = l.Registered with { RegisteredAt = l.Registered.RegisteredAt.AddDays(1) } } : null!;
        var shorter = With(looks[2], p => p with { Primary = p.Primary with { HorizonPeriods = 1 }, Secondaries = null });

        Assert.Equal(
            ["jobb-0380", "later", "jobb-0680", "jobb-1880", "jobb-2480"],
            Assert.Single(CostPoolInputs.Of([.. looks, region, later])).Looks.Select(x => x.Registered.Plan.Id));
        Assert.Equal(4, Assert.Single(CostPoolInputs.Of([looks[0], looks[1], shorter, looks[3], looks[4]])).Looks.Count);
        Assert.Empty(CostPoolInputs.Of([region, looks[1], shorter, looks[3], looks[4]]));

        // By group where everybody is in one, and then not over the country too.
        Assert.Equal(["A1"], CostPoolInputs.Of(looks, p => p.Organisation.Code == "0380" ? "B3" : "A1").Select(p => p.MunicipalityGroup));
        Assert.Equal(["all"], CostPoolInputs.Of(looks, p => p.Organisation.Code == "0380" ? string.Empty : "A1").Select(p => p.MunicipalityGroup));
        Assert.Empty(CostPoolInputs.Of(looks, p => int.Parse(p.Organisation.Code, System.Globalization.CultureInfo.InvariantCulture) < 700 ? "B3" : "A1"));

        static CurrentLook With(CurrentLook look, Func<EvaluationPlan, EvaluationPlan> change) =>
            look with { Registered = look.Registered with { Plan = change(look.Registered.Plan) } };
    }

    private static EvaluationPlan PlanOf(string municipality, ComparisonPool pool = ComparisonPool.OwnOrganisation) => CostWorld.Plan with
    {
        Id = "jobb-" + municipality, Organisation = new(municipality), Pool = pool, TieOrder = TieOrder.Pseudonym,
        Sensitivity = [EstimatorKind.InversePropensity],
    };

    private static async Task<Submission> AddAsync(
        TestLab lab, string municipality, int others, ComparisonPool pool = ComparisonPool.OwnOrganisation, AllowedUses uses = Uses)
    {
        var number = int.Parse(municipality, System.Globalization.CultureInfo.InvariantCulture);
        var plan = PlanOf(municipality, pool);
        await lab.Catalogue.Plans.TryRegisterInterventionAsync(SamplePlans.Intervention with { Organisation = plan.Organisation }, TestLab.Token);
        await lab.RegisterAsync(plan);
        return await lab.CommitAsync(CostWorld.Draw(number).Delivery(0, number * 1000, others, municipality), municipality, uses);
    }

    // Every plan run and in kronor, and then what is due of the pools.
    private static async Task PoolAsync(TestLab lab)
    {
        await RunAllAsync(lab);
        var pooling = new CostPooling(lab.Catalogue, lab.Lake, lab.FollowUp, Terms, Policies.For, lab.Time);
        await pooling.MakeAsync(Assert.Single(await DueAsync(lab)), TestLab.Token);
    }

    private static async Task RunAllAsync(TestLab lab)
    {
        foreach (var plan in (await lab.Catalogue.Plans.ListPlansAsync(null, null, 100, TestLab.Token)).Select(p => p.Plan))
        {
            if (await lab.Catalogue.Runs.SucceededAsync(plan.Id, 1, 1, TestLab.Token) is not null) continue;
            var run = await lab.EnqueueAsync(plan, $"run{plan.Id}00000000");
            await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
            await new RunCosting(
                lab.Catalogue, lab.Lake, lab.FollowUp, Terms, Policies.For, lab.Time, Microsoft.Extensions.Logging.Abstractions.NullLogger<RunCosting>.Instance)
                .ExecuteAsync(run.Id, TestLab.Token);
        }
    }

    private static Task<IReadOnlyList<CostPoolInputs>> DueAsync(TestLab lab, CostingTerms? terms = null) =>
        new DueCostPools(lab.Catalogue, terms ?? Terms).FindAsync(TestLab.Token);

    private static Task<IReadOnlyList<Released<ReleasedCosts>>> PoolsAsync(TestLab lab) =>
        lab.Catalogue.Costs.ListAsync(new CostFilter { Subject = "ips" }, Audience.Analyst, null, 100, TestLab.Token);

    private static async Task<PooledCosts> PooledAsync(TestLab lab, string set, BaselineKind kind)
    {
        var release = Assert.Single(
            await PoolsAsync(lab), p => p.Value.Terms.UnitCostSet == set && (p.Value.TargetGroup is not null) == (kind == BaselineKind.TargetGroup));
        return await ReadAsync<PooledCosts>(lab, release.Value.Name);
    }

    private static async Task<PlanCosts> PartAsync(TestLab lab, string plan, string set)
    {
        var filter = new CostFilter { Subject = plan, UnitCostSet = set };
        return await ReadAsync<PlanCosts>(
            lab, Assert.Single(await lab.Catalogue.Costs.ListAsync(filter, Audience.Analyst, null, 100, TestLab.Token)).Value.Name);
    }

    private static async Task<T> ReadAsync<T>(TestLab lab, string name) =>
        JsonSerializer.Deserialize<T>((await lab.Catalogue.Costs.SummaryAsync(name, TestLab.Token))!, DomainJson.Options)!;

    // Parts without a person in common: means by size, and their errors' squares by the squares of the shares.
    private static void SumsByHand(PooledCosts pooled, IReadOnlyList<(BaselineSummary Baseline, double Size)> parts)
    {
        var whole = pooled.Baseline!.PerPersonYear;
        var all = parts.Sum(p => p.Size);
        Near(parts.Sum(p => p.Baseline.PerPersonYear.Paid.Sek * (decimal)(p.Size / all)), whole.Paid.Sek);
        var error = Math.Sqrt(parts.Sum(p => Math.Pow((double)p.Baseline.PerPersonYear.Paid.StandardError * p.Size / all, 2)));
        Assert.Equal(error, (double)whole.Paid.StandardError, error * 1e-9);
        Assert.NotEmpty(whole.ByActor);
        foreach (var actor in whole.ByActor)
        {
            Near(
                parts.Sum(p => p.Baseline.PerPersonYear.ByActor.Single(a => a.Actor == actor.Actor).Together.Sek * (decimal)(p.Size / all)), actor.Together.Sek);
        }
    }

    // Decimal kronor from quantities in binary fractions.
    private static void Near(decimal expected, decimal actual) => Assert.Equal(decimal.Round(expected, 4), decimal.Round(actual, 4));
}
