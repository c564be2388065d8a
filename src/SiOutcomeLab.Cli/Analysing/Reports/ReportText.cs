using System.Globalization;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Statistics.Balance;

namespace SiOutcomeLab.Cli.Analysing.Reports;

/// <summary>Writes a report for a reader: estimates first, then how good the comparison is, then what was left out.</summary>
internal static class ReportText
{
    private const int RowsShown = 10;

    public static void Write(Terminal terminal, AnalysisReport report)
    {
        Heading(terminal, report);
        if (report.NotEstimable is { } refusal) Refused(terminal, refusal);
        Estimates(terminal, report);
        Sources(terminal, report);
        Diagnostics(terminal, report);
        if (report.Balance is { } balance) Balance(terminal, balance, report.Gate!);
        Dropped(terminal, report.Dropped);
        foreach (var note in report.Notes)
        {
            terminal.Line();
            Wrap.Write(terminal.Out, terminal.Pick(note), "* ");
        }
    }

    private static void Heading(Terminal terminal, AnalysisReport report)
    {
        var settings = report.Settings.Where(setting => setting.Value is not (null or false or IReadOnlyList<string> { Count: 0 }))
            .Select(setting => $"{setting.Name} {Word(setting.Value!)}");
        var used = report.File is null ? string.Empty : terminal.Pick(
            $"{report.File}: {report.RowsUsed} av {report.RowsInFile} rader. ", $"{report.File}: {report.RowsUsed} of {report.RowsInFile} rows. ");
        Wrap.Write(terminal.Out, used + string.Join(" · ", settings));
    }

    private static string Word(object value) => value switch
    {
        double number => number.ToString(CultureInfo.InvariantCulture),
        IReadOnlyList<string> names => string.Join(",", names),
        true => "true",
        _ => value.ToString()!,
    };

    private static void Refused(Terminal terminal, Refusal refusal)
    {
        terminal.Line();
        Wrap.Write(terminal.Out, terminal.Pick(
            $"Går inte att skatta: {refusal.What.Sv}. {refusal.Detail}", $"Not estimable: {refusal.What.En}. {refusal.Detail}"));
        Wrap.Write(terminal.Out, terminal.Pick(refusal.Remedy), "→ ");
    }

    private static void Estimates(Terminal terminal, AnalysisReport report)
    {
        if (report.Estimates.Count == 0) return;
        terminal.Line();
        var hasBands = report.Estimates.Any(line => line.BandLow is not null);
        var table = new TextTable(
        [
            new(terminal.Pick("skattning", "estimate of"), MaximumWidth: 26),
            new(terminal.Pick("för", "for"), MaximumWidth: 22),
            new(terminal.Pick("värde", "value"), true, 13),
            new(terminal.Pick("fel", "error"), true, 12),
            new(terminal.Pick("intervall", "interval"), true, 27),
            new("p", true, 7),
            .. hasBands ? new[] { new TextColumn(terminal.Pick("band", "band"), true, 27) } : [],
        ]);
        foreach (var line in report.Estimates)
        {
            string[] band = hasBands ? [Interval(terminal, line.BandLow ?? double.NaN, line.BandHigh ?? double.NaN)] : [];
            table.Add(line.Refusal is not null
                ? [line.Name, line.Estimand, "–", "–", terminal.Pick("går inte att skatta", "not estimable"), "–", .. band]
                :
                [
                    line.Name, line.Estimand, Significant(terminal, line.Estimate), Significant(terminal, line.StandardError),
                    Interval(terminal, line.Low, line.High), P(terminal, line.PValue), .. band,
                ]);
        }

        table.Write(terminal.Out);
        foreach (var type in report.Estimates.Where(line => line.StandardErrorType is not null)
            .GroupBy(line => line.StandardErrorType!).Select(group => (Type: group.Key, Names: group.Select(line => line.Name).ToArray())))
        {
            var of = type.Names.Length > 4 ? $"{string.Join(", ", type.Names[..3])} …" : string.Join(", ", type.Names);
            Wrap.Write(terminal.Out, $"{terminal.Pick(ErrorWords.Of(type.Type))} ({of})", terminal.Pick("fel: ", "error: "));
        }

        foreach (var line in report.Estimates.Where(line => line.Refusal is not null && line.Refusal != report.NotEstimable))
        {
            Wrap.Write(terminal.Out, $"{terminal.Pick(line.Refusal!.What)}. {line.Refusal.Detail} → {terminal.Pick(line.Refusal.Remedy)}", $"{line.Name}: ");
        }
    }

    private static void Sources(Terminal terminal, AnalysisReport report)
    {
        if (report.Sources.Count == 0) return;
        terminal.Line();
        var table = new TextTable(
            new(terminal.Pick("källa", "source"), MaximumWidth: 16),
            new(terminal.Pick("värde", "value"), true, 10),
            new(terminal.Pick("intervall", "interval"), true, 22),
            new(terminal.Pick("vikt %", "weight %"), true, 8),
            new(terminal.Pick("krympt", "shrunken"), true, 10),
            new(terminal.Pick("intervall", "interval"), true, 22));
        foreach (var source in report.Sources)
        {
            table.Add(
                source.Label, Significant(terminal, source.Estimate), Interval(terminal, source.Low, source.High),
                terminal.Pick(PlainNumber.Fixed(source.Weight, 1)), Significant(terminal, source.Shrunken),
                Interval(terminal, source.ShrunkenLow, source.ShrunkenHigh));
        }

        table.Write(terminal.Out);
    }

    private static void Diagnostics(Terminal terminal, AnalysisReport report)
    {
        var told = report.Diagnostics.Where(figure => figure.Label is not null && !double.IsNaN(figure.Value)).ToArray();
        if (told.Length == 0) return;
        terminal.Line();
        var table = new TextTable(new(terminal.Pick("mått", "figure"), MaximumWidth: 70), new(terminal.Pick("värde", "value"), true, 14));
        foreach (var figure in told) table.Add(terminal.Pick(figure.Label!), Significant(terminal, figure.Value));
        table.Write(terminal.Out);
    }

    private static void Balance(Terminal terminal, BalanceTable balance, BalanceVerdict gate)
    {
        terminal.Line();
        terminal.Line(terminal.Pick(
            $"Balans före och efter: standardiserad skillnad (nämnare: {DenominatorWords.Of(balance.Denominator).Sv})",
            $"Balance before and after: standardised difference (denominator: {DenominatorWords.Of(balance.Denominator).En})"));
        var table = new TextTable(
            new(terminal.Pick("kovariat", "covariate"), MaximumWidth: 24),
            new(terminal.Pick("behandlade", "treated"), true, 12),
            new(terminal.Pick("jämförelse", "comparison"), true, 12),
            new(terminal.Pick("före", "before"), true, 7),
            new(terminal.Pick("efter", "after"), true, 7),
            new(terminal.Pick("varianskvot", "var. ratio"), true, 11),
            new("KS", true, 6),
            new(terminal.Pick("omdöme", "grade"), MaximumWidth: 8));
        for (var i = 0; i < balance.Covariates.Count; i++)
        {
            var (each, verdict) = (balance.Covariates[i], gate.Covariates[i]);
            table.Add(
                each.Name, Significant(terminal, each.After.MeanTreated), Significant(terminal, each.After.MeanComparison),
                Fixed(terminal, each.Before.Smd, 3), Fixed(terminal, each.After.Smd, 3),
                each.After.VarianceRatio is { } ratio ? Fixed(terminal, ratio, 2) : "–", Fixed(terminal, each.After.KolmogorovSmirnov, 3),
                terminal.Pick(Grade(verdict.Grade)));
        }

        table.Write(terminal.Out);
    }

    private static BilingualText Grade(BalanceGrade grade) => grade switch
    {
        BalanceGrade.Pass => new("bra", "pass"),
        BalanceGrade.Amber => new("gult", "amber"),
        _ => new("rött", "fail"),
    };

    private static void Dropped(Terminal terminal, DroppedRows dropped)
    {
        if (dropped.Total == 0) return;
        terminal.Line();
        foreach (var (reason, column, count) in dropped.Counts)
        {
            int[] rows = [.. dropped.Listed.Where(row => row.Reason == reason && row.Column == column).Take(RowsShown).Select(row => row.Row)];
            var where = string.Join(", ", rows) + (count > rows.Length ? " …" : string.Empty);
            Wrap.Write(terminal.Out, terminal.Pick(
                $"Utelämnade rader: {count} – {DropWords.Of(reason, column).Sv} (rad {where})",
                $"Rows left out: {count} – {DropWords.Of(reason, column).En} (row {where})"));
        }
    }

    private static string Interval(Terminal terminal, double low, double high) =>
        double.IsNaN(low) ? "–" : $"{Significant(terminal, low)} … {Significant(terminal, high)}";

    private static string P(Terminal terminal, double value) =>
        double.IsNaN(value) ? "–" : value < 0.001 ? terminal.Pick("<0,001", "<0.001") : Fixed(terminal, value, 3);

    private static string Fixed(Terminal terminal, double value, int decimals) =>
        double.IsFinite(value) ? terminal.Pick(PlainNumber.Fixed(value, decimals)) : "–";

    /// <summary>Six significant digits: enough to check by, few enough to read.</summary>
    private static string Significant(Terminal terminal, double value)
    {
        if (!double.IsFinite(value)) return "–";
        if (value == Math.Floor(value) && Math.Abs(value) < 1e7) return terminal.Pick(PlainNumber.Fixed(value, 0));
        var size = Math.Abs(value);
        if (size is >= 1e9 or < 1e-5)
        {
            var text = value.ToString("G5", CultureInfo.InvariantCulture);
            return terminal.Pick(text.Replace('.', ','), text);
        }

        return Fixed(terminal, value, Math.Clamp(5 - (int)Math.Floor(Math.Log10(size)), 0, 9));
    }
}
