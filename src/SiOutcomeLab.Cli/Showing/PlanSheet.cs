using System.Globalization;
using SiOutcomeLab.Cli.Terminals;
using SiOutcomeLab.Cli.Words;
using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Protos.Plans.V1;

namespace SiOutcomeLab.Cli.Showing;

/// <summary>One plan: what it asks, where it stands, and what its looks have spent and may spend.</summary>
internal static class PlanSheet
{
    public static void Write(Terminal terminal, GetPlanResponse response)
    {
        var (registered, plan) = (response.Plan, response.Plan.Plan);
        terminal.Line(terminal.Pick(plan.TitleSv, plan.TitleEn));
        terminal.Line($"  {registered.Name} v{plan.Version}");
        Row(terminal.Pick("läge", "state"), terminal.Pick(EnumWords.Of(registered.State)));
        if (registered.Closing is { } closing)
        {
            Row(terminal.Pick("stängd", "closed"), $"{terminal.Pick(SwedishDay.Told(closing.ClosedAt.ToDateTimeOffset()))}: {closing.Reason}");
        }

        Row(terminal.Pick("utfall", "outcome"), $"{plan.Primary.Measure}, {terminal.Pick("horisont", "horizon")} {plan.Primary.HorizonPeriods}");
        if (plan.HasSmallestWorthwhileEffect) Row(terminal.Pick("värt pengarna", "worthwhile"), Three(terminal, plan.SmallestWorthwhileEffect));
        if (plan.ResultsDueOn.Length > 0) Row(terminal.Pick("resultat senast", "results due"), plan.ResultsDueOn);
        Row(
            terminal.Pick("registrerad", "registered"),
            terminal.Pick(SwedishDay.Told(registered.RegisteredAt.ToDateTimeOffset())) + (response.RegisteredBy.Length == 0 ? string.Empty : $", {response.RegisteredBy}")
                + $", {terminal.Pick(EnumWords.Of(registered.Timing))}");
        if (plan.AmendmentReason.Length > 0) Row(terminal.Pick("ändrad för att", "amended since"), plan.AmendmentReason);
        Row("hash", registered.Hash);
        if (response.Ledger is { } ledger) WriteLedger(terminal, ledger);

        void Row(string name, string value) => Wrap.Write(terminal.Out, value, $"  {name,-16} ");
    }

    private static void WriteLedger(Terminal terminal, AlphaLedger ledger)
    {
        terminal.Line();
        terminal.Line(terminal.Pick("Felrisk, i procent", "Error, in per cent"));
        var table = new TextTable(
            new TextColumn(terminal.Pick("titt", "look"), IsRight: true),
            new TextColumn(terminal.Pick("tidigast", "not before")),
            new TextColumn(terminal.Pick("information", "information"), IsRight: true),
            new TextColumn(terminal.Pick("får kosta", "may spend"), IsRight: true),
            new TextColumn(terminal.Pick("har kostat", "has spent"), IsRight: true));
        foreach (var look in ledger.Looks)
        {
            table.Add(
                look.Number.ToString(CultureInfo.InvariantCulture) + (look.IsFinal ? terminal.Pick(" sista", " last") : string.Empty),
                look.DueOn,
                terminal.Pick(PlainNumber.Fixed(look.InformationFraction * 100, 0)) + terminal.Pick(" %", "%"),
                Percent(terminal, look.Planned),
                look.HasSpent ? Percent(terminal, look.Spent) : "–");
        }

        table.Write(terminal.Out, "  ");
        Wrap.Write(
            terminal.Out,
            terminal.Pick(
                $"Av {Percent(terminal, ledger.Total)} har denna version kostat {Percent(terminal, ledger.SpentByThisVersion)}, andra versioner "
                    + $"{Percent(terminal, ledger.SpentByOtherVersions)} och andra prospektiva planer {Percent(terminal, ledger.SpentByOtherPlans)}; "
                    + $"{Percent(terminal, ledger.Left)} är kvar.",
                $"Of {Percent(terminal, ledger.Total)} this version has spent {Percent(terminal, ledger.SpentByThisVersion)}, other versions "
                    + $"{Percent(terminal, ledger.SpentByOtherVersions)} and other prospective plans {Percent(terminal, ledger.SpentByOtherPlans)}; "
                    + $"{Percent(terminal, ledger.Left)} is left."),
            "  ");
    }

    private static string Percent(Terminal terminal, double share) => terminal.Pick(PlainNumber.Fixed(share * 100, 2));

    private static string Three(Terminal terminal, double value) => terminal.Pick(PlainNumber.ThreeDigits(value));
}
