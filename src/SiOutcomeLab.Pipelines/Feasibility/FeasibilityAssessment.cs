using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Feasibility;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Cohorts;
using SiOutcomeLab.Pipelines.Cohorts.Reading;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Pipelines.Feasibility;

/// <summary>
/// Tells before a plan is registered whether it can find what it is after: from who would have been eligible, and from how comparison persons
/// fared over as long a follow-up. A participant's rows from the start on are hidden from everything that is read here.
/// </summary>
/// <param name="catalogue">The catalogue.</param>
/// <param name="lake">The lake.</param>
/// <param name="followUp">What has been read of the lake.</param>
/// <param name="policyOf">The disclosure policy of a data policy.</param>
/// <param name="time">The clock.</param>
public sealed class FeasibilityAssessment(
    ICatalogue catalogue, ILake lake, FollowUpCache followUp, Func<DataPolicy, DisclosurePolicy> policyOf, TimeProvider time)
{
    /// <summary>Assesses a plan that <see cref="PlanRules"/> has found nothing wrong with.</summary>
    /// <param name="plan">The plan, registered or not.</param>
    /// <param name="participants">How many are expected to take part; null for those who have started, or the plan's own minimum.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    /// <returns>The assessment; null when the plan's intervention is not registered.</returns>
    public async Task<Released<ReleasedFeasibility>?> AssessAsync(EvaluationPlan plan, int? participants, CancellationToken cancellationToken)
    {
        if (await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken) is not { } intervention) return null;
        var inProject = await catalogue.Submissions.InProjectAsync(plan.Project, cancellationToken);
        var snapshot = CohortBuilder.SnapshotFor(plan with { SensitivityPools = null }, inProject);
        var facts = ReferenceOutcomes.PeriodFor(plan, snapshot) is { } reference
            ? ReferenceOutcomes.Of(
                await new CohortBuilder(lake, catalogue, followUp).BuildUntreatedAsync(plan, intervention, snapshot, reference, cancellationToken),
                reference,
                RunEvaluation.StrictestOf(snapshot))
            : null;
        var timing = await new PlanRegistration(catalogue, time).TimingOfAsync(plan, cancellationToken);
        var spent = await catalogue.Runs.SpentElsewhereAsync(
            new RegisteredPlan(plan, PlanHash.Of(plan), timing, string.Empty, time.GetUtcNow()), cancellationToken);
        return new FeasibilityGate(policyOf(facts?.Policy ?? DataPolicy.Standard))
            .Release(facts, participants, plan.MinimumTreated, terms => PlanPower.Of(plan, spent, terms));
    }
}
