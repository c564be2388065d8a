using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Domain.Plans;

/// <summary>A plan that is not registered yet, whole or not. Its organisation may change it as it likes, and nobody else sees it.</summary>
/// <param name="Organisation">Whose it is.</param>
/// <param name="Id">The identifier that the plan is to have; unique within the organisation.</param>
/// <param name="Content">As much of the plan as there is, as whoever saved it wrote it.</param>
/// <param name="SavedBy">The subject who saved it last.</param>
/// <param name="SavedAt">When (UTC).</param>
public sealed record PlanDraft(OrganisationId Organisation, string Id, string Content, string SavedBy, DateTimeOffset SavedAt);
