using SiOutcomeLab.Simulation.Scenarios;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Simulation.Running;

/// <summary>Runs a scenario's replicates on all cores and adds them up in their order.</summary>
internal static class Study
{
    private const int Batch = 200;

    public static ScenarioResult Run(
        IScenario scenario, bool isNull, int replicates, ulong seed, int threads, CancellationToken cancellationToken)
    {
        var tallies = scenario.Estimators.ToDictionary(e => e, e => new Tally(e), StringComparer.Ordinal);
        var own = ReplicateRandom.SeedFor(seed, scenario.Name + (isNull ? ", no effect" : string.Empty));
        for (var start = 0; start < replicates; start += Batch)
        {
            var answers = new IReadOnlyList<Answer>[Math.Min(Batch, replicates - start)];
            var from = start;
            Parallel.For(
                0,
                answers.Length,
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
                i => answers[i] = scenario.Replicate(new ReplicateRandom(own, (ulong)(from + i)), isNull));
            foreach (var answer in answers.SelectMany(a => a)) tallies[answer.Estimator].Add(answer);
        }

        return new ScenarioResult(scenario, isNull, replicates, [.. scenario.Estimators.Select(e => tallies[e])]);
    }
}

/// <summary>A scenario's results.</summary>
internal sealed record ScenarioResult(IScenario Scenario, bool IsNull, int Replicates, IReadOnlyList<Tally> Tallies);
