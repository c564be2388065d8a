using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Registers plans: checks that a plan can be executed, computes whether it is prospective, and locks it.</summary>
public sealed class PlanRegistration(ICatalogue catalogue, TimeProvider time)
{
    /// <summary>Registers a plan that <see cref="PlanRules"/> has found nothing wrong with.</summary>
    public async Task<PlanRegistrationOutcome> RegisterAsync(EvaluationPlan plan, string subject, CancellationToken cancellationToken)
    {
        if (await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken) is null)
        {
            return new PlanRegistrationOutcome(null, IsInterventionUnknown: true);
        }

        var timing = await TimingOfAsync(plan, cancellationToken);
        var registered = new RegisteredPlan(plan, PlanHash.Of(plan), timing, subject, time.GetUtcNow());
        return new PlanRegistrationOutcome(await catalogue.Plans.TryRegisterPlanAsync(registered, cancellationToken), IsInterventionUnknown: false);
    }

    // Whatever the hub held of the periods in which the first outcomes fall counts as seen, whether or not the measure was in it:
    // a claim of not having looked must not rest on a column's name.
    private async Task<PlanTiming> TimingOfAsync(EvaluationPlan plan, CancellationToken cancellationToken)
    {
        var firstOutcome = plan.FirstIndex.Plus(plan.Primary.Summary == OutcomeSummary.AtHorizon ? plan.Primary.HorizonPeriods : 1);
        var held = await catalogue.Submissions.InProjectAsync(plan.Project, cancellationToken);
        return held.Any(s => s.Organisation == plan.Organisation && Reaches(s.LastPeriod, firstOutcome)) ? PlanTiming.Retrospective : PlanTiming.Prospective;
    }

    // By calendar months: data in months tell of a year's outcome just as data in years do.
    private static bool Reaches(Period last, Period outcome) => (last.Ordinal + 1) * (int)last.Length > outcome.Ordinal * (int)outcome.Length;
}

/// <summary>What a registration answered.</summary>
/// <param name="Registered">The registration that stands; null when the intervention is unknown or another plan stands there.</param>
/// <param name="IsInterventionUnknown">True when the organisation has no such intervention.</param>
public sealed record PlanRegistrationOutcome(RegisteredPlan? Registered, bool IsInterventionUnknown);
