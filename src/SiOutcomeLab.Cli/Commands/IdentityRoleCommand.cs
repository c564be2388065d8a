using System.CommandLine;
using SiOutcomeLab.Cli.Calls;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Protos.Identity.V1;
using Role = SiOutcomeLab.Protos.Identity.V1.Role;
using RoleGrant = SiOutcomeLab.Protos.Identity.V1.RoleGrant;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab identity role grant | remove | list</c> and <c>silab identity whoami</c>, at a running hub.</summary>
internal static class IdentityRoleCommand
{
    public static Command Create(CommandHost host) => new("role", host.T("Vem som har vilken roll i hubben.", "Who holds which role in the hub."))
    {
        Change(
            host, "grant", host.T("Ge roller (labbets förvaltare).", "Grant roles (the lab's stewards)."),
            async (connection, grant, cancellationToken) => (await connection.Identity.GrantRoleAsync(
                new GrantRoleRequest { Grant = grant }, connection.Options(cancellationToken))).WasThere
                ? host.T("hade den redan", "held it already")
                : host.T("given", "granted")),
        Change(
            host, "remove", host.T("Ta ifrån roller (labbets förvaltare).", "Take roles away (the lab's stewards)."),
            async (connection, grant, cancellationToken) => (await connection.Identity.RemoveRoleAsync(
                new RemoveRoleRequest { Grant = grant }, connection.Options(cancellationToken))).WasThere
                ? host.T("borttagen", "removed")
                : host.T("hade den inte", "did not hold it")),
        List(host),
    };

    public static Command CreateWhoAmI(CommandHost host)
    {
        var command = new Command("whoami", host.T("Vem hubben tar dig för.", "Whom the hub takes you for."));
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var caller = await connection.Identity.GetCallerAsync(new GetCallerRequest(), connection.Options(cancellationToken));
            if (parse.GetValue(json)) ProtoJson.WriteOne(host.Terminal.Out, caller);
            else host.Terminal.Line($"{caller.Organisation}/{caller.Subject}: {(caller.Roles.Count == 0 ? host.T("inga roller", "no roles") : string.Join(", ", caller.Roles.Select(Word)))}");
            return ExitCode.Ok;
        });
    }

    private static Command Change(
        CommandHost host, string name, string description, Func<HubConnection, RoleGrant, CancellationToken, Task<string>> changeAsync)
    {
        var command = new Command(name, description);
        var text = new Argument<string>("grant")
        {
            Description = host.T("organisation:namn:roll,roll", "organisation:subject:role,role"), HelpName = "ORG:SUBJECT:ROLES",
        };
        text.Validators.Add(result =>
        {
            if (!GrantText.TryParse(result.GetValueOrDefault<string>() ?? string.Empty, out _))
            {
                result.AddError(host.T(
                    "Skriv organisation:namn:roll,roll; steward bara för labbet.", "Write organisation:subject:role,role; steward for the lab only."));
            }
        });
        command.Add(text);
        var hub = host.AddHubOptions(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            if (!GrantText.TryParse(parse.GetRequiredValue(text), out var caller)) return ExitCode.Usage;
            foreach (var role in caller.Roles.Order())
            {
                var grant = new RoleGrant { Organisation = caller.Organisation.Code, Subject = caller.Subject, Role = (Role)role };
                host.Terminal.Line($"{grant.Organisation}/{grant.Subject} {Word(grant.Role)}: {await changeAsync(connection, grant, cancellationToken)}");
            }

            return ExitCode.Ok;
        });
    }

    private static Command List(CommandHost host)
    {
        var command = new Command("list", host.T("Visa rollerna.", "Show the roles."));
        var organisation = new Option<string>("--organisation")
        {
            Description = host.T("Bara en organisation.", "One organisation only."), HelpName = "CODE", DefaultValueFactory = _ => string.Empty,
        };
        command.Add(organisation);
        var hub = host.AddHubOptions(command);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            using var connection = hub.Connect(parse);
            var grants = connection.RolesAsync(parse.GetValue(organisation)!, cancellationToken);
            if (parse.GetValue(json))
            {
                await ProtoJson.WriteArrayAsync(host.Terminal.Out, grants, cancellationToken);
                return ExitCode.Ok;
            }

            var table = new TextTable(
                new TextColumn("organisation"), new TextColumn(host.T("namn", "subject"), MaximumWidth: 60), new TextColumn(host.T("roll", "role")));
            await foreach (var grant in grants.WithCancellation(cancellationToken)) table.Add(grant.Organisation, grant.Subject, Word(grant.Role));
            table.Write(host.Terminal.Out);
            return ExitCode.Ok;
        });
    }

    private static string Word(Role role) => RoleWords.Of((Domain.Identity.Role)role);
}
