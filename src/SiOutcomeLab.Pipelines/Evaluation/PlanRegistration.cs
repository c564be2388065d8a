using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>Registers plans: checks that a plan can be executed, computes whether it is prospective, and locks it.</summary>
public sealed class PlanRegistration(ICatalogue catalogue, TimeProvider time)
{
    /// <summary>Registers a plan that <see cref="PlanRules"/> has found nothing wrong with.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="draft">The draft that it was read from, which goes with the registration; null when it was sent whole.</param>
    /// <param name="subject">Who registers it.</param>
    /// <param name="cancellationToken">Stops before anything is committed.</param>
    /// <exception cref="PlanClosedException">The plan is closed.</exception>
    /// <exception cref="DraftChangedException">The draft is no longer as it was read.</exception>
    public async Task<PlanRegistrationOutcome> RegisterAsync(
        EvaluationPlan plan, PlanDraft? draft, string subject, CancellationToken cancellationToken)
    {
        if (await catalogue.Plans.FindInterventionAsync(plan.Organisation, plan.Intervention, cancellationToken) is null)
        {
            return new PlanRegistrationOutcome(null, IsInterventionUnknown: true);
        }

        var timing = await TimingOfAsync(plan, cancellationToken);
        var registered = new RegisteredPlan(plan, PlanHash.Of(plan), timing, subject, time.GetUtcNow());
        var standing = draft is null
            ? await catalogue.Plans.TryRegisterPlanAsync(registered, cancellationToken)
            : await catalogue.Plans.TryRegisterPlanAsync(registered, draft, cancellationToken);
        return new PlanRegistrationOutcome(standing, IsInterventionUnknown: false);
    }

    /// <summary>The next version of a plan: the latest itself when nothing but the version would change.</summary>
    /// <param name="changed">The plan as it is to be; its version and reason are not read.</param>
    /// <param name="latest">The latest version.</param>
    /// <param name="reason">Why it is changed.</param>
    public static EvaluationPlan AmendmentOf(EvaluationPlan changed, EvaluationPlan latest, string reason)
    {
        var asLatest = changed with { Version = latest.Version, AmendmentReason = latest.Version == 1 ? null : reason };
        return PlanHash.Of(asLatest) == PlanHash.Of(latest) ? latest : changed with { Version = latest.Version + 1, AmendmentReason = reason };
    }

    // Whatever the hub held of the periods in which the first outcomes fall counts as seen, whether or not the measure was in it:
    // a claim of not having looked must not rest on a column's name.
    internal async Task<PlanTiming> TimingOfAsync(EvaluationPlan plan, CancellationToken cancellationToken)
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
