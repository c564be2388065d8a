namespace SiOutcomeLab.Domain.Identity;

/// <summary>Who makes a call: an organisation, a subject within it and its roles.</summary>
/// <param name="Organisation">The organisation whose data the caller may send and read.</param>
/// <param name="Subject">The person or system, as the organisation names it; written in the audit trail.</param>
/// <param name="Roles">The roles the subject holds; <see cref="Role.Anonymous"/> is held by everybody.</param>
public sealed record Caller(OrganisationId Organisation, string Subject, IReadOnlySet<Role> Roles)
{
    /// <summary>The caller without credentials.</summary>
    public static Caller Nobody { get; } = new(new OrganisationId("anonymous"), "anonymous", new HashSet<Role> { Role.Anonymous })
    {
        Authentication = AuthenticationKind.None,
    };

    /// <summary>What proved who it is; written in the audit trail.</summary>
    public AuthenticationKind Authentication { get; init; } = AuthenticationKind.AccessToken;

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
