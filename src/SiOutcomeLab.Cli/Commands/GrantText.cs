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
        if (parts.Length != 3 || !CodeRule.IsValid(parts[0]) || parts[1].Length is 0 or > 100) return false;
        var roles = new HashSet<Role>();
        foreach (var word in parts[2].Split(','))
        {
            Role? role = word.Trim().ToLowerInvariant() switch
            {
                "submitter" => Role.Submitter,
                "analyst" => Role.Analyst,
                "steward" => Role.Steward,
                _ => null,
            };
            if (role is not { } named) return false;
            roles.Add(named);
        }

        caller = new Caller(new OrganisationId(parts[0]), parts[1], roles);
        return true;
    }
}
