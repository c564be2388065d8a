namespace SiOutcomeLab.Domain.Identity;

/// <summary>Roles as people and tokens write them: lower case, English.</summary>
public static class RoleWords
{
    /// <summary>The roles that can be granted, in order; <see cref="Role.Anonymous"/> is held by everybody and granted to nobody.</summary>
    public static IReadOnlyList<Role> Grantable { get; } = [.. Enum.GetValues<Role>().Where(r => r != Role.Anonymous).Order()];

    /// <summary>The word of a role, e.g. <c>submitter</c>.</summary>
    public static string Of(Role role) => role.ToString().ToLowerInvariant();

    /// <summary>Reads the word of a role that can be granted; case and blanks around it do not count.</summary>
    public static bool TryParse(string? word, out Role role)
    {
        foreach (var known in Grantable)
        {
            if (!string.Equals(Of(known), word?.Trim(), StringComparison.OrdinalIgnoreCase)) continue;
            role = known;
            return true;
        }

        role = Role.Anonymous;
        return false;
    }
}
