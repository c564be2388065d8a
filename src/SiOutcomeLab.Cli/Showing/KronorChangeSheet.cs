using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Explanations.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>What has changed in a saving: by the effect, by prices, and which prices.</summary>
internal static class KronorChangeSheet
{
    public static void Write(Terminal terminal, KronorChange change)
    {
        terminal.Line();
        terminal.Line(terminal.Pick(
            $"Besparingen i kronor per deltagare, {change.UnitCostSet}", $"The saving in kronor per participant, {change.UnitCostSet}"));
        terminal.Line($"   {Name(change.FromCosts)}");
        terminal.Line($" → {Name(change.ToCosts)}");
        if (change.Obstacle != KronorObstacle.Unspecified)
        {
            Wrap.Write(terminal.Out, terminal.Pick(ExplanationNames.Of(change.Obstacle)), "   ");
        }

        if (change.Lines.Count > 0) WriteLines(terminal, change);
        if (change.FromTerms is not null && change.ToTerms is not null) WriteTerms(terminal, change);

        static string Name(string costs) => costs.Length > 0 ? costs : "–";
    }

    private static void WriteLines(Terminal terminal, KronorChange change)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn(terminal.Pick("rad, vem", "line, who"), MaximumWidth: 26),
            new TextColumn(terminal.Pick("före", "before"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("efter", "after"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("ändring", "change"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("av effekten", "by effect"), IsRight: true, MaximumWidth: 13),
            new TextColumn(terminal.Pick("av priser", "by prices"), IsRight: true, MaximumWidth: 13));
        foreach (var line in change.Lines)
        {
            Add(terminal.Pick(ExplanationNames.Of(line.Line)), line.Together);
            foreach (var row in line.ByActor) Add($"· {language.Pick(row.NameSv, row.NameEn)}", row.Division);
        }

        table.Write(terminal.Out, "   ");
        foreach (var why in change.Lines.SelectMany(l => l.ByActor.Select(a => a.Division).Append(l.Together)).Select(d => d.Obstacle)
            .Where(o => o != DivisionObstacle.Unspecified).Distinct().Order())
        {
            Wrap.Write(terminal.Out, terminal.Pick(ExplanationNames.Of(why)), "   – ");
        }

        Wrap.Write(
            terminal.Out,
            terminal.Pick(
                "Först effekten, i de tidigare priserna; sedan priserna, vid den senare effekten.",
                "First the effect, at the earlier prices; then the prices, at the later effect."),
            "   ");

        void Add(string name, Division d) => table.Add(
            name,
            CostWords.Sek(d.Before, language),
            CostWords.Sek(d.After, language),
            d.HasChange ? Signed(d.Change, language) : "–",
            d.HasOfEffect ? Signed(d.OfEffect, language) : "–",
            d.HasOfPrices ? Signed(d.OfPrices, language) : "–");
    }

    private static void WriteTerms(Terminal terminal, KronorChange change)
    {
        var (language, from, to) = (terminal.Language, change.FromTerms, change.ToTerms);
        var told = new List<string>();
        if (from.PriceYear != to.PriceYear) told.Add(terminal.Pick($"prisnivå {from.PriceYear} → {to.PriceYear}", $"price level {from.PriceYear} → {to.PriceYear}"));
        if (from.PriceIndex != to.PriceIndex) told.Add($"index {from.PriceIndex} → {to.PriceIndex}");
        if (from.DiscountRate != to.DiscountRate)
        {
            told.Add(terminal.Pick($"{from.DiscountRateSv} → {to.DiscountRateSv}", $"{from.DiscountRateEn} → {to.DiscountRateEn}"));
        }

        foreach (var p in change.Prices)
        {
            var fields = p.Fields.Count == 0 ? string.Empty : $" ({string.Join(", ", p.Fields.Select(f => terminal.Pick(ExplanationNames.Of(f))))})";
            told.Add($"{p.Code}, {language.Pick(p.NameSv, p.NameEn)}: {terminal.Pick(ExplanationNames.Of(p.Kind))}{fields}, {Per(p, language)}");
        }

        if (told.Count == 0) told.Add(terminal.Pick("Priserna är som de var.", "Prices are as they were."));
        foreach (var text in told) Wrap.Write(terminal.Out, text, "   · ", "     ");
    }

    private static string Per(PriceChange p, Language language) =>
        $"{(p.HasFromSek ? Kronor(p.FromSek, language) : "–")} → {(p.HasToSek ? Kronor(p.ToSek, language) : "–")} kr";

    private static string Kronor(double sek, Language language) =>
        language.Pick(PlainNumber.Fixed(sek, Math.Abs(sek) < 100 ? 2 : 0));

    private static string Signed(double sek, Language language) => (sek > 0 ? "+" : string.Empty) + CostWords.Sek(sek, language);
}
