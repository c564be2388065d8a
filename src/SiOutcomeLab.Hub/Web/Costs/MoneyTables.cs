using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Costs;
using SiOutcomeLab.Economics.Words;
using SiOutcomeLab.Hub.Web.Markup;
using static SiOutcomeLab.Hub.Web.Markup.Tags;

namespace SiOutcomeLab.Hub.Web.Costs;

/// <summary>Tables that baselines and savings have alike.</summary>
internal static class MoneyTables
{
    /// <summary>Kronor by budget item; nothing where none is counted.</summary>
    public static Node Items(ReleasedMoney money, string caption, KronaNumbers numbers, PageLanguage language)
    {
        if (money.ByBudgetItem.Count == 0) return new Fragment();
        var table = new DataTable(
            caption, language.Pick("Budgetpost", "Budget item"), language.Pick("Vems", "Whose"), language.Pick("Kronor och intervall", "Kronor and interval"));
        foreach (var item in money.ByBudgetItem)
        {
            table.Add(language.Pick(item.Item.Name), language.Pick(ActorWords.Of(item.Item.Actor)), numbers.WithInterval(item.Sek, item.Low, item.High));
        }

        return table.ToNode();
    }

    /// <summary>What the kronor rest on, and what they would be without their dearest persons.</summary>
    public static Node Rests(ReleasedMoney money, string of, KronaNumbers numbers, PageLanguage language)
    {
        var table = new DataTable(
            $"{of}: {language.Pick("vad varje krona vilar på", "what every krona rests on")}", language.Pick("Märkning", "Mark"), language.Pick("Kronor", "Kronor"));
        foreach (var mark in money.ByProvenance) table.Add(language.Pick(ActorWords.Of(mark.Provenance)), numbers.Sek(mark.Sek));
        return new Fragment(
            table.ToNode(),
            money.Winsorised is { } cut ? P(Cut(cut, numbers, language)) : new Fragment());
    }

    private static string Cut(Cell cut, KronaNumbers numbers, PageLanguage language) => cut.IsShown
        ? language.Pick(
            $"Med den dyraste hundradelen kapad till kostnaden under den: {numbers.Sek(cut)}. Skillnaden är vad som hänger på några få dyra personer.",
            $"With the dearest hundredth cut down to the cost below it: {numbers.Sek(cut)}. The difference is what hangs on a few costly persons.")
        : language.Pick(
            $"Med den dyraste hundradelen kapad till kostnaden under den: {numbers.Sek(cut)}.",
            $"With the dearest hundredth cut down to the cost below it: {numbers.Sek(cut)}.");
}
