using System.Diagnostics.CodeAnalysis;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Commands;

/// <summary>A caller written as <c>organisation:subject:role,role</c>.</summary>
internal static class GrantText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out Caller? caller)
    {
        caller = null;
        var parts = text.Split(':');
        if (parts.Length != 3) return false;
        var organisation = new OrganisationId(parts[0]);
        var roles = new HashSet<Role>();
        foreach (var word in parts[2].Split(','))
        {
            if (!RoleWords.TryParse(word, out var role) || new RoleGrant(organisation, parts[1], role).Breaches().Any()) return false;
            roles.Add(role);
        }

        caller = new Caller(organisation, parts[1], roles);
        return true;
    }
}
