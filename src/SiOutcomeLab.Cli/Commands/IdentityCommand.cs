using System.CommandLine;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab identity</c>: who one is, and the keys that go with it.</summary>
internal static class IdentityCommand
{
    public static Command Create(CommandHost host) =>
        new("identity", host.T("Nycklar och behörigheter.", "Keys and credentials."))
        {
            IdentityKeyCommand.Create(host),
            IdentityCaCommand.Create(host),
            IdentityCertCommand.Create(host),
            IdentityTokenCommand.CreateKey(host),
            IdentityTokenCommand.Create(host),
            IdentityRoleCommand.Create(host),
            IdentityRoleCommand.CreateWhoAmI(host),
        };
}
