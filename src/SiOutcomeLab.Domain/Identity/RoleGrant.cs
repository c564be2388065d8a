namespace SiOutcomeLab.Domain.Identity;

/// <summary>A row that says: this subject of this organisation holds this role.</summary>
/// <param name="Organisation">The subject's organisation.</param>
/// <param name="Subject">The person or system, by <see cref="SubjectRule"/>.</param>
/// <param name="Role">The role; never <see cref="Role.Anonymous"/>.</param>
public sealed record RoleGrant(OrganisationId Organisation, string Subject, Role Role)
{
    /// <summary>Every reason why the row cannot be, as field and text; empty when it can.</summary>
    public IEnumerable<(string Field, string Problem)> Breaches()
    {
        if (!CodeRule.IsValid(Organisation.Code)) yield return ("organisation", "must be an organisation's code.");
        if (!SubjectRule.IsValid(Subject)) yield return ("subject", "must be 1–100 letters, digits, full stops, underscores, hyphens or at signs.");
        if (!RoleWords.Grantable.Contains(Role)) yield return ("role", "must be one that can be granted.");

        // A steward sees every organisation's audit trail and gives out roles: a power that no submitter or reader may hold.
        if (Role == Role.Steward && Organisation != OrganisationId.Lab) yield return ("role", "steward belongs to the lab's own subjects.");
    }
}
