using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Benchmarks;

/// <summary>
/// The headlines of several plans, made again in memory on one common list of submissions, each at its own look and with an ordinary
/// interval: they then rest on one state of the data, and no value of a person is kept.
/// </summary>
internal sealed class CommonEvaluation(ICatalogue catalogue, CohortBuilder builder, double level)
{
    private readonly EvaluationPipeline _evaluation = new(new LogisticRegression());

    /// <summary>The estimates that could be made, by municipality.</summary>
    public List<BenchmarkContributor> Contributors { get; } = [];

    public List<BenchmarkAbsence> Absent { get; } = [];

    /// <summary>What the contributors have in common, in their order.</summary>
    public SharedPersons Persons { get; } = new();

    /// <summary>Evaluates a municipality's plans of one method and outcome: the one that was registered last stands for it.</summary>
    /// <param name="looks">Its plans' latest looks.</param>
    /// <param name="common">The common list of submissions.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task AddAsync(IEnumerable<CurrentLook> looks, Snapshot common, CancellationToken cancellationToken)
    {
        var newestFirst = looks.OrderByDescending(l => l.Registered.RegisteredAt).ThenBy(l => l.Registered.Plan.Id, StringComparer.Ordinal).ToArray();
        foreach (var other in newestFirst.Skip(1)) Leave(other, AbsenceReason.OtherPlan);
        await AddAsync(newestFirst[0], common, cancellationToken);
    }

    /// <summary>The plan as it is evaluated here: at its look, its headline and what may stop it, and nothing beside.</summary>
    internal static RegisteredPlan AtLook(CurrentLook current)
    {
        var plan = current.Registered.Plan;
        return current.Registered with
        {
            Plan = plan with
            {
                LastIndex = plan.Looks[current.Look - 1].LastIndex,
                InterimLooks = null,
                Sensitivity = [.. plan.Sensitivity.Where(kind => kind == plan.Estimator)],
                SensitivityPools = null,
                Secondaries = null,
                NegativeControls = null,
                Subgroups = null,
            },
        };
    }

    private async Task AddAsync(CurrentLook current, Snapshot common, CancellationToken cancellationToken)
    {
        var registered = AtLook(current);
        var plan = registered.Plan;
        if (!common.Submissions.Any(s => s.Organisation == plan.Organisation && s.AllowedUses.HasFlag(AllowedUses.OwnEvaluation)))
        {
            Leave(current, AbsenceReason.NotAllowed);
            return;
        }

        var intervention = await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken)
            ?? throw new InvalidOperationException($"Plan {plan.Id} is of an intervention that is not in the catalogue.");
        var trials = await builder.BuildTrialsAsync(plan, intervention, CohortBuilder.SnapshotFor(plan, common.Submissions), cancellationToken);
        // The pool is a question of its own: what looks at the plan have spent of its error is not spent here.
        var budget = new LookBudget(current.Look, IsFinal: false, InformationFraction: 1, SpentBefore: 0, Spent: 1 - level, level);
        var found = await _evaluation.EvaluateAsync(registered, budget, trials, [], isTeaching: false, (_, _) => Task.CompletedTask, cancellationToken);
        if (found is not { Effect: { } effect, Estimates: [{ Estimate: { } estimate, Diagnostics: { } diagnostics }, ..] })
        {
            Leave(current, AbsenceReason.NotEstimable);
            return;
        }

        // Those whose taking part was least certain are another group in every municipality; participants are pooled with participants.
        if (estimate.HoldsFor == EstimateGroup.Overlap)
        {
            Leave(current, AbsenceReason.OtherGroup);
            return;
        }

        Persons.Add(trials, found.Cohort, effect.InfluenceValues.Span, estimate.StandardError);
        Contributors.Add(new BenchmarkContributor(
            plan.Organisation, plan.Id, plan.Version, current.Look, current.RunId, estimate, diagnostics, Place: null));
    }

    private void Leave(CurrentLook current, AbsenceReason reason) =>
        Absent.Add(new BenchmarkAbsence(current.Registered.Plan.Organisation, current.Registered.Plan.Id, reason));
}
