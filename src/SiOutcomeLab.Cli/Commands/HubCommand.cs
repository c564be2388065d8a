using System.CommandLine;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Operating;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab hub</c>: runs a hub on this machine until it is stopped, with no configuration; its subcommands operate one.</summary>
internal static class HubCommand
{
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromDays(30);

    public static Command Create(CommandHost host)
    {
        var command = new Command("hub", host.T("Kör en hubb på den här maskinen.", "Run a hub on this machine."));
        var data = new Option<string>("--data")
        {
            Description = host.T("Mappen där hubben sparar allt.", "The folder in which the hub keeps everything."),
            HelpName = "DIR",
            Required = true,
        };
        var grpcPort = new Option<int>("--grpc-port")
        {
            Description = host.T("Port för gRPC; 0 för en ledig.", "Port for gRPC; 0 for a free one."),
            DefaultValueFactory = _ => 5001,
            HelpName = "N",
        };
        var jsonPort = new Option<int>("--json-port")
        {
            Description = host.T("Port för JSON; 0 för en ledig.", "Port for JSON; 0 for a free one."),
            DefaultValueFactory = _ => 5002,
            HelpName = "N",
        };
        var grants = GrantOption.Create(
            host, "Ge en token: organisation:namn:roll,roll.", "Grant a token: organisation:subject:role,role.");
        var due = new Option<double>("--due-seconds")
        {
            Description = host.T(
                "Hur ofta hubben söker utvärderingar att köra, i sekunder.", "How often the hub looks for evaluations to run, in seconds."),
            DefaultValueFactory = _ => 10,
            HelpName = "N",
        };
        var keyFile = new Option<string?>("--key-file")
        {
            Description = host.T("Hubbens nyckelfil; annars datamappens namn + .key.", "The hub's key file; otherwise the data folder's name + .key."),
            HelpName = "FILE",
        };
        foreach (Option option in new Option[] { data, keyFile, grpcPort, jsonPort, due, grants }) command.Add(option);
        command.Add(HubRunCommand.Create(host));
        command.Add(HubCheckCommand.Create(host));
        command.Add(HubBackupCommand.CreateBackup(host));
        command.Add(HubBackupCommand.CreateRestore(host));
        command.Add(HubUpgradeCommand.Create(host));
        command.Add(HubKeyCommand.Create(host));
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var options = new HubOptions
            {
                DataFolder = parse.GetRequiredValue(data),
                KeyFile = parse.GetValue(keyFile),
                GrpcPort = parse.GetValue(grpcPort),
                JsonPort = parse.GetValue(jsonPort),
                DueInterval = TimeSpan.FromSeconds(parse.GetValue(due)),
            };
            var hasKey = File.Exists(options.KeyPath());
            await using var hub = await HubApplication.StartAsync(options, host.Time, HubLog.Configure, cancellationToken);
            HubGreeting.Write(host.Terminal, hub, options, !hasKey);
            foreach (var caller in parse.GetValue(grants)!)
            {
                var token = await hub.GrantAsync(caller, TokenLifetime, cancellationToken);
                host.Terminal.Line(
                    $"token {caller.Organisation}:{caller.Subject} ({host.T("gäller 30 dagar, visas bara nu", "valid for 30 days, shown only now")}): {token}");
            }

            host.Terminal.Line(host.T("Ctrl-C stoppar hubben.", "Ctrl-C stops the hub."));
            await hub.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Ok;
        });
    }
}
