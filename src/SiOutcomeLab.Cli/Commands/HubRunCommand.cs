using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Operating;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Hub;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab hub run</c>: runs a hub by its configuration file, as a service does.</summary>
internal static class HubRunCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("run", host.T("Kör en hubb efter dess inställningsfil.", "Run a hub by its configuration file."));
        var config = new Option<string>("--config")
        {
            Description = host.T(
                "Inställningsfilen (JSON); miljövariabler SILAB__… går före.", "The configuration file (JSON); environment variables SILAB__… go before it."),
            HelpName = "FILE",
            Required = true,
        };
        var grants = GrantOption.Create(
            host,
            "Ge roller till den som visar sig med certifikat eller signerad token, t.ex. den första förvaltaren: lab:eva:steward.",
            "Grant roles to whoever comes with a certificate or signed token, e.g. the first steward: lab:eva:steward.");
        command.Add(config);
        command.Add(grants);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var options = HubChoice.Load(parse.GetRequiredValue(config));
            var hasKey = File.Exists(options.KeyPath());
            await using var hub = await HubApplication.StartAsync(options, host.Time, HubLog.Configure, cancellationToken);
            HubGreeting.Write(host.Terminal, hub, options, !hasKey);
            foreach (var caller in parse.GetValue(grants)!) await hub.GrantRolesAsync(caller, cancellationToken);
            await hub.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Ok;
        });
    }
}
