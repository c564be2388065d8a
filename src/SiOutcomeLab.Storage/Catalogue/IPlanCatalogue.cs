using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Storage.Catalogue;

/// <summary>Which interventions and plans are registered.</summary>
public interface IPlanCatalogue
{
    /// <summary>
    /// Registers an intervention. Registering the same again changes nothing; another one under the same code is refused.
    /// </summary>
    /// <returns>False when the organisation already has another intervention under this code.</returns>
    Task<bool> TryRegisterInterventionAsync(Intervention intervention, CancellationToken cancellationToken);

    /// <summary>The organisation's intervention with this code, or null.</summary>
    Task<Intervention?> FindInterventionAsync(OrganisationId organisation, InterventionCode code, CancellationToken cancellationToken);

    /// <summary>The organisation's interventions by code; every organisation's when null.</summary>
    Task<IReadOnlyList<Intervention>> ListInterventionsAsync(OrganisationId? organisation, CancellationToken cancellationToken);

    /// <summary>Registers a plan version. Registering the same again returns the first registration.</summary>
    /// <returns>The registration that stands; null when another plan stands under this identifier and version, or the identifier is
    /// another organisation's.</returns>
    /// <exception cref="ArgumentException">The hash is not the plan's.</exception>
    /// <exception cref="PlanClosedException">The plan is closed, and this version of it is not registered.</exception>
    Task<RegisteredPlan?> TryRegisterPlanAsync(RegisteredPlan plan, CancellationToken cancellationToken);

    /// <summary>As above, from a draft, which is gone with the same commit.</summary>
    /// <exception cref="DraftChangedException">The draft is no longer as it is given here; nothing is registered.</exception>
    Task<RegisteredPlan?> TryRegisterPlanAsync(RegisteredPlan plan, PlanDraft draft, CancellationToken cancellationToken);

    /// <summary>The latest version of a plan, or null.</summary>
    Task<RegisteredPlan?> FindPlanAsync(string id, CancellationToken cancellationToken);

    /// <summary>One version of a plan, or null.</summary>
    Task<RegisteredPlan?> FindPlanAsync(string id, int version, CancellationToken cancellationToken);

    /// <summary>
    /// The latest versions of plans by identifier, after <paramref name="afterId"/>, at most <paramref name="limit"/>; of one
    /// organisation unless null.
    /// </summary>
    Task<IReadOnlyList<RegisteredPlan>> ListPlansAsync(
        OrganisationId? organisation, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>A version of a plan, the latest when null, and where it stands; null when there is none.</summary>
    Task<PlanStanding?> FindStandingAsync(string id, int? version, CancellationToken cancellationToken);

    /// <summary>As <see cref="ListPlansAsync"/>, each with where it stands; in one state unless null.</summary>
    Task<IReadOnlyList<PlanStanding>> ListStandingsAsync(
        OrganisationId? organisation, PlanState? state, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>
    /// Closes a plan and marks its runs that have not ended as obsolete, so that none of them counts any more. A plan that is closed stays
    /// closed as it was.
    /// </summary>
    /// <returns>False when there is no such plan.</returns>
    Task<bool> TryCloseAsync(string planId, PlanClosing closing, CancellationToken cancellationToken);

    /// <summary>Saves a draft in place of the organisation's earlier one under the same identifier.</summary>
    Task SaveDraftAsync(PlanDraft draft, CancellationToken cancellationToken);

    /// <summary>The organisation's draft, or null.</summary>
    Task<PlanDraft?> FindDraftAsync(OrganisationId organisation, string id, CancellationToken cancellationToken);

    /// <summary>The organisation's drafts by identifier, after <paramref name="afterId"/>, at most <paramref name="limit"/>.</summary>
    Task<IReadOnlyList<PlanDraft>> ListDraftsAsync(
        OrganisationId organisation, string? afterId, int limit, CancellationToken cancellationToken);

    /// <summary>Removes the organisation's draft.</summary>
    /// <returns>False when there is none.</returns>
    Task<bool> TryDiscardDraftAsync(OrganisationId organisation, string id, CancellationToken cancellationToken);

    /// <summary>
    /// Latest versions, not closed, of plans with a look due on <paramref name="today"/> that no run has succeeded at: each with its first
    /// such look.
    /// </summary>
    Task<IReadOnlyList<DueLook>> DueAsync(DateOnly today, CancellationToken cancellationToken);
}

/// <summary>A look that is due.</summary>
/// <param name="Registered">The plan.</param>
/// <param name="Look">The look's number, from 1.</param>
public sealed record DueLook(RegisteredPlan Registered, int Look);
