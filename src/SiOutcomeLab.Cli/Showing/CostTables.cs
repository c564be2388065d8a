using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Protos.Costs.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>Kronor and unit costs as tables for people.</summary>
internal static class CostTables
{
    public static void Write(Terminal terminal, IEnumerable<CostBaseline> baselines)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn("plan", MaximumWidth: 24),
            new TextColumn(terminal.Pick("enhetskostnader", "unit costs"), MaximumWidth: 15),
            new TextColumn(terminal.Pick("kr per person och år", "kr per person and year"), IsRight: true, MaximumWidth: 31),
            new TextColumn(terminal.Pick("resurser", "resources"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("bidrag", "transfers"), IsRight: true, MaximumWidth: 11));
        foreach (var b in baselines)
        {
            var money = b.PerPersonYear;
            table.Add(
                Subject(b.Subject, language), Terms(b.Terms), CostWords.WithInterval(money, language), CostWords.Sek(money.Resources, language),
                CostWords.Sek(money.Transfers, language));
        }

        table.Write(terminal.Out);
    }

    public static void Write(Terminal terminal, IEnumerable<Saving> savings)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn("plan", MaximumWidth: 24),
            new TextColumn(terminal.Pick("enhetskostnader", "unit costs"), MaximumWidth: 15),
            new TextColumn(terminal.Pick("sparat värde, kr per deltagare", "value saved, kr per participant"), IsRight: true, MaximumWidth: 31),
            new TextColumn(terminal.Pick("slutar för-\nbrukas", "stops being\nspent"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("budget kan\nminskas", "budget can\nbe cut"), IsRight: true, MaximumWidth: 11));
        foreach (var s in savings)
        {
            var isCounted = s.Status == SavingStatus.Counted;
            table.Add(
                $"{Subject(s.Subject, language)}{(isCounted ? $"\n{language.Pick(EnumWords.Of(s.Standing))}" : string.Empty)}",
                Terms(s.Terms),
                isCounted ? CostWords.WithInterval(s.EconomicValue, language) : language.Pick(CostWords.Of(s.Status)),
                CostWords.Sek(s.Marginal?.Paid, language),
                CostWords.Sek(s.BudgetReducible?.Paid, language));
        }

        table.Write(terminal.Out);
    }

    public static void Write(Terminal terminal, IEnumerable<UnitCost> unitCosts)
    {
        var language = terminal.Language;
        var table = new TextTable(
            new TextColumn(terminal.Pick("uppsättning", "set"), MaximumWidth: 15),
            new TextColumn(terminal.Pick("kod, namn", "code, name"), MaximumWidth: 30),
            new TextColumn(terminal.Pick("mått", "measure"), MaximumWidth: 21),
            new TextColumn(terminal.Pick("publicerat", "published"), IsRight: true, MaximumWidth: 14),
            new TextColumn(terminal.Pick("kr/enhet", "kr/unit"), IsRight: true, MaximumWidth: 12));
        foreach (var u in unitCosts)
        {
            table.Add(
                u.Set,
                $"{u.Code}\n{language.Pick(u.NameSv, u.NameEn)}",
                u.Measure.Length == 0 ? "–" : u.Measure,
                u.HasPublishedSek ? $"{CostWords.Sek(u.PublishedSek, language)}\n({u.PriceYear})" : "–",
                u.HasPerMeasureUnit ? CostWords.Sek(u.PerMeasureUnit, language) : language.Pick("ofullständig", "incomplete"));
        }

        table.Write(terminal.Out);
    }

    public static void Write(Terminal terminal, CompareUnitCostsResponse compared)
    {
        var language = terminal.Language;
        terminal.Line(terminal.Pick(
            $"Kronor per enhet i {compared.PriceYear} års priser", $"Kronor per unit in {compared.PriceYear} prices"));
        terminal.Line($"  {compared.FromSet.Code}: {language.Pick(compared.FromSet.NameSv, compared.FromSet.NameEn)}");
        terminal.Line($"  {compared.ToSet.Code}: {language.Pick(compared.ToSet.NameSv, compared.ToSet.NameEn)}");
        terminal.Line();
        var table = new TextTable(
            new TextColumn(terminal.Pick("mått", "measure"), MaximumWidth: 22),
            new TextColumn(compared.FromSet.Code, IsRight: true, MaximumWidth: 13),
            new TextColumn(compared.ToSet.Code, IsRight: true, MaximumWidth: 13),
            new TextColumn(terminal.Pick("skillnad", "difference"), IsRight: true, MaximumWidth: 10),
            new TextColumn(terminal.Pick("vad som skiljer", "what makes it"), MaximumWidth: 32));
        foreach (var m in compared.Measures)
        {
            table.Add(
                m.Measure,
                m.HasFromSek ? CostWords.Sek(m.FromSek, language) : "–",
                m.HasToSek ? CostWords.Sek(m.ToSek, language) : "–",
                m.HasFromSek && m.HasToSek ? CostWords.Sek(m.ToSek - m.FromSek, language) : "–",
                string.Join('\n', Why(m, language)));
        }

        table.Write(terminal.Out);
    }

    public static string Subject(CostSubject subject, Language language) => subject.Plan.Length > 0
        ? subject.Plan
        : subject.MunicipalityGroup == "all" ? $"{subject.Method}, {language.Pick("hela landet", "the whole country")}"
        : $"{subject.Method}, {language.Pick("kommungrupp", "municipality group")} {subject.MunicipalityGroup}";

    public static string Terms(CostTerms terms) => $"{terms.UnitCostSet}\n{terms.PriceYear}";

    private static IEnumerable<string> Why(MeasureComparison m, Language language)
    {
        foreach (var part in m.Parts.Where(p => Math.Round(p.Sek) != 0))
        {
            yield return $"{language.Pick(CostWords.Of(part.Driver))} {CostWords.Sek(part.Sek, language)}";
        }

        if (m.PercentOnOtherActors > 0)
        {
            var percent = language.Pick(PlainNumber.ThreeDigits(m.PercentOnOtherActors));
            yield return language.Pick($"{percent} % på andra betalare", $"{percent}% on other payers");
        }

        foreach (var gap in m.Gaps) yield return $"{gap.Set}: {language.Pick(CostWords.OfGap(gap.Kind))}";
    }
}
