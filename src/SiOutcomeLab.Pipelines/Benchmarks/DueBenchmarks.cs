using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// Finds benchmarks that are due: a run of one of their plans has succeeded since, or data behind them have been taken back, replaced or
/// erased. Data that only came in do not make one due before a run has used them, and while a run of one of the plans is still to come
/// or under way a benchmark waits for it: in a night with hundreds of runs it is made once and not again after each. A run that has failed and
/// is tried again later is not waited for.
/// </summary>
public sealed class DueBenchmarks(ICatalogue catalogue)
{
    /// <summary>The benchmarks that should be made now, by key.</summary>
    public async Task<IReadOnlyList<BenchmarkInputs>> FindAsync(CancellationToken cancellationToken)
    {
        var due = new List<BenchmarkInputs>();
        var unfinished = await catalogue.Runs.UnfinishedAsync(cancellationToken);
        var running = unfinished.Where(r => r.State is RunState.Queued or RunState.Running).Select(r => r.PlanId).ToHashSet(StringComparer.Ordinal);
        // Benchmarks of a project made in one night rest on one snapshot: asked about once a sweep.
        var standing = new Dictionary<(ProjectId, string), bool>();
        foreach (var inputs in BenchmarkInputs.Of(await catalogue.Benchmarks.CurrentLooksAsync(cancellationToken)))
        {
            if (inputs.Looks.Any(l => running.Contains(l.Registered.Plan.Id))) continue;
            var current = await catalogue.Benchmarks.CurrentAsync(inputs.Key, cancellationToken);
            if (current?.RunsHash == inputs.RunsHash)
            {
                var of = (inputs.Key.Project, current.SnapshotHash);
                if (!standing.TryGetValue(of, out var stands))
                {
                    stands = await RunSnapshot.StandsAsync(catalogue, inputs.Key.Project, current.SnapshotHash, cancellationToken);
                    standing.Add(of, stands);
                }

                if (stands) continue;
            }

            due.Add(inputs);
        }

        return due;
    }
}
