using SiOutcomeLab.Mapping;
using SiOutcomeLab.Pipelines.Costing;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>A run with a result whose kronor have been given up, on all the hub's terms.</summary>
internal static class GivenUpRun
{
    /// <summary>Makes one: its plan, and its name.</summary>
    public static async Task<(string Plan, string Run)> MakeAsync(NswHub nsw, string plan)
    {
        var (costs, marks) = (nsw.Hub.Running.Catalogue.Costs, new CostingOptions().ToTerms().Marks);
        for (var i = 1; i <= 10; i++)
        {
            var registered = TestHub.NswPlans()[0] with { Id = $"{plan}-{i}" };
            await nsw.Hub.Plans.RegisterPlanAsync(new RegisterPlanRequest { Plan = PlanMapping.ToWire(registered) }, nsw.Owner);
            var run = (await nsw.Hub.Runs.StartRunAsync(new StartRunRequest { Plan = registered.Id }, nsw.Owner)).Run.Name;
            foreach (var mark in marks) await costs.GiveUpAsync(run["runs/".Length..], mark, RunCosting.MaximumAttempts, Cancel.Token);

            // Given up before it ends, it is never begun. On a machine that stood still in between it may have been: then with another.
            var isInTime = (await nsw.Hub.Runs.GetRunAsync(new GetRunRequest { Name = run }, nsw.Owner)).Run.State != RunState.Succeeded;
            await nsw.Hub.WaitForEffectsAsync(registered.Id, nsw.Owner);
            if (isInTime) return (registered.Id, run);
            foreach (var mark in marks) await costs.RestartAsync(run["runs/".Length..], mark, RunCosting.MaximumAttempts, Cancel.Token);
        }

        throw new InvalidOperationException("Every run ended before its kronor could be given up.");
    }
}
