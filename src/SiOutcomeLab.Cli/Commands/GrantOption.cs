using System.CommandLine;
using SiOutcomeLab.Domain.Identity;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>--grant organisation:subject:role,role</c>, as often as wanted.</summary>
internal static class GrantOption
{
    public static Option<Caller[]> Create(CommandHost host, string sv, string en) => new("--grant")
    {
        Description = $"{host.T(sv, en)} {host.T("Roller", "Roles")}: {string.Join(", ", RoleWords.Grantable.Select(RoleWords.Of))}.",
        HelpName = "ORG:SUBJECT:ROLES",
        CustomParser = result =>
        {
            var callers = new List<Caller>();
            foreach (var token in result.Tokens)
            {
                if (GrantText.TryParse(token.Value, out var caller))
                {
                    callers.Add(caller);
                    continue;
                }

                result.AddError(host.T(
                    $"--grant {token.Value} ska vara organisation:namn:roll,roll; steward bara för organisationen lab.",
                    $"--grant {token.Value} must be organisation:subject:role,role; steward for the organisation lab only."));
            }

            return [.. callers];
        },
        DefaultValueFactory = _ => [],
    };
}
