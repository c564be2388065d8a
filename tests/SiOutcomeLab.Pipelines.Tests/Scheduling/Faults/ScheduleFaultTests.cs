using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Postgres;
using SiOutcomeLab.Storage.Tests.Catalogue.Postgres;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling.Faults;

/// <summary>Whatever befalls scheduler, hubs and storage, every due run is counted, and once.</summary>
public sealed class ScheduleFaultTests
{
    private const int Plans = 2;

    [Fact(Timeout = 300_000)]
    public async Task Sqlite_EveryDueRun_IsCountedOnce()
    {
        var happened = new HashSet<string>();
        for (var seed = 1; seed <= 20; seed++)
        {
            await using var lab = await TestLab.OpenAsync();
            happened.UnionWith(await SimulateAsync(lab, lab.Catalogue, seed));
        }

        // The seeds are such that what they are for takes place.
        Assert.Superset(new HashSet<string> { "lost job", "doubled job", "standing still", "Unavailable", "AnswerLost", "DiesBefore", "DiesAfter" }, happened);
    }

    [Theory(Timeout = 240_000)]
    [InlineData(101)]
    [InlineData(102)]
    [InlineData(103)]
    public async Task Postgres_EveryDueRun_IsCountedOnce(int seed)
    {
        var text = await PrivatePostgres.NewDatabaseAsync(TestLab.Token);
        await using var lab = await TestLab.OpenAsync();
        await using var catalogue = await PostgresCatalogue.OpenAsync(PostgresConnection.TryParse(text)!, lab.Time, TestLab.Token);
        await catalogue.Plans.TryRegisterInterventionAsync(SamplePlans.Intervention, TestLab.Token);

        await SimulateAsync(lab, catalogue, seed);
    }

    private static async Task<IEnumerable<string>> SimulateAsync(TestLab lab, ICatalogue catalogue, int seed)
    {
        var (plans, truth) = await PrepareAsync(lab, catalogue);
        var simulation = new ScheduleSimulation(lab, catalogue, seed);
        await simulation.RunAsync(plans);

        Assert.Equal(simulation.Counted.Distinct().Count(), simulation.Counted.Count());
        foreach (var plan in plans)
        {
            foreach (var look in plan.Plan.Looks)
            {
                var runs = await catalogue.Runs.OfLookAsync(plan.Plan.Id, 1, look.Number, TestLab.Token);
                var run = Assert.Single(runs);
                Assert.Equal((RunState.Succeeded, null), (run.State, run.Error));
                Assert.Contains(run.Id, simulation.Counted);
                var result = EvaluationResults.Decode((await catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!);
                Assert.Equal(truth[look.Number], result.Estimates[0].Estimate!.Point);
            }

            var released = await catalogue.Releases.ChangesAsync(
                new EffectFilter(null, plan.Plan.Id, null, null, null, false), Audience.Analyst, null, 100, TestLab.Token);
            Assert.Equal([EffectEnding.Superseded, null], released.OrderBy(r => r.Release.Value.Look!.Number).Select(r => r.Ending));
            var other = plan with { Plan = plan.Plan with { Version = 2 } };
            Assert.Equal(0.05, await catalogue.Runs.SpentElsewhereAsync(other, TestLab.Token), 1e-9);
        }

        return simulation.Happened.Keys;
    }

    // The plans, and what a hub that nothing befalls finds at each look.
    private static async Task<(IReadOnlyList<RegisteredPlan> Plans, Dictionary<int, double> Truth)> PrepareAsync(TestLab lab, ICatalogue catalogue)
    {
        var shape = SamplePlans.Years with
        {
            LastIndex = SamplePlans.Year(2022),
            InterimLooks = [new InterimLook(new DateOnly(2025, 1, 1), SamplePlans.Year(2022), 0.5)],
            Spending = AlphaSpendingKind.OBrienFleming,
        };
        var submission = await lab.CommitAsync(SampleWorlds.Yearly());
        var plans = new List<RegisteredPlan>();
        for (var i = 0; i < Plans; i++)
        {
            // A question of its own each: what one spends is not another's.
            plans.Add(await lab.RegisterAsync(shape with { Id = $"simulated-{i}" }, PlanTiming.Retrospective));
        }

        var truth = new Dictionary<int, double>();
        var reference = await TestLab.OpenAsync();
        await using (reference)
        {
            await reference.CommitAsync(SampleWorlds.Yearly());
            await reference.RegisterAsync(shape);
            for (var look = 1; look <= 2; look++)
            {
                var run = Assert.Single(await reference.Due().FindAsync(TestLab.Token));
                await reference.Executor().ExecuteAsync(run.Id, TestLab.Token);
                truth[look] = EvaluationResults.Decode((await reference.Catalogue.Runs.ResultAsync(run.Id, TestLab.Token))!).Estimates[0].Estimate!.Point;
            }
        }

        if (ReferenceEquals(catalogue, lab.Catalogue)) return (plans, truth);
        await catalogue.Submissions.CommitAsync(submission, TestLab.Token);
        foreach (var plan in plans) Assert.NotNull(await catalogue.Plans.TryRegisterPlanAsync(plan, TestLab.Token));
        return (plans, truth);
    }
}
