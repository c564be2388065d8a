using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>One benchmark, whole: sentences, numbers, the municipalities, what the mean hangs on, lineage.</summary>
internal static class BenchmarkSheet
{
    public static void Write(Terminal terminal, Benchmark b)
    {
        WriteHead(terminal, b);
        if (b.Pooled is { } pooled) WritePooled(terminal, b, pooled);
        WriteMunicipalities(terminal, b);
        WriteWithout(terminal, b);
        WriteBalance(terminal, b);
        WriteLineage(terminal, b);
    }

    private static void WriteHead(Terminal terminal, Benchmark b)
    {
        terminal.Line($"{b.Method}: {terminal.Pick(BenchmarkText.OutcomeInWords(b))}");
        terminal.Line($"  {b.Name}");
        var status = terminal.Pick(BenchmarkText.Of(b.Status)) + (b.Reason.Length > 0 ? $" ({b.Reason})" : string.Empty);
        Wrap.Write(terminal.Out, $"{terminal.Pick("projekt", "project")} {b.Project} · {status}", "  ");
        if (b.DataStanding > DataStanding.Current) Wrap.Write(terminal.Out, terminal.Pick(EnumWords.Of(b.DataStanding)), "  ");
        terminal.Line();
        foreach (var sentence in terminal.Language == Language.Swedish ? b.SentencesSv : b.SentencesEn) Wrap.Write(terminal.Out, sentence,
            "  ");
    }

    private static void WritePooled(Terminal terminal, Benchmark b, PooledEffect p)
    {
        var (language, unit, level) = (terminal.Language, terminal.Pick(b.UnitSv, b.UnitEn), Level(b, terminal.Language));
        terminal.Line();
        terminal.Line(terminal.Pick("Kommunerna sammanvägda", "The municipalities pooled"));
        Row(terminal.Pick("effekt", "effect"), $"{CellText.Number(p.Point, language)} {unit}");
        Row(terminal.Pick($"{level} % intervall", $"{level}% interval"),
            $"{CellText.Interval(p.Point, p.CiLow, p.CiHigh, language)} {unit}");
        Row(terminal.Pick("väntat i en ny", "expected in a further"),
            $"{CellText.Interval(p.Point, p.PredictionLow, p.PredictionHigh, language)} {unit}");
        Row(terminal.Pick("medelfel", "standard error"), CellText.Number(p.StandardError, language));
        Row(terminal.Pick("p-värde", "p-value"), CellText.Number(p.PValue, 3, language));
        Row(terminal.Pick("skillnad (τ)", "differences (τ)"), $"{CellText.Number(p.Tau, language)} {unit}");
        Row("I²", terminal.Pick(
            $"{CellText.Percent(p.ISquared, language)} av variationen är inte slump (p "
                + $"{CellText.Number(p.HeterogeneityPValue, 3, language)})",
            $"{CellText.Percent(p.ISquared, language)} of the variation is not chance (p "
                + $"{CellText.Number(p.HeterogeneityPValue, 3, language)})"));
        if (b.OddsRatio is { } ratio)
        {
            Row(terminal.Pick("oddskvot", "odds ratio"), CellText.PointAndInterval(ratio.OddsRatio, ratio.CiLow, ratio.CiHigh, language));
        }

        Row(terminal.Pick("modell", "model"), terminal.Pick(BenchmarkText.Of(b.Model)));
        Row(terminal.Pick("kommuner", "municipalities"), $"{p.Municipalities}");
        Row(terminal.Pick("deltagare", "participants"), CellText.Persons(p.Participants, language));

        void Row(string name, string value) => terminal.Line($"  {name,-22} {value}");
    }

    private static void WriteMunicipalities(Terminal terminal, Benchmark b)
    {
        var language = terminal.Language;
        if (b.Municipalities.Count > 0)
        {
            terminal.Line();
            terminal.Line(terminal.Pick("Kommunerna, i kodordning; ingen rangordning", "The municipalities, by code; no ranking"));
            var table = new TextTable(
                new TextColumn(terminal.Pick("kommun", "municipality"), MaximumWidth: 17),
                new TextColumn(terminal.Pick("egen skattning", "own estimate"), IsRight: true, MaximumWidth: 24),
                new TextColumn(terminal.Pick("delt.", "part."), IsRight: true, MaximumWidth: 10),
                new TextColumn(terminal.Pick("samlad bedömning", "combined estimate"), IsRight: true, MaximumWidth: 24),
                new TextColumn(terminal.Pick("bättre än medlet", "better than mean"), IsRight: true, MaximumWidth: 7),
                new TextColumn(terminal.Pick("vikt", "weight"), IsRight: true, MaximumWidth: 6));
            foreach (var m in b.Municipalities)
            {
                var name = BenchmarkText.Municipality(m.Municipality);
                table.Add(
                    m.IsInPool || b.Pooled is null ? name : terminal.Pick($"{name}\n(inte med)", $"{name}\n(left out)"),
                    CellText.PointAndInterval(m.Point, m.CiLow, m.CiHigh, language),
                    CellText.Persons(m.Participants, language),
                    m.Place is { } p ? CellText.PointAndInterval(p.Shrunken, p.ShrunkenLow, p.ShrunkenHigh, language) : "–",
                    CellText.Probability(m.Place?.ProbabilityBetter, language),
                    CellText.Percent(m.Place?.Weight, language));
            }

            table.Write(terminal.Out, "  ");
        }

        foreach (var a in b.Absent)
        {
            Wrap.Write(terminal.Out, $"{BenchmarkText.Municipality(a.Municipality)}: {terminal.Pick(BenchmarkText.Absence(a.Reason))}",
                "  – ");
        }
    }

    private static void WriteWithout(Terminal terminal, Benchmark b)
    {
        var placed = b.Municipalities.Where(m => m.Place is not null).ToArray();
        if (placed.Length == 0) return;
        terminal.Line();
        terminal.Line(terminal.Pick("Medlet utan en kommun i taget", "The mean without one municipality at a time"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("utan", "without"), MaximumWidth: 22),
            new TextColumn(terminal.Pick("medel (intervall)", "mean (interval)"), IsRight: true),
            new TextColumn(terminal.Pick("kommunens avstånd, i egna medelfel", "its distance, in own standard errors"), IsRight: true,
                MaximumWidth: 20));
        foreach (var m in placed)
        {
            var p = m.Place;
            table.Add(
                BenchmarkText.Municipality(m.Municipality),
                p.WithoutPoint is null ? "–" : CellText.PointAndInterval(p.WithoutPoint, p.WithoutLow, p.WithoutHigh, terminal.Language),
                CellText.Number(p.FunnelDeviation, 1, terminal.Language));
        }

        table.Write(terminal.Out, "  ");
    }

    private static void WriteBalance(Terminal terminal, Benchmark b)
    {
        if (b.Balance.Count == 0) return;
        terminal.Line();
        terminal.Line(terminal.Pick("Skillnad mellan grupperna före starten, medel",
            "Differences between the groups before the start, mean"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("egenskap", "covariate")),
            new TextColumn(terminal.Pick("före", "before"), IsRight: true),
            new TextColumn(terminal.Pick("efter", "after"), IsRight: true),
            new TextColumn(terminal.Pick("störst efter", "largest after"), IsRight: true));
        foreach (var row in b.Balance)
        {
            table.Add(
                row.Covariate, CellText.Number(row.MeanBefore, 2, terminal.Language), CellText.Number(row.MeanAfter, 2, terminal.Language),
                CellText.Number(row.WorstAfter, 2, terminal.Language));
        }

        table.Write(terminal.Out, "  ");
    }

    private static void WriteLineage(Terminal terminal, Benchmark b)
    {
        terminal.Line();
        terminal.Line(terminal.Pick("Vilar på", "Rests on"));
        Row(terminal.Pick("underlagets hash", "snapshot hash"), b.SnapshotHash);
        Row(terminal.Pick("planer och körningar", "plans and runs"), b.InputHash);
        Row(terminal.Pick("kod", "code"), b.CodeVersion);
        Row(terminal.Pick("räknad", "computed"), TimeText.Second(b.ComputedAt, terminal.Language));
        Row(terminal.Pick("röjanderegler", "disclosure rules"), b.RuleVersion);

        void Row(string name, string value) => terminal.Line($"  {name,-20} {value}");
    }

    private static string Level(Benchmark b, Language language) => language.Pick(PlainNumber.Fixed(b.ConfidenceLevel * 100, 0));
}
