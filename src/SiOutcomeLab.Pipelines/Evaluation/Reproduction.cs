using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>
/// Makes a run's result again from what it rested on (plan, snapshot, look budget, seed) and holds it against the one that was kept. What has been
/// replaced or taken back since is still read: its rows are kept for this. What has been erased is not there, and the answer says so.
/// </summary>
public sealed class Reproduction(ICatalogue catalogue, ILake lake, FollowUpCache followUp, string codeVersion)
{
    private const double Tolerance = 1e-9;

    /// <summary>Reproduces a run.</summary>
    /// <param name="runId">A run that has succeeded.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The answer; null when there is no such run, or it has not succeeded.</returns>
    public async Task<ReproductionAnswer?> ReproduceAsync(string runId, CancellationToken cancellationToken)
    {
        if (await catalogue.Runs.FindAsync(runId, cancellationToken) is not { State: RunState.Succeeded } run) return null;
        if (await catalogue.Runs.ResultAsync(runId, cancellationToken) is not { } keptBytes) return null;
        var kept = EvaluationResults.Decode(keptBytes);
        var submissions = await SubmissionsAsync(run, cancellationToken);
        if (RunSnapshot.ErasedAt(run, kept.Plan.Project, submissions) is { } erased) return Gone(erased);
        var registered = await catalogue.Plans.FindPlanAsync(run.PlanId, run.PlanVersion, cancellationToken)
            ?? throw new InvalidOperationException($"Run {run.Id} is of a plan that is not in the catalogue.");

        var look = kept.Look ?? LookBudgets.For(kept.Plan, run.Look, spentBefore: 0);
        EvaluationResult again;
        try
        {
            again = await new RunEvaluation(catalogue, lake, followUp, codeVersion).EvaluateAsync(
                run,
                registered,
                look,
                kept.Drift,
                Snapshot.Of(registered.Plan.Project, submissions),
                kept.Lineage.ComputedAt,
                (_, _) => Task.CompletedTask,
                cancellationToken);
        }
        catch (LakeObjectMissingException)
        {
            // Erased between the look at the catalogue and the reading, here or at another hub: when the catalogue says so too.
            if (RunSnapshot.ErasedAt(run, kept.Plan.Project, await SubmissionsAsync(run, cancellationToken)) is not { } since) throw;
            return Gone(since);
        }

        // Another build writes its own version into the lineage; the numbers are what is compared.
        var asKept = EvaluationResults.WithPartsOf(kept, again) with
        {
            Lineage = again.Lineage with { CodeVersion = kept.Lineage.CodeVersion },
            Look = kept.Look,
        };
        if (EvaluationResults.Encode(asKept).AsSpan().SequenceEqual(keptBytes))
        {
            return new ReproductionAnswer(ReproductionVerdict.Identical, null, kept.Lineage.CodeVersion, codeVersion, 0);
        }

        var difference = ResultDifference.Largest(kept, asKept);
        return new ReproductionAnswer(
            difference <= Tolerance ? ReproductionVerdict.EqualWithinTolerance : ReproductionVerdict.Different,
            null,
            kept.Lineage.CodeVersion,
            codeVersion,
            difference);

        ReproductionAnswer Gone(DateTimeOffset at) => new(ReproductionVerdict.RowsErased, at, kept.Lineage.CodeVersion, codeVersion, 0);
    }

    private async Task<IReadOnlyList<Submission>> SubmissionsAsync(Run run, CancellationToken cancellationToken) =>
        await catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, cancellationToken)
        ?? throw new InvalidOperationException($"Run {run.Id} names a snapshot that is not in the catalogue.");
}

/// <summary>What became of an attempt to make a result again.</summary>
/// <param name="Verdict">The answer.</param>
/// <param name="ErasedAt">When rows were last erased (UTC); null unless they were.</param>
/// <param name="KeptBy">The version of the code that made the kept result.</param>
/// <param name="MadeBy">The version that made it again.</param>
/// <param name="LargestDifference">The largest relative difference between two numbers; 0 when identical, infinite when more than numbers differ.</param>
public sealed record ReproductionAnswer(
    ReproductionVerdict Verdict, DateTimeOffset? ErasedAt, string KeptBy, string MadeBy, double LargestDifference);

/// <summary>The answers of a reproduction.</summary>
public enum ReproductionVerdict
{
    /// <summary>The same bytes.</summary>
    Identical = 1,

    /// <summary>Every number within 1e-9 of the kept one, as another build or machine may give.</summary>
    EqualWithinTolerance = 2,

    /// <summary>Not reproducible: rows have been erased by law.</summary>
    RowsErased = 3,

    /// <summary>Another result: the code or the lake is not what it was.</summary>
    Different = 4,
}
