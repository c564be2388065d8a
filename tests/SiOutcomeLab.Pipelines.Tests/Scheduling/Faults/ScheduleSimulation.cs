using Microsoft.Extensions.Logging.Abstractions;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Pipelines.Scheduling;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling.Faults;

/// <summary>
/// Hubs that share a catalogue and a scheduler, all seeded: the scheduler loses jobs and fires them twice, hubs die at any of their calls
/// and come back, runs stand still while another hub takes them over, the storage fails and loses answers. Sweep, executor, catalogue and
/// lake are the real ones.
/// </summary>
internal sealed class ScheduleSimulation(TestLab lab, ICatalogue catalogue, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _jobs = [];
    private readonly List<SimulatedHub> _everyHub = [];

    /// <summary>What has happened, by kind.</summary>
    public Dictionary<string, int> Happened { get; } = [];

    /// <summary>Every completion that the catalogue took, by run.</summary>
    public IEnumerable<string> Counted => _everyHub.SelectMany(h => h.Counted);

    public async Task RunAsync(IReadOnlyList<RegisteredPlan> plans)
    {
        for (var round = 0; round < 500; round++)
        {
            lab.Time.Now = lab.Time.Now.AddSeconds(_random.Next(10, 120));
            await SweepAsync();
            for (var i = _random.Next(1, 4); i > 0 && _jobs.Count > 0; i--) await FireAsync();
            if (await AreDoneAsync(plans)) return;
            await MendAsync(plans);
        }

        throw new InvalidOperationException($"Seed {seed}: not every due run was counted.");
    }

    private async Task SweepAsync()
    {
        var hub = NewHub(_random.Next(4) == 0 ? (Fault)_random.Next(1, 5) : Fault.None, _random.Next(1, 12));
        var reached = hub.Reach(catalogue);
        var nightly = new NightlyTurn(reached, new TimeOnly(2, 30), lab.Time, NullLogger<NightlyTurn>.Instance);
        try
        {
            foreach (var run in await new DueRuns(reached, nightly, lab.Time, NullLogger<DueRuns>.Instance).FindAsync(TestLab.Token))
            {
                if (_jobs.Contains(run.Id)) continue;
                var fate = _random.Next(8);
                if (fate == 0) Count("lost job");
                else _jobs.Add(run.Id);
                if (fate != 1) continue;
                Count("doubled job");
                _jobs.Add(run.Id);
            }
        }
        catch (Exception e) when (e is HubDiedException or CatalogueUnavailableException)
        {
            Count("failed sweep");
        }
    }

    private async Task FireAsync()
    {
        var run = _jobs[_random.Next(_jobs.Count)];
        _jobs.Remove(run);
        var kind = (Fault)Math.Max(0, _random.Next(-3, 5));
        var hub = NewHub(kind, _random.Next(1, 18));
        var isSlow = _random.Next(4) == 0;
        try
        {
            await ExecuteAsync(hub, run, isSlow ? TakeOverAsync : () => Task.CompletedTask);
        }
        catch (Exception e) when (e is HubDiedException or CatalogueUnavailableException)
        {
            // What the scheduler then knows of it: it fires the job again, or has forgotten it.
            if (hub.IsDead && _random.Next(3) > 0) _jobs.Add(run);
        }

        Count($"{hub.Struck}");

        async Task TakeOverAsync()
        {
            Count("standing still");
            await ExecuteAsync(NewHub(Fault.None, 0), run, () => Task.CompletedTask);
        }
    }

    private async Task ExecuteAsync(SimulatedHub hub, string run, Func<Task> meanwhile)
    {
        // Memory of its own: each hub is a process.
        using var memory = new FollowUpCache(1L << 30, 1);
        await new RunExecutor(
            hub.Reach(catalogue),
            new SimulatedLake(hub, lab.Lake, meanwhile),
            memory,
            Policies.For,
            "0.1.0-test",
            lab.Time,
            NullLogger<RunExecutor>.Instance).ExecuteAsync(run, TestLab.Token);
    }

    // A run that was given up waits for somebody, who starts it again.
    private async Task MendAsync(IReadOnlyList<RegisteredPlan> plans)
    {
        foreach (var plan in plans)
        {
            foreach (var look in plan.Plan.Looks)
            {
                var runs = await catalogue.Runs.OfLookAsync(plan.Plan.Id, plan.Plan.Version, look.Number, TestLab.Token);
                if (!runs.Any(r => r is { State: RunState.Failed, HasEnded: true })) continue;
                Count("given up");
                Assert.NotNull((await new RunStarts(catalogue, lab.Time).StartAsync(plan, look.Number, TestLab.Token)).Run);
            }
        }
    }

    private async Task<bool> AreDoneAsync(IReadOnlyList<RegisteredPlan> plans)
    {
        foreach (var plan in plans)
        {
            foreach (var look in plan.Plan.Looks)
            {
                if (await catalogue.Runs.SucceededAsync(plan.Plan.Id, plan.Plan.Version, look.Number, TestLab.Token) is null) return false;
            }
        }

        return true;
    }

    private SimulatedHub NewHub(Fault fault, int atCall)
    {
        var hub = new SimulatedHub();
        hub.Befall(fault, atCall);
        _everyHub.Add(hub);
        return hub;
    }

    private void Count(string what) => Happened[what] = Happened.GetValueOrDefault(what) + 1;
}
