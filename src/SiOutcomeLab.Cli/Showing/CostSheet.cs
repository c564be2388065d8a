using Google.Protobuf.Collections;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Protos.Costs.V1;
using SiOutcomeLab.Protos.Effects.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>One baseline or one saving, whole: by actor and budget item, what each krona rests on, the prices behind, the sentences.</summary>
internal static class CostSheet
{
    public static void Write(Terminal terminal, CostBaseline baseline)
    {
        Head(terminal, baseline.Name, baseline.Subject, baseline.Terms, baseline.Lineage);
        terminal.Line($"  {terminal.Pick(CostWords.Of(baseline.Kind))}");
        terminal.Line();
        terminal.Line(terminal.Pick("Kronor per person och år", "Kronor per person and year"));
        var table = new TextTable(new TextColumn(terminal.Pick("vem", "who"), MaximumWidth: 44), new TextColumn("kr", IsRight: true, MaximumWidth: 44));
        AddMoney(terminal, table, baseline.PerPersonYear);
        table.Write(terminal.Out, "  ");
        Rests(terminal, baseline.PerPersonYear);
        Prices(terminal, baseline.Prices);
        Sentence(terminal, baseline.SentenceSv, baseline.SentenceEn);
        foreach (var gap in baseline.Gaps) Sentence(terminal, gap.SentenceSv, gap.SentenceEn);
    }

    public static void Write(Terminal terminal, Saving saving)
    {
        Head(terminal, saving.Name, saving.Subject, saving.Terms, saving.Lineage);
        if (saving.Status == SavingStatus.Counted)
        {
            terminal.Line($"  {terminal.Pick(EnumWords.Of(saving.Standing))} · {terminal.Pick(EnumWords.Of(saving.HoldsFor))}"
                + $" · {CellText.Persons(saving.Participants, terminal.Language)} {terminal.Pick("deltagare", "participants")}");
            terminal.Line();
            WriteByActor(terminal, saving, "  ");
            Rests(terminal, saving.EconomicValue);
        }
        else
        {
            terminal.Line();
            terminal.Line($"  {terminal.Pick(CostWords.Of(saving.Status))} {saving.Reason}".TrimEnd());
        }

        Prices(terminal, saving.Prices);
        foreach (var (sv, en) in saving.SentencesSv.Zip(saving.SentencesEn)) Sentence(terminal, sv, en);
    }

    /// <summary>The three lines by who pays.</summary>
    public static void WriteByActor(Terminal terminal, Saving saving, string indent)
    {
        var language = terminal.Language;
        terminal.Line(indent + terminal.Pick("Kronor per deltagare; över noll sparas", "Kronor per participant; above zero is saved"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("vem", "who"), MaximumWidth: 28),
            new TextColumn(terminal.Pick("hela värdet (intervall)", "whole value (interval)"), IsRight: true, MaximumWidth: 31),
            new TextColumn(terminal.Pick("slutar för-\nbrukas", "stops being\nspent"), IsRight: true, MaximumWidth: 11),
            new TextColumn(terminal.Pick("budget kan\nminskas", "budget can\nbe cut"), IsRight: true, MaximumWidth: 10),
            new TextColumn(terminal.Pick("och\nsenare", "and\nlater"), IsRight: true, MaximumWidth: 10));
        Money[] lines = [saving.Marginal, saving.BudgetReducible, saving.BudgetReducibleLater];
        foreach (var actor in saving.EconomicValue.ByActor)
        {
            table.Add([
                language.Pick(actor.NameSv, actor.NameEn),
                CostWords.WithInterval(actor.Sek, actor.CiLow, actor.CiHigh, language),
                // Who is not in a line has no price in it: that it comes to nothing is no secret.
                .. lines.Select(l => l.ByActor.FirstOrDefault(a => a.Actor == actor.Actor) is { } row ? CostWords.Sek(row.Sek, language) : CostWords.Sek(0.0, language)),
            ]);
        }

        table.Add([
            terminal.Pick("tillsammans", "together"), CostWords.WithInterval(saving.EconomicValue, language), .. lines.Select(l => CostWords.Sek(l.Paid, language)),
        ]);
        table.Write(terminal.Out, indent);
    }

    private static void Head(Terminal terminal, string name, CostSubject subject, CostTerms terms, CostLineage lineage)
    {
        terminal.Line(subject.Plan.Length > 0 ? terminal.Pick(subject.TitleSv, subject.TitleEn) : CostTables.Subject(subject, terminal.Language));
        terminal.Line($"  {name}");
        var years = Counted.Years(subject.HorizonYears);
        Wrap.Write(
            terminal.Out,
            terminal.Pick(
                $"{years.Sv} efter starten · {terms.UnitCostSet} · {terms.PriceYear} års priser ({terms.PriceIndexNameSv}) · {terms.DiscountRateSv}",
                $"{years.En} after the start · {terms.UnitCostSet} · {terms.PriceYear} prices ({terms.PriceIndexNameEn}) · {terms.DiscountRateEn}"),
            "  ");
        if (lineage.DataStanding > DataStanding.Current) Wrap.Write(terminal.Out, terminal.Pick(EnumWords.Of(lineage.DataStanding)), "  ");
    }

    private static void AddMoney(Terminal terminal, TextTable table, Money money)
    {
        var language = terminal.Language;
        foreach (var a in money.ByActor)
        {
            table.Add(language.Pick(a.NameSv, a.NameEn), CostWords.WithInterval(a.Sek, a.CiLow, a.CiHigh, language));
            foreach (var item in money.ByBudgetItem.Where(i => i.Actor == a.Actor))
            {
                table.Add($"· {language.Pick(item.NameSv, item.NameEn)}", CostWords.WithInterval(item.Sek, item.CiLow, item.CiHigh, language));
            }
        }

        table.Add(terminal.Pick("tillsammans", "together"), CostWords.WithInterval(money, language));
        table.Add(terminal.Pick("därav resurser", "of that, resources"), CostWords.Sek(money.Resources, language));
        table.Add(terminal.Pick("därav bidrag", "of that, transfers"), CostWords.Sek(money.Transfers, language));
        table.Add(terminal.Pick("personer bakom", "persons behind it"), CellText.Persons(money.Persons, language));
    }

    private static void Rests(Terminal terminal, Money money)
    {
        var language = terminal.Language;
        var marks = money.ByProvenance.Select(p => $"{language.Pick(CostWords.Of(p.Provenance))} {CostWords.Sek(p.Sek, language)}");
        Wrap.Write(terminal.Out, string.Join(", ", marks), terminal.Pick("  vilar på: ", "  rests on: "));
        if (money.Winsorised is { } cut)
        {
            terminal.Line(terminal.Pick(
                $"  med den dyraste hundradelen kapad: {CostWords.Sek(cut, language)}", $"  with the dearest hundredth cut down: {CostWords.Sek(cut, language)}"));
        }
    }

    private static void Prices(Terminal terminal, RepeatedField<PriceUsed> prices)
    {
        var language = terminal.Language;
        if (prices.Count == 0) return;
        terminal.Line();
        terminal.Line(terminal.Pick("Priserna bakom", "The prices behind it"));
        foreach (var p in prices)
        {
            Wrap.Write(
                terminal.Out,
                $"{p.Measure}: {CostWords.Sek(p.PerMeasureUnit, language)} kr · {language.Pick(p.NameSv, p.NameEn)}, "
                    + $"{CostWords.Sek(p.PublishedSek, language)} kr/{p.Unit} {p.PriceYear} · {language.Pick(CostWords.Of(p.FigureProvenance))} · {p.Source}",
                "  ",
                "    ");
        }
    }

    private static void Sentence(Terminal terminal, string sv, string en)
    {
        terminal.Line();
        Wrap.Write(terminal.Out, terminal.Pick(sv, en), "  ");
    }
}
