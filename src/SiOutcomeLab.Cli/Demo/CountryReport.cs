using SiOutcomeLab.Cli.Showing;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Demo;

/// <summary>The made country: one row per municipality, one column per method, the known true effect beside each estimate.</summary>
internal static class CountryReport
{
    public static void Write(Terminal terminal, DemoResult result)
    {
        DemoReport.Title(terminal, terminal.Pick(
            $"3. Ett påhittat land: {result.Municipalities.Count} kommuner, {result.Methods.Count} metoder, planer låsta före data",
            $"3. A made country: {result.Municipalities.Count} municipalities, {result.Methods.Count} methods, plans locked before the data"));
        var headlines = result.Country.Where(e => e.Role == EstimateRole.Headline).ToArray();
        WriteUnits(terminal, result, headlines);
        var table = new TextTable([
            new TextColumn(terminal.Pick("kommun", "municipality"), MaximumWidth: 14),
            .. result.Methods.Select(m => new TextColumn(m.Code, IsRight: true, MaximumWidth: 26)),
        ]);
        foreach (var (code, name) in result.Municipalities.OrderBy(m => m.Key, StringComparer.Ordinal))
        {
            table.Add([
                $"{name}\n{code}",
                .. result.Methods.Select(
                    m => CellOf(terminal, result, Array.Find(headlines, e => e.Organisation == code && e.Method == m.Code))),
            ]);
        }

        table.Write(terminal.Out, "  ");
        Wrap.Write(terminal.Out, terminal.Pick(
            "Effekt (95 % intervall), avrundad av röjandereglerna. sant* = den verkliga effekten på deltagarna, känd bara för att landet är påhittat; ✓ = intervallet täcker den.",
            "Effect (95% interval), rounded by the disclosure rules. true* = the real effect on the participants, known only because the country is made up; ✓ = the interval covers it."), "  ");
        WriteCount(terminal, result.Count());
        WriteReasons(terminal, result, headlines);
        WriteSmall(terminal, result, headlines);
    }

    private static void WriteUnits(Terminal terminal, DemoResult result, Effect[] headlines)
    {
        foreach (var (code, name) in result.Methods)
        {
            if (Array.Find(headlines, e => e.Method == code) is not { } effect) continue;
            terminal.Line($"  {code,-14} {terminal.Pick(name)}: {effect.Outcome?.Measure}, {terminal.Pick(effect.UnitSv, effect.UnitEn)}");
        }

        terminal.Line();
    }

    private static string CellOf(Terminal terminal, DemoResult result, Effect? effect)
    {
        if (effect is null) return "–";
        if (effect.ResultCase != Effect.ResultOneofCase.Estimate) return terminal.Pick(EnumWords.Of(effect.ResultCase));
        var shown = EffectTable.Result(effect, terminal.Language);
        if (result.Known.Of(effect) is not { } known) return shown;
        var mark = result.Known.IsCovered(effect) switch { true => "✓", false => "✗", null => " " };
        return $"{shown}\n{terminal.Pick("sant*", "true*")} {terminal.Pick(PlainNumber.ThreeDigits(known))} {mark}";
    }

    private static void WriteCount(Terminal terminal, CountryCount count)
    {
        terminal.Line();
        terminal.Line(terminal.Pick(
            $"  {count.Estimated} av {count.Plans} skattade, {count.NotEstimable} går inte att skatta, {count.Withheld} visas inte.",
            $"  {count.Estimated} of {count.Plans} estimated, {count.NotEstimable} not estimable, {count.Withheld} withheld."));
        if (count.Intervals == 0) return;
        var percent = PlainNumber.Fixed(100.0 * count.Covering / count.Intervals, 0);
        terminal.Line(terminal.Pick(
            $"  {count.Covering} av {count.Intervals} intervall täcker den sanna effekten ({percent.Sv} %; 95 % är att vänta i det långa loppet).",
            $"  {count.Covering} of {count.Intervals} intervals cover the true effect ({percent.En}%; 95% is to be expected in the long run)."));
    }

    private static void WriteReasons(Terminal terminal, DemoResult result, Effect[] headlines)
    {
        foreach (var reason in headlines.Where(e => e.ResultCase == Effect.ResultOneofCase.NotEstimable).GroupBy(e => e.NotEstimable.Reason))
        {
            Wrap.Write(
                terminal.Out,
                string.Join(", ", reason.Select(e => $"{result.Municipalities[e.Organisation]} {e.Method}")),
                $"  {reason.Key}: ",
                "    ");
        }
    }

    private static void WriteSmall(Terminal terminal, DemoResult result, Effect[] headlines)
    {
        if (Array.Find(headlines, e => e.ResultCase != Effect.ResultOneofCase.Estimate) is not { } small) return;
        terminal.Line();
        terminal.Line(terminal.Pick(
            $"Vad en liten kommun får: {result.Municipalities[small.Organisation]}, {small.Method}",
            $"What a small municipality gets: {result.Municipalities[small.Organisation]}, {small.Method}"));
        EffectSheet.WriteSentences(terminal, small);
        var remedy = small.ResultCase == Effect.ResultOneofCase.NotEstimable
            ? terminal.Pick(small.NotEstimable.RemedySv, small.NotEstimable.RemedyEn)
            : terminal.Pick(small.Withheld.RemedySv, small.Withheld.RemedyEn);
        Wrap.Write(terminal.Out, remedy, "  →   ");
    }
}
