namespace SiOutcomeLab.Domain.Identity;

/// <summary>What a caller may be. A caller may hold several roles; each call names the roles that may make it.</summary>
public enum Role
{
    /// <summary>Anyone: sees public facts and what has been released to the public.</summary>
    Anonymous = 0,

    /// <summary>A system or person that pushes an organisation's follow-up data and registers its interventions.</summary>
    Submitter = 1,

    /// <summary>Registers evaluation plans, follows runs and reads what is released to analysts.</summary>
    Analyst = 2,

    /// <summary>Operates the hub; sees its workings, never more of the results than an analyst does.</summary>
    Steward = 3,
}

/// <summary>Who makes a call: an organisation, a subject within it and its roles.</summary>
/// <param name="Organisation">The organisation whose data the caller may send and read.</param>
/// <param name="Subject">The person or system, as the organisation names it; written in the audit trail.</param>
/// <param name="Roles">The roles the subject holds; <see cref="Role.Anonymous"/> is held by everybody.</param>
public sealed record Caller(OrganisationId Organisation, string Subject, IReadOnlySet<Role> Roles)
{
    /// <summary>The caller without credentials.</summary>
    public static Caller Nobody { get; } = new(new OrganisationId("anonymous"), "anonymous", new HashSet<Role> { Role.Anonymous });

    /// <summary>True when the caller holds any of the roles.</summary>
    public bool IsAny(params ReadOnlySpan<Role> roles)
    {
        foreach (var role in roles)
        {
            if (role == Role.Anonymous || Roles.Contains(role)) return true;
        }

        return false;
    }
}
