using SiOutcomeLab.Cli.Pictures;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>One effect, whole: sample flow, balance, numbers, the sentence in both languages, lineage.</summary>
internal static class EffectSheet
{
    public static void Write(Terminal terminal, Effect effect)
    {
        WriteHead(terminal, effect);
        WriteFlow(terminal, effect.Flow);
        EffectGroups.WriteAttrition(terminal, effect);
        if (effect.Diagnostics is { } diagnostics) WriteBalance(terminal, diagnostics);
        WriteResult(terminal, effect);
        EffectGroups.WriteReceived(terminal, effect);
        EffectCourse.Write(terminal, effect);
        WriteSentences(terminal, effect);
        WriteLineage(terminal, effect);
    }

    public static void WriteHead(Terminal terminal, Effect effect)
    {
        terminal.Line(terminal.Pick(effect.TitleSv, effect.TitleEn));
        terminal.Line($"  {effect.Name}");
        var summary = effect.Outcome is null
            ? string.Empty
            : $"{effect.Outcome.Measure}, {terminal.Pick("horisont", "horizon")} {effect.Outcome.HorizonPeriods}";
        Wrap.Write(
            terminal.Out,
            $"{summary} · {terminal.Pick(EnumWords.Of(effect.Estimator))} · {terminal.Pick(EnumWords.Of(effect.Role))}{Part(effect)} · "
                + $"{terminal.Pick(EnumWords.Of(effect.Timing))} · {terminal.Pick(EnumWords.Of(effect.Standing))}",
            "  ");
        if (effect.DataStanding > DataStanding.Current) Wrap.Write(terminal.Out, terminal.Pick(EnumWords.Of(effect.DataStanding)), "  ");
    }

    private static string Part(Effect effect) =>
        string.Concat(new[] { effect.Division, effect.Label }.Where(t => t.Length > 0).Select(t => " " + t));

    public static void WriteFlow(Terminal terminal, IReadOnlyList<FlowStep> flow)
    {
        terminal.Line();
        terminal.Line(terminal.Pick("Antal steg för steg", "Numbers, step by step"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("steg", "step")),
            new TextColumn(terminal.Pick("deltagare", "participants"), IsRight: true),
            new TextColumn(terminal.Pick("jämförelse", "comparison"), IsRight: true));
        foreach (var step in flow)
        {
            table.Add(
                terminal.Pick(EnumWords.Of(step.Step)),
                CellText.Persons(step.Participants, terminal.Language),
                CellText.Persons(step.Comparison, terminal.Language));
        }

        table.Write(terminal.Out, "  ");
    }

    public static void WriteBalance(Terminal terminal, Diagnostics diagnostics)
    {
        terminal.Line();
        terminal.Line(
            terminal.Pick(
                "Hur lika grupperna är före och efter (granskat innan utfallet lästes)",
                "How alike the groups are before and after (judged before the outcome was read)"));
        foreach (var line in LovePlot.Lines(diagnostics.Balance, terminal.Language)) terminal.Line("  " + line);
        terminal.Line($"  {terminal.Pick("grinden", "the gate")}: {terminal.Pick(EnumWords.Of(diagnostics.Verdict))}");
        if (diagnostics.Failing.Count > 0)
        {
            Wrap.Write(terminal.Out, string.Join(", ", diagnostics.Failing), terminal.Pick("  för olika: ", "  too different: "));
        }

        if (diagnostics.OverlapCoefficient is { } overlap)
        {
            terminal.Line(terminal.Pick(
                $"  överlapp {CellText.Number(overlap, 2, Language.Swedish)}, andel nära jämvikt {CellText.Number(diagnostics.EquipoiseShare, 2, Language.Swedish)}",
                $"  overlap {CellText.Number(overlap, 2, Language.English)}, share near equipoise {CellText.Number(diagnostics.EquipoiseShare, 2, Language.English)}"));
        }
    }

    public static void WriteResult(Terminal terminal, Effect effect)
    {
        terminal.Line();
        switch (effect.ResultCase)
        {
            case Effect.ResultOneofCase.Estimate:
                WriteEstimate(terminal, effect);
                break;
            case Effect.ResultOneofCase.NotEstimable:
                WriteRefusal(terminal, effect.NotEstimable, effect.Diagnostics is not null);
                break;
            case Effect.ResultOneofCase.Withheld:
                terminal.Line(terminal.Pick("Visas inte: ", "Withheld: ") + terminal.Pick(EnumWords.Of(effect.Withheld.Reason)));
                Wrap.Write(terminal.Out, terminal.Pick(effect.Withheld.RemedySv, effect.Withheld.RemedyEn), "  → ");
                break;
        }
    }

    /// <summary>
    /// Why there is no estimate, and what would help. Covariates that a balance table above has named are not named again.
    /// </summary>
    public static void WriteRefusal(Terminal terminal, NotEstimable refusal, bool hasBalance)
    {
        terminal.Line(terminal.Pick("Går inte att skatta: ", "Not estimable: ") + refusal.Reason);
        if (refusal.Detail.Length > 0 && !hasBalance) Wrap.Write(terminal.Out, refusal.Detail, "  ");
        Wrap.Write(terminal.Out, terminal.Pick(refusal.RemedySv, refusal.RemedyEn), "  → ");
    }

    private static void WriteEstimate(Terminal terminal, Effect effect)
    {
        var (e, language) = (effect.Estimate, terminal.Language);
        var unit = terminal.Pick(effect.UnitSv, effect.UnitEn);
        var level = language.Pick(PlainNumber.Fixed(e.ConfidenceLevel * 100, 0));
        terminal.Line(terminal.Pick("Effekten på deltagarna", "The effect on the participants"));
        Row(terminal.Pick("skattning", "estimate"), $"{CellText.Number(e.Point, language)} {unit}");
        var repeated = LookText.IsRepeated(effect);
        Row(
            repeated ? terminal.Pick("upprepat intervall", "repeated interval") : terminal.Pick($"{level} % intervall", $"{level}% interval"),
            $"{CellText.Interval(e, language)} {unit}" + (repeated ? terminal.Pick($" ({level} % över alla titter)", $" ({level}% over all looks)") : string.Empty));
        Row(terminal.Pick("medelfel", "standard error"), $"{CellText.Number(e.StandardError, language)} ({e.StandardErrorType})");
        Row(terminal.Pick("p-värde", "p-value"), CellText.Number(e.PValue, 3, language));
        Row(terminal.Pick("deltagarnas medel", "participants' mean"), CellText.Number(e.TreatedMean, language));
        Row(terminal.Pick("utan insatsen", "without it"), CellText.Number(e.CounterfactualMean, language));
        Row(terminal.Pick("deltagare", "participants"), CellText.Persons(e.Participants, language));
        Row(
            terminal.Pick("jämförelsepersoner", "comparison persons"),
            terminal.Pick(
                $"{CellText.Persons(e.Comparison, language)} (motsvarar {CellText.Persons(e.EffectiveComparison, language)} oviktade)",
                $"{CellText.Persons(e.Comparison, language)} (worth {CellText.Persons(e.EffectiveComparison, language)} unweighted)"));
        Row(terminal.Pick("gäller", "holds for"), terminal.Pick(EnumWords.Of(e.HoldsFor)));
        EffectBeside.Write(terminal, effect, Row);

        void Row(string name, string value) => terminal.Line($"  {name,-20} {value}");
    }

    public static void WriteSentences(Terminal terminal, Effect effect)
    {
        terminal.Line();
        Wrap.Write(terminal.Out, effect.SentenceSv, "  sv  ");
        Wrap.Write(terminal.Out, effect.SentenceEn, "  en  ");
    }

    private static void WriteLineage(Terminal terminal, Effect effect)
    {
        if (effect.Lineage is not { } lineage) return;
        terminal.Line();
        terminal.Line(terminal.Pick("Vilar på", "Rests on"));
        Row(terminal.Pick("körning", "run"), $"{lineage.Run}, {terminal.Pick("titt", "look")} {lineage.Look}");
        Row(terminal.Pick("planens hash", "plan hash"), lineage.PlanHash);
        Row(terminal.Pick("underlagets hash", "snapshot hash"), lineage.SnapshotHash);
        Row(terminal.Pick("kod, frö", "code, seed"), $"{lineage.CodeVersion}, {lineage.Seed}");
        Row(terminal.Pick("räknad", "computed"), TimeText.Second(lineage.ComputedAt, terminal.Language));
        Row(terminal.Pick("röjanderegler", "disclosure rules"), effect.RuleVersion);

        void Row(string name, string value) => terminal.Line($"  {name,-17} {value}");
    }
}
