using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>
/// Finds baselines that are to be pooled: a run of one of their plans has succeeded since, the terms are others, or data behind them have been
/// taken back, replaced or erased. While a run of one of the plans is still to come or under way a pool waits for it.
/// </summary>
public sealed class DueCostPools(ICatalogue catalogue, CostingTerms terms)
{
    /// <summary>What should be pooled now.</summary>
    public async Task<IReadOnlyList<CostPoolInputs>> FindAsync(CancellationToken cancellationToken)
    {
        var due = new List<CostPoolInputs>();
        var unfinished = await catalogue.Runs.UnfinishedAsync(cancellationToken);
        var running = unfinished.Where(r => r.State is RunState.Queued or RunState.Running).Select(r => r.PlanId).ToHashSet(StringComparer.Ordinal);
        var pools = await catalogue.Costs.PoolsAsync(cancellationToken);
        var standing = new Dictionary<(ProjectId, string), bool>();
        foreach (var inputs in CostPoolInputs.Of(await catalogue.Benchmarks.CurrentLooksAsync(cancellationToken)))
        {
            if (inputs.Looks.Any(l => running.Contains(l.Registered.Plan.Id))) continue;
            foreach (var set in terms.Sets)
            {
                if (await StandsAsync(inputs, set)) continue;
                due.Add(inputs);
                break;
            }
        }

        return due;

        async Task<bool> StandsAsync(CostPoolInputs inputs, string set)
        {
            if (!pools.TryGetValue(CostPooling.KeyOf(inputs, terms, set).Canonical, out var stamp)) return false;
            if (stamp.InputsHash != inputs.HashOn(terms.MarkOf(set))) return false;
            var of = (inputs.Project, stamp.SnapshotHash);
            if (standing.TryGetValue(of, out var stands)) return stands;
            return standing[of] = await RunSnapshot.StandsAsync(catalogue, inputs.Project, stamp.SnapshotHash, cancellationToken);
        }
    }
}
