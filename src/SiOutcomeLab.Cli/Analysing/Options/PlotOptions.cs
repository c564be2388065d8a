using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Commands;
using SiOutcomeLab.Cli.Failures;

namespace SiOutcomeLab.Cli.Analysing.Options;

/// <summary>Pictures as SVG files beside the answer.</summary>
internal sealed class PlotOptions
{
    private readonly Option<string?> _plot;
    private readonly Option<string?>? _overlap;
    private readonly Func<AnalysisReport, Words.Language, string?> _draw;

    public PlotOptions(
        CommandHost host, Command command, string description, Func<AnalysisReport, Words.Language, string?> draw, bool hasOverlap = false)
    {
        _draw = draw;
        command.Add(_plot = File("--plot", description));
        if (hasOverlap) command.Add(_overlap = File("--plot-overlap", host.T(
            "Rita poängens överlapp till en SVG-fil.",
            "Draw the overlap of scores to an SVG file.")));

        static Option<string?> File(string name, string text) => new(name) { Description = text, HelpName = "FILE.svg" };
    }

    /// <summary>Draws what was asked for; what cannot be drawn is told and fails nothing.</summary>
    public async Task WriteAsync(CommandHost host, ParseResult parse, AnalysisReport report, CancellationToken cancellationToken)
    {
        await WriteAsync(host, parse.GetValue(_plot), () => _draw(report, host.Terminal.Language), cancellationToken);
        if (_overlap is not null)
        {
            await WriteAsync(host, parse.GetValue(_overlap), () => ReportPlots.Overlap(report, host.Terminal.Language), cancellationToken);
        }
    }

    /// <summary>Writes a picture to a file; without a path nothing is drawn.</summary>
    public static async Task WriteAsync(CommandHost host, string? path, Func<string?> draw, CancellationToken cancellationToken)
    {
        if (path is null) return;
        if (draw() is not { } svg)
        {
            host.Terminal.Note(host.T(
                $"silab: {path} ritades inte: det finns inget att visa.",
                $"silab: {path} was not drawn: there is nothing to show."));
            return;
        }

        try
        {
            await System.IO.File.WriteAllTextAsync(path, svg, cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.InputUnreadable,
                new($"{path} kunde inte skrivas.", $"{path} could not be written."),
                new("Kontrollera mappen och rättigheterna.", "Check the folder and its permissions."));
        }
    }
}
