using System.CommandLine;
using SiOutcomeLab.Cli.Analysing.Options;
using SiOutcomeLab.Cli.Analysing.Reports;
using SiOutcomeLab.Cli.Analysing.Studies;
using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Cli.Commands;

/// <summary><c>silab analyse balance</c>: how alike the arms are.</summary>
internal static class AnalyseBalanceCommand
{
    public static Command Create(CommandHost host)
    {
        var command = new Command("balance", host.T(
            "Hur lika grupperna är, före och efter egna vikter: standardiserade skillnader, varianskvot, KS, överlapp och labbets omdöme. Utan utfall.",
            "How alike the arms are, before and after weights of one's own: standardised differences, variance ratio, KS, overlap and the lab's verdict. Without an outcome."));
        var file = new InputOptions(host, command, hasLevel: false);
        var study = new StudyOptions(
            host, command, file, _ => true, needsOutcome: null, cluster: false,
            weights: host.T("Vikter efter justering, minst 0.", "Weights after adjustment, at least 0."));
        var denominator = Choice<SmdDenominator>.Create(
            host, "--denominator", host.T("Nämnaren i tabellen; JSON har alla.", "The table's denominator; JSON has all."),
            ("treated", SmdDenominator.Treated), ("comparison", SmdDenominator.Comparison), ("pooled", SmdDenominator.Pooled), ("all", SmdDenominator.All),
            ("weighted", SmdDenominator.Weighted), ("hedges", SmdDenominator.Hedges));
        var squares = new Option<bool>("--squares") { Description = host.T("Också kvadrater.", "Squares too.") };
        var interactions = new Option<bool>("--interactions") { Description = host.T(
            "Också produkter av två.",
            "Products of two as well.") };
        foreach (var option in new Option[] { denominator.Option, squares, interactions }) command.Add(option);
        var plots = new PlotOptions(
            host, command, host.T(
                "Rita balansen före och efter (love plot) till en SVG-fil.",
                "Draw balance before and after (love plot) to an SVG file."), ReportPlots.Love, hasOverlap: true);
        return host.WithAction(command, async (parse, cancellationToken) =>
        {
            var rows = await StudyRows.ReadAsync(study.Columns(parse), cancellationToken);
            return await AnalyseCommand.FinishAsync(host, parse, file, plots, BalanceAnalysis.Run(
                rows, denominator.Of(parse), parse.GetValue(squares), parse.GetValue(interactions), cancellationToken), cancellationToken);
        });
    }
}
