using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>What a run reads, while it may still be read for something new.</summary>
internal static class RunSnapshot
{
    /// <summary>The plan of a run and its snapshot; the latter null when it is no longer there as it was.</summary>
    /// <exception cref="InvalidOperationException">The catalogue lacks what the run names.</exception>
    public static async Task<(RegisteredPlan Plan, Snapshot? Snapshot)> OfAsync(ICatalogue catalogue, Run run, CancellationToken cancellationToken)
    {
        var registered = await catalogue.Plans.FindPlanAsync(run.PlanId, run.PlanVersion, cancellationToken)
            ?? throw new InvalidOperationException($"Run {run.Id} is of a plan that is not in the catalogue.");
        var submissions = await catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, cancellationToken)
            ?? throw new InvalidOperationException($"Run {run.Id} names a snapshot that is not in the catalogue.");
        if (submissions.Any(s => s.State != SubmissionState.Live)) return (registered, null);
        var snapshot = Snapshot.Of(registered.Plan.Project, submissions);
        return (registered, snapshot.Hash == run.SnapshotHash ? snapshot : null);
    }

    /// <summary>When rows that a run read were last erased; null while all of them are there. What was erased before took nothing from it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="project">Its project.</param>
    /// <param name="submissions">The submissions of its snapshot, as they are now.</param>
    public static DateTimeOffset? ErasedAt(Run run, ProjectId project, IReadOnlyList<Submission> submissions) =>
        submissions.All(s => s.PurgedAt is null) && Snapshot.Of(project, submissions).Hash == run.SnapshotHash
            ? null
            : submissions.Max(s => s.PurgedAt ?? s.LastErasedAt);

    /// <summary>Whether what was read under a hash may still be read as it was.</summary>
    public static async Task<bool> StandsAsync(ICatalogue catalogue, ProjectId project, string snapshotHash, CancellationToken cancellationToken)
    {
        var submissions = await catalogue.Submissions.InSnapshotAsync(snapshotHash, cancellationToken);
        return submissions is not null
            && submissions.All(s => s.State == SubmissionState.Live)
            && Snapshot.Of(project, submissions).Hash == snapshotHash;
    }
}
