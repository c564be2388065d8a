using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Changes;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Changes;

/// <summary>
/// Takes the change between two results of a plan apart: the earlier one is made again by today's code, then with the later plan and look, and
/// then part after part of its rows is exchanged for the later one's. What each step changes is a difference of estimates that pass the gate.
/// </summary>
/// <remarks>The order of the parts is fixed; where parts work together, what they do together falls to the later one.</remarks>
/// <param name="catalogue">The catalogue.</param>
/// <param name="lake">The lake.</param>
/// <param name="followUp">What has been read of the lake.</param>
/// <param name="policyOf">The disclosure policy of a data policy.</param>
public sealed class ChangeDecomposition(ICatalogue catalogue, ILake lake, FollowUpCache followUp, Func<DataPolicy, DisclosurePolicy> policyOf)
{
    private static readonly (ChangeSource Source, RowPart Part)[] Parts =
    [
        (ChangeSource.OwnParticipants, RowPart.Participants),
        (ChangeSource.OwnComparison, RowPart.OwnComparison),
        (ChangeSource.OthersData, RowPart.OthersComparison),
    ];

    /// <summary>Takes a change apart.</summary>
    /// <param name="earlierRunId">A run that has succeeded.</param>
    /// <param name="laterRunId">A later one of the same plan.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The answer; null when either run has no result.</returns>
    public async Task<ChangeAnswer?> ExplainAsync(string earlierRunId, string laterRunId, CancellationToken cancellationToken)
    {
        if (await OfAsync(earlierRunId, cancellationToken) is not { } earlier || await OfAsync(laterRunId, cancellationToken) is not { } later) return null;
        if (earlier.Kept.Plan.Primary != later.Kept.Plan.Primary) return new ChangeAnswer(null, ChangeObstacle.OtherQuestion);
        if (earlier.Kept.Estimates[0].Estimate is null || later.Kept.Estimates[0].Estimate is null) return new ChangeAnswer(null, ChangeObstacle.NoEstimate);
        if (earlier.IsErased || later.IsErased) return new ChangeAnswer(null, ChangeObstacle.RowsErased);

        var steps = new List<ChangeStep>();
        var rows = await RowsAsync(earlier, earlier.Submissions, cancellationToken);
        steps.Add(new ChangeStep(ChangeSource.Code, await AgainAsync(earlier, rows, cancellationToken), 0));
        if (PlanHash.Of(earlier.Kept.Plan) != PlanHash.Of(later.Kept.Plan) || earlier.Run.Look != later.Run.Look)
        {
            rows = await RowsAsync(later, earlier.Submissions, cancellationToken);
            steps.Add(new ChangeStep(ChangeSource.Plan, await AgainAsync(later, rows, cancellationToken), 0));
        }

        await ExchangeAsync(rows, later, steps, cancellationToken);
        if (steps[^1].After.Estimates[0].Estimate?.Point != later.Kept.Estimates[0].Estimate!.Point)
        {
            steps.Add(new ChangeStep(ChangeSource.Code, HeadlineOf(later.Kept), 0));
        }

        var policy = policyOf(earlier.Kept.Policy == DataPolicy.OpenData ? later.Kept.Policy : earlier.Kept.Policy);
        return new ChangeAnswer(new ChangeGate(policy).Release(HeadlineOf(earlier.Kept), steps, MeasureVocabulary.Of), null);
    }

    private async Task ExchangeAsync(TrialCohort rows, Side later, List<ChangeStep> steps, CancellationToken cancellationToken)
    {
        var newRows = await RowsAsync(later, later.Submissions, cancellationToken);
        var levels = RowTable.LevelsFor(newRows.Source);
        var (before, after) = (new RowTable(rows.Source, levels), new RowTable(newRows.Source, levels));
        var exchanged = new List<RowPart>();
        foreach (var (source, part) in Parts)
        {
            exchanged.Add(part);
            var differing = RowTable.PersonsDiffering(before, after, part);
            var result = differing == 0 ? steps[^1].After : await AgainAsync(later, new MixedTrials(before, after, levels, exchanged), cancellationToken);
            steps.Add(new ChangeStep(source, result, differing));
        }
    }

    private async Task<Side?> OfAsync(string runId, CancellationToken cancellationToken)
    {
        if (await catalogue.Runs.FindAsync(runId, cancellationToken) is not { State: RunState.Succeeded } run) return null;
        if (await catalogue.Runs.ResultAsync(runId, cancellationToken) is not { } bytes) return null;
        var submissions = await catalogue.Submissions.InSnapshotAsync(run.SnapshotHash, cancellationToken)
            ?? throw new InvalidOperationException($"Run {run.Id} names a snapshot that is not in the catalogue.");
        return new Side(run, EvaluationResults.Decode(bytes), submissions);
    }

    private async Task<TrialCohort> RowsAsync(Side side, IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
    {
        var plan = HeadlineAlone(side.Kept.Plan);
        var intervention = await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken)
            ?? throw new InvalidOperationException($"Plan {plan.Id} is of an intervention that is not in the catalogue.");
        var atLook = plan with { LastIndex = plan.Looks[side.Run.Look - 1].LastIndex };
        return await new CohortBuilder(lake, catalogue, followUp).BuildTrialsAsync(
            atLook, intervention, Snapshot.Of(plan.Project, submissions), cancellationToken);
    }

    private static async Task<EvaluationResult> AgainAsync(Side side, ITrials trials, CancellationToken cancellationToken)
    {
        var kept = side.Kept;
        var plan = HeadlineAlone(kept.Plan);
        var look = kept.Look ?? LookBudgets.For(kept.Plan, side.Run.Look, spentBefore: 0);
        var found = await new EvaluationPipeline(new LogisticRegression()).EvaluateAsync(
            new RegisteredPlan(plan, kept.Lineage.PlanHash, kept.PlanTiming, string.Empty, kept.Lineage.ComputedAt),
            look,
            trials,
            [],
            kept.Policy == DataPolicy.OpenData,
            (_, _) => Task.CompletedTask,
            cancellationToken);
        return HeadlineOf(kept) with { Flow = found.Flow, Estimates = [found.Estimates[0]] };
    }

    private static EvaluationResult HeadlineOf(EvaluationResult result) => result with { Estimates = [result.Estimates[0]] };

    // What stands beside a headline does not move it.
    private static EvaluationPlan HeadlineAlone(EvaluationPlan plan) => plan with
    {
        Sensitivity = [],
        Secondaries = null,
        SecondaryRule = null,
        NegativeControls = null,
        Subgroups = null,
        Placebos = null,
        SensitivityPools = null,
    };

    private sealed record Side(Run Run, EvaluationResult Kept, IReadOnlyList<Submission> Submissions)
    {
        public bool IsErased => RunSnapshot.ErasedAt(Run, Kept.Plan.Project, Submissions) is not null;
    }
}

/// <summary>What can be said of a change.</summary>
/// <param name="Change">Its parts; null when it cannot be taken apart.</param>
/// <param name="Obstacle">Why not; null when it can.</param>
public sealed record ChangeAnswer(Released<ReleasedChange>? Change, ChangeObstacle? Obstacle);

/// <summary>Why a change cannot be taken apart.</summary>
public enum ChangeObstacle
{
    /// <summary>Rows of one of the results have been erased by law.</summary>
    RowsErased = 1,

    /// <summary>The two answer different questions: another measure or horizon.</summary>
    OtherQuestion = 2,

    /// <summary>One of them has no estimate.</summary>
    NoEstimate = 3,
}
