using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Makes a run's result from its plan, its snapshot and what its look may spend; the same three give the same result.</summary>
internal sealed class RunEvaluation(ICatalogue catalogue, ILake lake, FollowUpCache followUp, string codeVersion)
{
    /// <summary>The result.</summary>
    /// <param name="run">The run.</param>
    /// <param name="registered">Its plan.</param>
    /// <param name="look">Its look, and what it may spend.</param>
    /// <param name="earlier">The interval of the look before; null when there is none.</param>
    /// <param name="snapshot">What it reads.</param>
    /// <param name="computedAt">The time it is dated.</param>
    /// <param name="report">Told of each stage.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<EvaluationResult> EvaluateAsync(
        Run run,
        RegisteredPlan registered,
        LookBudget look,
        Drift? earlier,
        Snapshot snapshot,
        DateTimeOffset computedAt,
        StageReport report,
        CancellationToken cancellationToken)
    {
        var plan = registered.Plan;
        var intervention = await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken)
            ?? throw new InvalidOperationException($"Plan {plan.Id} is of an intervention that is not in the catalogue.");

        await report(RunStage.BuildingCohort, cancellationToken);
        var atLook = plan with { LastIndex = plan.Looks[run.Look - 1].LastIndex };
        var builder = new CohortBuilder(lake, catalogue, followUp);
        var trials = await builder.BuildTrialsAsync(atLook, intervention, snapshot, cancellationToken);
        var otherPools = new List<(ComparisonPool, ITrials)>();
        foreach (var pool in plan.SensitivityPools ?? [])
        {
            otherPools.Add((pool, await builder.BuildTrialsAsync(atLook with { Pool = pool }, intervention, snapshot, cancellationToken)));
        }

        var policy = StrictestOf(snapshot);
        var found = await new EvaluationPipeline(new LogisticRegression())
            .EvaluateAsync(registered, look, trials, otherPools, policy == DataPolicy.OpenData, report, cancellationToken);
        var lineage = new Lineage(registered.Hash, snapshot.Hash, codeVersion, plan.Seed, run.Look, computedAt);
        return new EvaluationResult(run.Id, plan, registered.Timing, policy, intervention.Method, found.Flow, found.Estimates, lineage)
        {
            Look = look,
            Drift = Drifts.Judge(earlier, found.Estimates[0].Estimate),
            Falsification = found.Falsification,
            Received = found.Received,
            Attrition = found.Attrition,
            EventStudy = found.EventStudy,
            Spread = found.Spread,
        };
    }

    // One submission of personal data makes the whole result personal.
    internal static DataPolicy StrictestOf(Snapshot snapshot) =>
        snapshot.Submissions.Count > 0 && snapshot.Submissions.All(s => s.Policy == DataPolicy.OpenData) ? DataPolicy.OpenData : DataPolicy.Standard;
}
