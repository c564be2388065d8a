using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Failures;
using SiOutcomeLab.Cli.Terminals;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse</c>: the lab's methods on a file of one's own, without a hub.</summary>
internal static class AnalyseCommand
{
    public static Command Create(CommandHost host) => new(
        "analyse",
        host.T(
            "Labbets metoder på en egen CSV- eller Parquetfil, utan hubb.", "The lab's methods on a CSV or Parquet file of one's own, without a hub."))
    {
        AnalyseMatchCommand.Create(host),
        AnalyseWeightCommand.Create(host),
        AnalyseEffectCommand.Create(host),
        AnalyseDidCommand.Create(host),
        AnalysePoolCommand.Create(host),
        AnalysePowerCommand.Create(host),
        AnalyseBalanceCommand.Create(host),
    };

    /// <summary>Draws and prints a report as it was asked for; an analysis that the data refuse has an exit code of its own.</summary>
    public static async Task<ExitCode> FinishAsync(
        CommandHost host, ParseResult parse, InputOptions file, PlotOptions plots, AnalysisReport report, CancellationToken cancellationToken)
    {
        await plots.WriteAsync(host, parse, report, cancellationToken);
        return Finish(host, file.IsJson(parse), report);
    }

    public static ExitCode Finish(CommandHost host, bool isJson, AnalysisReport report)
    {
        if (isJson) JsonOutput.Write(host.Terminal.Out, json => ReportJson.Write(json, report, host.Terminal.Language));
        else ReportText.Write(host.Terminal, report);
        return report.NotEstimable is null ? ExitCode.Ok : ExitCode.NotEstimable;
    }
}
