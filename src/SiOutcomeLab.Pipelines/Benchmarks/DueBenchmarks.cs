using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// Finds benchmarks that are due: a run of one of their plans has succeeded since, or data behind them have been taken back, replaced or
/// erased. Data that only came in do not make one due before a run has used them.
/// </summary>
public sealed class DueBenchmarks(ICatalogue catalogue)
{
    /// <summary>The benchmarks that should be made now, by key.</summary>
    public async Task<IReadOnlyList<BenchmarkInputs>> FindAsync(CancellationToken cancellationToken)
    {
        var due = new List<BenchmarkInputs>();
        foreach (var inputs in BenchmarkInputs.Of(await catalogue.Benchmarks.CurrentLooksAsync(cancellationToken)))
        {
            var current = await catalogue.Benchmarks.CurrentAsync(inputs.Key, cancellationToken);
            if (current?.RunsHash != inputs.RunsHash || !await StandsAsync(inputs, current.SnapshotHash, cancellationToken)) due.Add(inputs);
        }

        return due;
    }

    private async Task<bool> StandsAsync(BenchmarkInputs inputs, string snapshotHash, CancellationToken cancellationToken)
    {
        var submissions = await catalogue.Submissions.InSnapshotAsync(snapshotHash, cancellationToken);
        return submissions is not null
            && submissions.All(s => s.State == SubmissionState.Live && s.PurgedAt is null)
            && Snapshot.Of(inputs.Key.Project, submissions).Hash == snapshotHash;
    }
}
