using System.Globalization;
using SiOutcomeLab.Cli.Demo.Reference;
using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>What the demo shows people.</summary>
internal static class DemoReport
{
    public static void Write(Terminal terminal, DemoResult result)
    {
        if (result.Story is { } story)
        {
            StoryReport.Write(terminal, story, result.Methods.FirstOrDefault(m => m.Code == MethodStory.Method).Name);
        }

        Title(terminal, terminal.Pick(
            "2. NSW: arbetsträning i USA, verkliga undervisningsdata (185 deltagare, 429 jämförelsepersoner)",
            "2. NSW: job training in the US, real teaching data (185 participants, 429 comparison persons)"));
        WriteNsw(terminal, result);
        CountryReport.Write(terminal, result);
        terminal.Line();
        terminal.Line(terminal.Pick(
            $"Från tom hubb till sista skattningen: {PlainNumber.Fixed(result.Elapsed.TotalSeconds, 1).Sv} sekunder.",
            $"From an empty hub to the last estimate: {PlainNumber.Fixed(result.Elapsed.TotalSeconds, 1).En} seconds."));
    }

    public static void Title(Terminal terminal, string text)
    {
        terminal.Line();
        terminal.Line(text);
        terminal.Line(new string('═', Math.Min(text.Length, Wrap.Width)));
    }

    private static void WriteNsw(Terminal terminal, DemoResult result)
    {
        var nsw = result.Nsw.ToArray();
        if (Array.Find(nsw, e => e is { Role: EstimateRole.Headline, ResultCase: Effect.ResultOneofCase.Estimate }) is { } headline)
        {
            EffectSheet.WriteHead(terminal, headline);
            EffectSheet.WriteFlow(terminal, headline.Flow);
            if (headline.Diagnostics is { } diagnostics) EffectSheet.WriteBalance(terminal, diagnostics);
            WriteEstimates(terminal, headline, nsw.Where(e => e.Plan == headline.Plan));
            EffectSheet.WriteSentences(terminal, headline);
        }

        WriteChecks(terminal, result.Checks);
        foreach (var refused in nsw.Where(e => e is { Role: EstimateRole.Headline, ResultCase: Effect.ResultOneofCase.NotEstimable })) WriteGate(terminal, refused, result.Checks);
    }

    private static void WriteEstimates(Terminal terminal, Effect headline, IEnumerable<Effect> effects)
    {
        var language = terminal.Language;
        terminal.Line();
        terminal.Line(terminal.Pick($"Effekten på deltagarna, {headline.UnitSv}", $"The effect on the participants, {headline.UnitEn}"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("skattare", "estimator"), MaximumWidth: 34),
            new TextColumn(terminal.Pick("effekt (95 % intervall)", "effect (95% interval)"), IsRight: true),
            new TextColumn(terminal.Pick("medelfel", "SE"), IsRight: true),
            new TextColumn(terminal.Pick("delt.", "part."), IsRight: true),
            new TextColumn(terminal.Pick("jämf.", "comp."), IsRight: true));
        foreach (var effect in effects)
        {
            var numbers = effect.ResultCase == Effect.ResultOneofCase.Estimate ? effect.Estimate : null;
            table.Add(
                terminal.Pick(EnumWords.Of(effect.Estimator)) + (effect.Role == EstimateRole.Headline ? " *" : string.Empty),
                EffectTable.Result(effect, language),
                CellText.Number(numbers?.StandardError, language),
                CellText.Persons(numbers?.Participants, language),
                CellText.Persons(numbers?.Comparison, language));
        }

        table.Write(terminal.Out, "  ");
        terminal.Line(terminal.Pick("  * huvudresultatet, bestämt i planen", "  * the headline, fixed in the plan"));
    }

    private static void WriteChecks(Terminal terminal, ReferenceChecks checks)
    {
        terminal.Line();
        terminal.Line(terminal.Pick("Kontroll mot R på den publika filen", "Check against R on the public file"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("tal", "number"), MaximumWidth: 40),
            new TextColumn("R", IsRight: true),
            new TextColumn(terminal.Pick("hubben", "the hub"), IsRight: true),
            new TextColumn(terminal.Pick("skillnad", "difference"), IsRight: true),
            new TextColumn(string.Empty));
        foreach (var effect in checks.Effects.Where(e => e.LargestSmd is null))
        {
            foreach (var check in effect.Checks) AddCheck(terminal, table, $"{effect.Estimator} {check.Quantity}", check);
        }

        table.Write(terminal.Out, "  ");
        var largest = Small(terminal, checks.Propensity.Max(c => c.Difference));
        terminal.Line(terminal.Pick(
            $"  propensitymodellens {checks.Propensity.Count} koefficienter: {Verdict(terminal, checks.Propensity.All(c => c.Passed))}, största skillnad {largest}",
            $"  the propensity model's {checks.Propensity.Count} coefficients: {Verdict(terminal, checks.Propensity.All(c => c.Passed))}, largest difference {largest}"));
        terminal.Line(terminal.Pick(
            "  Skillnaden är den större av hubbens och en egen uträknings på filen.",
            "  The difference is the larger of the hub's and that of a computation of its own on the file."));
    }

    private static void WriteGate(Terminal terminal, Effect refused, ReferenceChecks checks)
    {
        terminal.Line();
        terminal.Line(terminal.Pick("Grinden i arbete", "The gate at work"));
        EffectSheet.WriteHead(terminal, refused);
        if (refused.Diagnostics is { } diagnostics) EffectSheet.WriteBalance(terminal, diagnostics);
        terminal.Line();
        EffectSheet.WriteRefusal(terminal, refused.NotEstimable, refused.Diagnostics is not null);
        EffectSheet.WriteSentences(terminal, refused);
        if (checks.Of(refused) is not { } check) return;
        terminal.Line();
        Wrap.Write(terminal.Out, check.Label is { } label ? terminal.Pick(label) : string.Empty, "  ");
        var table = new TextTable(
            new TextColumn(terminal.Pick("tal", "number")),
            new TextColumn("R", IsRight: true),
            new TextColumn(terminal.Pick("här", "here"), IsRight: true),
            new TextColumn(terminal.Pick("skillnad", "difference"), IsRight: true),
            new TextColumn(string.Empty));
        foreach (var number in check.Checks) AddCheck(terminal, table, number.Quantity, number);
        table.Write(terminal.Out, "  ");
    }

    private static void AddCheck(Terminal terminal, TextTable table, string name, NumberCheck check)
    {
        var decimals = check.Quantity switch { "pairs" => 0, "summedDistance" => 7, _ => 6 };
        table.Add(
            name,
            terminal.Pick(PlainNumber.Fixed(check.Reference, decimals)),
            terminal.Pick(PlainNumber.Fixed(check.Hub ?? check.Own, decimals)),
            Small(terminal, check.Difference),
            Verdict(terminal, check.Passed));
    }

    // Powers of ten as numbers of their own would read worse than the notation that every calculator has.
    private static string Small(Terminal terminal, double difference)
    {
        var text = difference == 0 ? "0" : difference.ToString("0.0e+0", CultureInfo.InvariantCulture);
        return terminal.Pick(text.Replace('.', ','), text);
    }

    private static string Verdict(Terminal terminal, bool passed) =>
        passed ? terminal.Pick("stämmer", "agrees") : terminal.Pick("AVVIKER", "DIFFERS");
}
