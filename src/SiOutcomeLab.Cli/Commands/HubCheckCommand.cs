using System.CommandLine;
using System.Globalization;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Operating;
using SiOutcomeLab.Hub;
using SiOutcomeLab.Hub.Operation;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab hub check</c>: looks a hub over, running or not.</summary>
internal static class HubCheckCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("check", host.T(
            "Kontrollera en hubb, igång eller inte: inställningar, nycklar, versioner, varje objekt, revisionslogg, disk, certifikat.",
            "Check a hub, running or not: options, keys, versions, every object, audit log, disk, certificates."));
        var choice = HubChoice.AddTo(command, host);
        var json = host.AddJsonOption(command);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var report = await HubCheck.RunAsync(choice.Read(parse), host.Time, new ProgressNotes(host.Terminal, host.Time), cancellationToken);
            if (parse.GetValue(json))
            {
                OperationJson.Write(host.Terminal.Out, new
                {
                    IsSound = report.Gravest() is null,
                    Items = report.Items.Select(i => new { i.Name, Verdict = i.Verdict.ToString().ToLowerInvariant(), i.Text, i.Details }),
                });
            }
            else
            {
                Write(host, report);
            }

            return report.Gravest() is { } gravest ? FailureTable.CodeOf(gravest) : ExitCode.Ok;
        });
    }

    private static void Write(CommandHost host, HubCheckReport report)
    {
        const int MostDetails = 10;
        foreach (var item in report.Items)
        {
            host.Terminal.Line($"{Word(host, item.Verdict),-8} {item.Name,-16} {host.Terminal.Pick(item.Text)}");
            foreach (var detail in item.Details.Take(MostDetails)) host.Terminal.Line($"{string.Empty,-26}{detail}");
            if (item.Details.Count <= MostDetails) continue;
            var more = (item.Details.Count - MostDetails).ToString(CultureInfo.InvariantCulture);
            host.Terminal.Line($"{string.Empty,-26}{host.T($"… och {more} till (--json visar alla)", $"… and {more} more (--json shows all)")}");
        }
    }

    private static string Word(CommandHost host, HubCheckVerdict verdict) => verdict switch
    {
        HubCheckVerdict.Ok => "ok",
        HubCheckVerdict.Warning => host.T("varning", "warning"),
        HubCheckVerdict.Failed => host.T("fel", "failed"),
        _ => "–",
    };
}
